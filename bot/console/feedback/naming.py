"""What kinds, fields, states and ways of cases are called for officials."""

from __future__ import annotations

from typing import Final

from bot.console.words import say
from bot.feedback.kinds import HANDLED, WITHHELD, Kind
from bot.feedback.models import Source
from bot.feedback.moves import CaseState
from bot.feedback.topics import topics
from bot.messages import ChannelName
from bot.privacy import in_words, mask

# What is said of a case may stand in a line of this many signs.
SHORT: Final = 140
BY_HAND: Final = (Source.DESK, Source.PHONE, Source.IMPORT)
Choices = list[tuple[str, str]]


def kind_name(kind: Kind) -> str:
    """Name a kind."""
    return say(f"case_kinds.{kind}")


def state_name(state: CaseState) -> str:
    """Name a state."""
    return say(f"case_states.{state}")


def way_name(source: Source, channel: str) -> str:
    """Name the way a case came in by: a chat's channel, or who entered it."""
    if source is Source.CHAT and channel:
        return say(f"channels_names.{channel}")
    return say(f"case_sources.{source}")


def readable(words: str) -> str:
    """Give masked words of a case, masked again: what finds data may be better by now.

    Where a fault is stays: it is what the case is about.
    """
    return in_words(mask(words, keep_places=True).text)


def shortened(words: str, most: int = SHORT) -> str:
    """Give the beginning of masked words: masking a page of them anew would take too long."""
    told = " ".join(in_words(words).split())
    return told if len(told) <= most else f"{told[:most].rsplit(' ', 1)[0]}…"


def kind_choices(*, withheld: bool = False) -> Choices:
    """Give the kinds a case can be of, and those it may turn out to be that are none."""
    offered = HANDLED | WITHHELD if withheld else HANDLED
    return [(str(one), kind_name(one)) for one in Kind if one in offered]


def topic_choices() -> Choices:
    """Give the fields."""
    return [(one.id, one.label) for one in topics().values()]


def state_choices() -> Choices:
    """Give the states."""
    return [(str(one), state_name(one)) for one in CaseState]


def way_choices() -> Choices:
    """Give the ways a case can come in by."""
    chats = [(str(one), say(f"channels_names.{one}")) for one in ChannelName]
    return chats + [(str(one), say(f"case_sources.{one}")) for one in BY_HAND]
