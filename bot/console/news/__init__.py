"""What the pages of news share: the realm, the state of a text, its form read and filled."""
