"""Figures of the program, each beside a named baseline run in the same command."""
