"""The root of the bot package's own errors."""


class BotError(Exception):
    """Something the bot itself could not do."""


class CannotBegin(BotError):
    """A command cannot begin its work; the message says in Vietnamese what to mend."""
