"""``python -m bot knowledge``: the commands for those who keep the knowledge base."""
