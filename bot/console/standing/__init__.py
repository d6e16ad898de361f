"""What offices set beside their knowledge, as the console shows it."""
