"""What somebody handed in at Zalo's form, as the words that answer the question which stands."""

from __future__ import annotations

from typing import Final

from bot.channels.zalo.events import Shared
from bot.conversation.filing.talk import Step

WHO: Final = frozenset({Step.NAMED, Step.NAME, Step.PHONE})


def answer_of(told: Shared, step: str) -> str:
    """Give the answer to the question of a draft; empty where it is not asked for any of it.

    It is typed as a citizen would, so it is hidden, sealed and kept as theirs is.
    """
    if step == Step.ADDRESS:
        return told.address
    if step not in WHO:
        return ""
    return ", ".join(filter(None, (told.name, told.phone)))
