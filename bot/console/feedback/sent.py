"""A case an office gave away, as that office sees it: what its list and its page show."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from bot.clock import VIETNAM
from bot.console.choosing import office_names
from bot.console.feedback.naming import kind_name
from bot.console.feedback.times import Left, now_of, times_of
from bot.feedback.reference import shown
from bot.feedback.refusals import result_words
from bot.feedback.topics import topic_label
from bot.storage.sent_case_rows import SentCase


@dataclass(frozen=True, slots=True, kw_only=True)
class SentRow:
    """Where a case stands, in words; ``days`` is how many days it has stood there."""

    case: SentCase
    reference: str
    kind: str
    topic: str
    office: str
    result: str
    left: Left | None
    days: int


def sent_row(request: web.Request, case: SentCase) -> SentRow:
    """Give where a case stands, in words."""
    now = now_of(request)
    here, then = (at.astimezone(VIETNAM).date() for at in (now, case.since))
    return SentRow(
        case=case,
        reference=shown(case.reference),
        kind=kind_name(case.kind),
        topic=topic_label(case.topic),
        office=office_names(request).get(case.office, case.office),
        result=result_words(case.result),
        left=times_of(request).left(case, now),
        days=(here - then).days,
    )
