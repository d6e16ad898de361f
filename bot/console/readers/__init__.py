"""The pages of who receives news: what they count and how lists are handed in."""
