"""When a text goes out: once or again and again, in waking hours, on working days; pure."""
