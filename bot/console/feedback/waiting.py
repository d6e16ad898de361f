"""What of feedback waits for an officer on the first page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.console.actor import Actor
from bot.officials.permissions import Action
from bot.storage.paging import Query
from bot.storage.pending_case_rows import calls_to_make, late_cases, new_cases, own_cases


def waiting_cases(actor: Actor, now: datetime) -> Iterator[Query]:
    """Give what to count: own work for who works, what is new and late for who gives it out."""
    if actor.may_somewhere(Action.CASES_WORK):
        working = actor.offices(Action.CASES_WORK)
        yield own_cases(actor.officer.id, working)
        yield calls_to_make(actor.officer.id, working)
    if actor.may_somewhere(Action.CASES_ASSIGN):
        leading = actor.offices(Action.CASES_ASSIGN)
        yield new_cases(actor.officer.id, leading)
        yield late_cases(actor.officer.id, leading, now)
