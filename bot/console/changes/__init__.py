"""Changes as officers see them: what waits, what was decided, and what differs."""
