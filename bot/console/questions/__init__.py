"""Questions left open: how officials find them and what they see of them."""
