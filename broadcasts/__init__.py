"""Saying one thing to many, on time, once. Its rooms come with the broadcast issue."""
