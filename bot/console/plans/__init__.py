"""What the pages of plans show: the calendar's grids, entries with their figures."""
