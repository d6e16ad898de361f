"""What the bot says and why: pure functions from a message and a state to replies."""
