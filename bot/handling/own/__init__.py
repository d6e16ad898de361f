"""What citizens wish done with the data about them: a copy, erasing, what officers decide."""
