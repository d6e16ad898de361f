"""What the web needs of the house, one protocol for each part of it."""
