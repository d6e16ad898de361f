"""What can go wrong between us and the database."""

from bot.errors import BotError


class NotStored(BotError):
    """The database could not take a write; nothing of it is stored, the caller may try again."""


class AlreadyServed(BotError):
    """Another process already serves this embedded database."""
