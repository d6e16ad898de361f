"""The first page: what waits for an officer, and the figures of the day."""
