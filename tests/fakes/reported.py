"""Cases of every course, laid down as rows, for reports to be counted from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, Final

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feedback.kinds import Kind
from bot.feedback.models import Result, Source
from bot.feedback.moves import Act, Author, CaseState
from bot.feedback.regimes import regime_of
from bot.feedback.topics import topics
from bot.storage.feedback_person_tables import way_counts
from bot.storage.feedback_tables import cases, events, units
from knowledge.models import DayOff, OpeningHours, Snapshot
from tests.fakes.console import HERE, LITTLE, SOURCE

# An office that never closes: what it worked, a plain subtraction tells, too.
ALWAYS: Final = (OpeningHours(weekdays=tuple(range(1, 8)), opens="00:00", closes="24:00"),)
WORKED: Final = DayOff(
    name="", first=date(2020, 1, 1), last=date(2030, 12, 31), source=SOURCE, works=True
)
OPEN: Final = (CaseState.RECEIVED, CaseState.ASSIGNED, CaseState.IN_PROGRESS)
KINDS: Final = (Kind.REPORT, Kind.REPORT, Kind.PROPOSAL, Kind.PRAISE)
A_MINUTE, AN_HOUR, A_DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def always_open(snapshot: Snapshot = LITTLE) -> Snapshot:
    """Give the offices with hours that never end, on holidays neither."""
    offices = tuple(replace(one, hours=ALWAYS) for one in snapshot.offices)
    return replace(snapshot, offices=offices, days_off=(WORKED,))


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeding:
    """How many cases come in from ``first`` on within ``days``."""

    count: int
    first: datetime
    days: int
    offices: tuple[str, ...] = (HERE, "xa-a-mot-cua")
    seed: int = 1


async def seed_cases(connection: AsyncConnection, wish: Seeding) -> None:
    """Store the cases with units, events of those opened again, and counts of the ways."""
    random = Random(wish.seed)
    named = [{"office": one, "name": f"Phòng {n}"} for one in wish.offices for n in ("A", "B")]
    await connection.execute(insert(units).values([{**one, "topics": "[]"} for one in named]))
    told = [_case(random, number, wish, len(named)) for number in range(1, wish.count + 1)]
    await connection.execute(insert(cases), told)
    again = [one for case in told if case["reopened"] for one in _events(case)]
    if again:
        await connection.execute(insert(events), again)
    await connection.execute(insert(way_counts), list(_ways(random, wish)))


def _case(random: Random, number: int, wish: Seeding, unit_count: int) -> dict[str, Any]:
    kind, topic = random.choice(KINDS), random.choice(list(topics()))
    received = wish.first + random.randrange(wish.days * 24 * 3600) * timedelta(seconds=1)
    told: dict[str, Any] = {
        "id": number,
        "office": random.choice(wish.offices),
        "reference": f"R{number:09}",
        "kind": kind,
        "regime": regime_of(kind, topic).id,
        "topic": topic,
        "grade": "simple",
        "state": random.choice(OPEN),
        "is_open": True,
        "words": "rác ở đầu ngõ",
        "source": random.choice(list(Source)),
        "anonymous": True,
        "unit": random.choice([None, *range(1, unit_count + 1)]),
        "received_at": received,
        "due_at": random.choice([None, *[received + 10 * A_DAY] * 9]),
        "paused_minutes": 0,
        "first_answered_at": None,
        "answered_at": None,
        "closed_at": None,
        "result": Result.NONE,
        "reopened": 0,
        "level": None,
        "version": 1,
    }
    return told | _ending(random, told)


def _ending(random: Random, case: dict[str, Any]) -> dict[str, Any]:
    course, received, due = random.random(), case["received_at"], case["due_at"]
    ended = received + random.randrange(60, 20 * 24 * 60) * A_MINUTE
    if course < 0.15:
        return {}
    if course < 0.25:
        result = random.choice((Result.DUPLICATE, Result.WITHDRAWN))
        return {
            "state": CaseState.CLOSED,
            "is_open": False,
            "closed_at": ended,
            "result": result,
            # Nobody is closed but by merging into another.
            "main": 1 if result is Result.DUPLICATE else None,
        }
    # Some to the very minute at which they are due.
    if due and course < 0.3:
        ended = due
    answered = {
        "first_answered_at": ended,
        "answered_at": ended,
        "paused_minutes": random.choice((0, 0, 30, 59)),
        "level": random.choice((None, None, 1, 2, 3, 4, 5)),
    }
    if course < 0.4:
        # Opened again: row and first answer tell two different days.
        later = due and due + 30 * A_DAY
        return {**answered, "reopened": 1, "due_at": later, "paused_minutes": 777}
    state = random.choice((CaseState.ANSWERED, CaseState.CLOSED, CaseState.REFUSED))
    result = Result.REFUSED if state is CaseState.REFUSED else Result.DONE
    return {**answered, "state": state, "is_open": False, "result": result}


def _events(case: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Give the events of a case that was opened again: its first answer knew another day."""
    due = case["due_at"] and (case["due_at"] - 30 * A_DAY).isoformat()
    answered = case["first_answered_at"]
    steps: tuple[tuple[Act, CaseState, datetime, dict[str, Any]], ...] = (
        (Act.FILE, CaseState.RECEIVED, case["received_at"], {}),
        (Act.ANSWER, CaseState.ANSWERED, answered, {"due_at": due}),
        (Act.REOPEN, CaseState.RECEIVED, answered + AN_HOUR, {}),
    )
    for version, (did, state, at, data) in enumerate(steps, 1):
        yield {
            "case": case["id"],
            "version": version,
            "at": at,
            "author": Author.OFFICER,
            "did": did,
            "state": state,
            "public": True,
            "data": json.dumps(data),
        }


def _ways(random: Random, wish: Seeding) -> Iterator[dict[str, Any]]:
    for office in wish.offices:
        for ahead in range(0, wish.days, 3):
            day = (wish.first + ahead * A_DAY + 7 * AN_HOUR).date().isoformat()
            for kind in (Kind.COMPLAINT, Kind.DENUNCIATION):
                count = random.randrange(1, 5)
                yield {"office": office, "day": day, "kind": kind, "count": count}
