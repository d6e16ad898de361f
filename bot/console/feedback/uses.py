"""Why data of a case may be used, as officials read it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.clock import VIETNAM
from bot.console.words import say
from bot.feedback.purposes import Use, uses
from bot.storage.consent_rows import Noted


def ground_of(use: Use) -> str:
    """Tell why data may be used for a purpose, and where that stands."""
    return say(f"keeping_grounds.{use.ground}", basis=use.basis.cited)


def used(noted: Iterable[Noted]) -> Sequence[str]:
    """Tell each use with its ground, the words that were told or agreed to, and when."""
    return [_line(one) for one in noted]


def _line(one: Noted) -> str:
    use = uses()[one.purpose]
    told = say(
        "case.use",
        use=use.label,
        ground=ground_of(use),
        version=one.version.rpartition("-")[2],
        at=_at(one.at),
    )
    return told + (say("case.use_ended", at=_at(one.withdrawn_at)) if one.withdrawn_at else "")


def _at(moment: datetime) -> str:
    return f"{moment.astimezone(VIETNAM):%d/%m/%Y %H:%M}"
