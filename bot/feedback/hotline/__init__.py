"""Exports of a hotline such as 1022: headings by what they mean, days, rows with their faults."""
