"""What happens to a message between the wire and its answer: stored, then worked off in order."""
