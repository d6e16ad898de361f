"""Filing feedback as a conversation: questions in one table, each a few pure functions."""
