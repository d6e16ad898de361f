"""``python -m bot feedback``: what citizens report, from the command line."""
