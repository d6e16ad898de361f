"""What can go wrong between us and the database."""

from bot.errors import BotError, CannotBegin


class Unavailable(BotError):
    """The database cannot be asked now; the caller may try again."""


class NotStored(Unavailable):
    """The database could not take a write; nothing of it is stored, the caller may try again."""


class Unwritable(NotStored):
    """No database could take what was to be written; trying again is of no use."""


class Unusable(CannotBegin):
    """The database cannot be opened as it is set; the message holds no secret."""


class AlreadyServed(BotError):
    """Another process already serves this embedded database; the message is its number."""
