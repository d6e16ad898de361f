"""``python -m bot officer``: accounts of officers, for who runs the program."""
