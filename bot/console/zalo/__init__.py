"""Official Accounts of Zalo as officials see them: connecting, how each does, what is wrong."""
