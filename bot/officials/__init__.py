"""Officers: who they are and what they may do; pure rules."""
