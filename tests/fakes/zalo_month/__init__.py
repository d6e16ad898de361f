"""A long time of one account: people come and go, ask, are answered late, and hear the news."""
