"""Composing a text: kinds of news, gaps, what is wrong with it, was it said already; pure."""
