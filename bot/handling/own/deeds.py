"""What the audit remembers of wishes about personal data: never whose they are."""

from __future__ import annotations

from typing import Final

from bot.officials.audit import Deed

KIND: Final = "data_wish"


def wish_deed(action: str, office: str, subject: int, note: str = "", **after: object) -> Deed:
    """Give a deed upon the wish, or the message, whose number is ``subject``."""
    return Deed(
        action=action, office=office, kind=KIND, subject=str(subject), after=after, note=note
    )
