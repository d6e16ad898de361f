"""Feedback of citizens: its kinds by law, states, limits and words; pure rules."""
