"""One budget for all that a bot sends: over all, to each chat, in all processes, replies first."""
