"""What an office knows: procedures, guides, hotlines, offices; usable alone, from a shell."""
