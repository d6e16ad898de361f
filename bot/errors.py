"""The root of the bot package's own errors."""


class BotError(Exception):
    """Something the bot itself could not do."""
