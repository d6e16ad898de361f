"""What a turn asks to be done beside replying; it is done when the turn is stored."""

from enum import StrEnum


class Errand(StrEnum):
    """What a citizen asks for: a person, to join the trial, an answer later or none after all.

    ``NEWS`` is to receive news, other news or none any more; ``LINK`` makes the chat an officer's,
    ``MISCODE`` is a code that does not.
    """

    PERSON = "person"
    JOIN = "join"
    TELL = "tell"
    UNTELL = "untell"
    NEWS = "news"
    LINK = "link"
    MISCODE = "miscode"
