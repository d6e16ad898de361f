"""The public board: which cases may stand there, and in which words."""
