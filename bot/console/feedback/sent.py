"""A case an office gave away, as that office sees it: what its list and its page show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from bot.clock import VIETNAM
from bot.console.choosing import office_names
from bot.console.feedback.naming import kind_name
from bot.console.feedback.times import Left, now_of, times_of
from bot.console.formats import number
from bot.console.words import say
from bot.feedback.reference import shown
from bot.feedback.refusals import result_words
from bot.feedback.topics import topic_label
from bot.storage.sent_case_rows import SentCase


@dataclass(frozen=True, slots=True, kw_only=True)
class SentRow:
    """Where a case stands, in words; ``stood`` is for how long it has stood there."""

    case: SentCase
    reference: str
    kind: str
    topic: str
    office: str
    result: str
    left: Left | None
    stood: str


def sent_row(request: web.Request, case: SentCase) -> SentRow:
    """Give where a case stands, in words."""
    now = now_of(request)
    return SentRow(
        case=case,
        reference=shown(case.reference),
        kind=kind_name(case.kind),
        topic=topic_label(case.topic),
        office=office_names(request).get(case.office, case.office),
        result=result_words(case.result),
        left=times_of(request).left(case, now),
        stood=_stood(case.since, now),
    )


def _stood(since: datetime, now: datetime) -> str:
    here, then = (at.astimezone(VIETNAM).date() for at in (now, since))
    days = (here - then).days
    return say("case_sent.days", count=number(days)) if days else say("case_sent.today")
