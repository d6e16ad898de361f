"""What a turn asks to be done beside replying; it is done when the turn is stored."""

from enum import StrEnum


class Errand(StrEnum):
    """What a citizen asked of the office: a person, or an answer later, or none after all."""

    PERSON = "person"
    TELL = "tell"
    UNTELL = "untell"
