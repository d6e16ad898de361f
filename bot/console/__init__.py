"""The rooms where officials work, under /console."""
