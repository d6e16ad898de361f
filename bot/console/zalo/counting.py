"""What is counted of an account, as officials read of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.channels.zalo.tally import TOOK, Refusal, refusal
from bot.console.words import say, wording
from bot.console.zalo.refusing import number_words
from bot.storage.zalo_alarm_rows import RANG
from bot.storage.zalo_overview_rows import Mark

# Counted for our own sake: that calls were taken, and what rings.
INNER: Final = (f"{TOOK}:", RANG)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Something counted, in words."""

    label: str
    count: int
    last_at: datetime


def counted(marks: Iterable[Mark]) -> Sequence[Counted]:
    """Give what was counted, but what is for our own sake."""
    return [_counted(mark) for mark in marks if not mark.mark.startswith(INNER)]


def _counted(mark: Mark) -> Counted:
    refused = refusal(mark)
    label = _refusal_words(refused) if refused else _mark_words(mark.mark)
    return Counted(label=label, count=mark.count, last_at=mark.last_at)


def _refusal_words(refused: Refusal) -> str:
    """Say what Zalo refused: what nobody has to act upon is told as such."""
    code, feature = refused.code, refused.feature
    key = f"zalo_by_itself.{code.kind}"
    if key not in wording().sentences:
        return number_words(str(code.host), code.number, feature)
    return say("zalo_marks.by_itself", says=say(key), number=str(code.number), feature=feature)


def _mark_words(mark: str) -> str:
    """Say what was counted; ``kind:rest`` where only the kind has words, and else as it stands."""
    kind, _, rest = mark.partition(":")
    whole = f"zalo_marks.{mark.replace(':', '_').replace('-', 'minus_')}"
    if whole in wording().sentences:
        return say(whole)
    if f"zalo_marks.{kind}" in wording().sentences:
        return say(f"zalo_marks.{kind}", rest=rest)
    return mark
