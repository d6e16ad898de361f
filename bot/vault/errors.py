"""What a vault refuses; no message holds a key or anything that was sealed."""

from __future__ import annotations

from bot.errors import BotError, CannotBegin


class BadKeys(BotError, ValueError):
    """Keys are not written as they must be; the message says in Vietnamese what to mend."""


class BadKeyFile(CannotBegin):
    """The file of keys beside the database is not as it was made; the message names it."""


class Unopenable(BotError):
    """A sealed value cannot be opened."""


class UnknownKey(Unopenable):
    """It was sealed with a key that is not in the ring any more; the message is that key's id."""


class Damaged(Unopenable):
    """It is not as it was sealed, or stands in another place than it was sealed for."""
