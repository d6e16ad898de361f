"""Whose wishes are granted, and when: what a turn tells beside its words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.messages import CitizenAddress


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """The message's row, its chat, the office and the moment."""

    anchor: int
    address: CitizenAddress
    office: str
    at: datetime
