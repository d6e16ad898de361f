"""``python -m bot broadcast``: news from draft to report, beside the console."""
