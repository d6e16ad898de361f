"""What a turn asks to be done beside replying; it is done when the turn is stored."""

from enum import StrEnum


class Errand(StrEnum):
    """What a citizen asks for: a person, to join the trial, an answer later or none after all."""

    PERSON = "person"
    JOIN = "join"
    TELL = "tell"
    UNTELL = "untell"
