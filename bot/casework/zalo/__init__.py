"""What officers do with their offices' Official Accounts of Zalo."""
