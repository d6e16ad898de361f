"""Years of an office's news in minutes: people, plans and readers are invented, the code is real.

The clock jumps from one event to the next; what came of it is held against a slow reckoning
(``reckoning``) that shares no code with the program.
"""
