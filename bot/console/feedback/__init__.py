"""What the pages of feedback show and take, without the pages themselves."""
