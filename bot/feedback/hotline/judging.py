"""What becomes of a row: a case as it will be filed, or the reason why it is none."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Final

from bot.feedback.classifying import Urgency, Verdict, classify
from bot.feedback.hotline.rows import HotlineRow
from bot.feedback.hotline.wording import plain, told
from bot.feedback.kinds import HANDLED, WITHHELD, Kind
from bot.feedback.topics import OTHER, topics
from bot.privacy import mask
from knowledge.text import words

# A place or a post in few words ("nhà chủ tịch xã") accuses nobody.
LEAST: Final = 5
SURE: Final = 0.9


class Fate(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    KNOWN = "known"
    DOUBLE = "double"
    ENDED = "ended"
    WITHHELD = "withheld"
    FAULTY = "faulty"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A row with what the classifier adds where the export is silent.

    ``inside`` is for colleagues: what the export says that no field of a case holds.
    """

    row: HotlineRow
    fate: Fate
    kind: Kind = Kind.REPORT
    topic: str = OTHER
    urgent: bool = False
    inside: str = field(default="", repr=False)


def judged(row: HotlineRow) -> Judged:
    """Judge a row that can be read.

    Luật Khiếu nại and Luật Tố cáo set ways of their own: such words are not taken over, whoever
    wrote them down.
    """
    verdict = classify(row.words)
    if verdict.kind in WITHHELD or row.kind in WITHHELD or any(map(_accuses, _beside(row))):
        return Judged(row=row, fate=Fate.WITHHELD)
    if row.is_ended:
        return Judged(row=row, fate=Fate.ENDED)
    kind = row.kind or verdict.kind
    return Judged(
        row=row,
        fate=Fate.NEW,
        kind=kind if kind in HANDLED else Kind.REPORT,
        topic=_topic(row.field, verdict),
        urgent=row.urgent or verdict.urgency is Urgency.URGENT,
        inside=_inside(row),
    )


def _beside(row: HotlineRow) -> tuple[str, ...]:
    """Give what a row tells in other columns than its matter, as far as anything of it is kept."""
    who = (row.contact.name, row.contact.address)
    return (row.place, row.hamlet, row.field, row.unit, row.state, row.result, *who)


def _accuses(said: str) -> bool:
    """Tell whether words that should tell something else read as what is withheld."""
    return len(words(said)) >= LEAST and classify(said).share(WITHHELD) >= SURE


def _topic(said: str, verdict: Verdict) -> str:
    told_by_field = _topic_of_field(said) if said else OTHER
    return verdict.topic if told_by_field == OTHER else told_by_field


@lru_cache(maxsize=1_000)
def _topic_of_field(said: str) -> str:
    """Give the topic a field's name means; an export has few fields and many rows."""
    named = plain(said)
    labels = (one.id for one in topics().values() if named in (plain(one.label), plain(one.id)))
    return next(labels, None) or classify(said).topic


def _inside(row: HotlineRow) -> str:
    lines = {
        "outer": row.outer,
        "unit": _masked_label(row.unit),
        "state": _masked_label(row.state),
        "due": row.due.spoken if row.due else "",
        "result": _masked(row.result),
    }
    said = told()["beside"]
    return "\n".join(said[name].format(told=text) for name, text in lines.items() if text)


@lru_cache(maxsize=1_000)
def _masked_label(words: str) -> str:
    """Mask what is the same in many rows."""
    return _masked(words)


def _masked(words: str) -> str:
    return mask(words, keep_places=True).text if words else words
