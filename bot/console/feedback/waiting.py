"""What of feedback waits for an officer on the first page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.console.actor import Actor
from bot.officials.permissions import Action
from bot.storage.paging import Query
from bot.storage.pending_case_rows import (
    answers_to_sign,
    calls_to_make,
    late_cases,
    new_cases,
    own_cases,
)


def waiting_cases(actor: Actor, now: datetime) -> Iterator[Query]:
    """Give what to count: what to do for who works, gives answers or gives cases out."""
    if actor.may_somewhere(Action.CASES_WORK):
        working = actor.offices(Action.CASES_WORK)
        yield own_cases(actor.officer.id, working)
        yield calls_to_make(actor.officer.id, working)
    if actor.may_somewhere(Action.CASES_ANSWER):
        yield answers_to_sign(actor.officer.id, actor.offices(Action.CASES_ANSWER))
    if actor.may_somewhere(Action.CASES_ASSIGN):
        leading = actor.offices(Action.CASES_ASSIGN)
        yield new_cases(actor.officer.id, leading)
        yield late_cases(actor.officer.id, leading, now)
