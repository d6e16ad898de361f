"""Talks as pages show them: lists, what was said, when somebody is there."""
