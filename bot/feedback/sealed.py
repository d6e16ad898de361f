"""The sealed inbox: words of a denunciation that were typed in spite of the warning.

One reader, appointed in writing, opens them and decides; Luật Tố cáo 2018, art. 25, obliges who
receives clear information to look at it or to pass it on, so nobody else may, and nothing is wiped
unread.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

ItemId = NewType("ItemId", int)


class Decision(StrEnum):
    """What the reader decided; ``NONE`` while nothing is."""

    NONE = ""
    # Clear information: passed on by paper, then erased here.
    HANDED_OVER = "handed_over"
    # No denunciation: the citizen is asked whether it is to become a report.
    OFFERED = "offered"
    # Nothing of use.
    UNUSABLE = "unusable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who alone may open an office's sealed inbox, and the document that says so."""

    office: str
    officer: int
    document: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedItem:
    """One item without its words; ``anchor`` is the row of the message, ``opened`` how often."""

    id: ItemId
    office: str
    anchor: int | None
    received_at: datetime
    opened: int
    decision: Decision
    decided_at: datetime | None
    erase_at: datetime | None
