"""What is kept so that a stolen database does not tell it: keys, sealing, their change."""
