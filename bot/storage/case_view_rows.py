"""Cases as citizens may see them, for the conversations of one round of the worker."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import orjson
from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feedback.enclosed import Enclosed, enclosed_in
from bot.feedback.kinds import Kind
from bot.feedback.models import CaseId, Place, Result
from bot.feedback.moves import MOVES, Act, CaseState
from bot.feedback.views import CaseView, NearCase
from bot.storage.feedback_tables import cases, events, followers, units

# Of one conversation; more are looked up by their references.
MOST: Final = 10
NEAR_DAYS: Final = timedelta(days=14)
MOST_NEAR: Final = 50
# Whichever of these came last is what the office says to a case.
_ANSWERS: Final = (Act.ANSWER, Act.CORRECT, Act.REFUSE, Act.HAND_ON, Act.GIVE_UP)
# What was taken back or joined with another is not opened again by itself.
_FINAL: Final = (Result.DUPLICATE, Result.WITHDRAWN)
Confirmed = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Onlooker:
    """Who looks at cases, when; ``told`` says whether the day of an office's rule may be told."""

    now: datetime
    told: Confirmed


@dataclass(slots=True)
class _Said:
    """What the office asked last, and answered last with its files."""

    question: str = ""
    answer: str = ""
    files: tuple[Enclosed, ...] = ()


async def views_of(
    connection: AsyncConnection, conversations: Collection[str], by: Onlooker
) -> Mapping[str, tuple[CaseView, ...]]:
    """Give the newest cases that each conversation filed or follows."""
    own = _newest(cases.c.conversation).where(cases.c.conversation.in_(conversations))
    followed = (
        _newest(followers.c.conversation)
        .join(followers, followers.c.case == cases.c.id)
        .where(followers.c.conversation.in_(conversations))
    )
    rows: list[Row[Any]] = []
    for wanted in (own, followed):
        seen = wanted.subquery()
        rows += (await connection.execute(select(seen).where(seen.c.newest <= MOST))).all()
    views = dict(zip(map(_key, rows), await _views(connection, rows, by), strict=True))
    found = defaultdict(list)
    for (conversation, _), view in sorted(views.items(), key=lambda one: -one[1].id):
        found[conversation].append(view)
    return {conversation: tuple(some[:MOST]) for conversation, some in found.items()}


def _newest(of: ColumnElement[str]) -> Select[Any]:
    """Number the cases of each conversation: who has many takes no place of another's."""
    newest = func.row_number().over(partition_by=of, order_by=cases.c.id.desc())
    return select(cases, of.label("of"), newest.label("newest"))


def _key(row: Row[Any]) -> tuple[str, int]:
    return row.of, row.id


async def view_of_reference(
    connection: AsyncConnection, reference: str, conversation: str, by: Onlooker
) -> CaseView | None:
    """Give the case of a reference as ``conversation`` may see it."""
    wanted = select(cases).where(cases.c.reference == reference)
    rows = (await connection.execute(wanted)).all()
    follows = select(followers.c.case).where(followers.c.conversation == conversation)
    following = set((await connection.execute(follows)).scalars()) if rows else set()
    views = await _views(connection, rows, by, conversation, following)
    return views[0] if views else None


async def _views(
    connection: AsyncConnection,
    rows: Sequence[Row[Any]],
    by: Onlooker,
    conversation: str | None = None,
    following: Collection[int] = (),
) -> list[CaseView]:
    said = await _said(connection, {row.id for row in rows})
    names = await _unit_names(connection, {row.unit for row in rows if row.unit is not None})
    views = []
    for row in rows:
        reader = row.of if conversation is None else conversation
        own = row.conversation == reader
        follows = (conversation is None and not own) or row.id in following
        views.append(_view(row, said[row.id], names.get(row.unit, ""), by, own, follows))
    return views


def _view(
    row: Row[Any], said: _Said, unit: str, by: Onlooker, own: bool, follows: bool
) -> CaseView:
    state = CaseState(row.state)
    return CaseView(
        id=CaseId(row.id),
        reference=row.reference,
        office=row.office,
        kind=Kind(row.kind),
        topic=row.topic,
        state=state,
        received_at=row.received_at,
        due_at=row.due_at,
        due_told=row.due_set or by.told(row.office, row.due_rule),
        unit=unit,
        answer="" if state.is_open else said.answer,
        result=Result(row.result),
        answered_at=row.answered_at,
        words=row.words if own else "",
        place=row.place if own else row.hamlet,
        question=said.question if own and state is CaseState.AWAITING_CITIZEN else "",
        own=own,
        follows=follows,
        reopened=row.reopened > 0,
        may_reopen=own and _may_reopen(row, state, by.now),
        may_rate=own and _may_rate(row, state),
        files=said.files if own and not state.is_open else (),
    )


def _may_reopen(row: Row[Any], state: CaseState, now: datetime) -> bool:
    known = state in MOVES[Act.REOPEN].sources and row.result not in _FINAL
    return known and row.reopened == 0 and row.closes_at is not None and now <= row.closes_at


def _may_rate(row: Row[Any], state: CaseState) -> bool:
    """Tell whether the answer that stands was not rated: after reopening it is another one.

    Taken back by its citizen or joined with another, a case has no answer.
    """
    if state not in {CaseState.ANSWERED, CaseState.CLOSED} or row.answered_at is None:
        return False
    if row.rated_at is None:
        return True
    return bool(row.reopened > 0 and row.rated_at < row.answered_at)


async def _said(connection: AsyncConnection, wanted: Collection[int]) -> Mapping[int, _Said]:
    """Give what the office asked and answered last in each case."""
    found: defaultdict[int, _Said] = defaultdict(_Said)
    if wanted:
        told = (
            select(events.c.case, events.c.did, events.c.text, events.c.data)
            .where(events.c.case.in_(wanted), events.c.did.in_([*_ANSWERS, Act.ASK]))
            .order_by(events.c.version)
        )
        for row in await connection.execute(told):
            if row.did == Act.ASK:
                found[row.case].question = row.text
            else:
                found[row.case].answer = row.text
                found[row.case].files = enclosed_in(orjson.loads(row.data))
    return found


async def _unit_names(connection: AsyncConnection, wanted: Collection[int]) -> Mapping[int, str]:
    if not wanted:
        return {}
    rows = await connection.execute(select(units.c.id, units.c.name).where(units.c.id.in_(wanted)))
    return {row.id: row.name for row in rows}


async def near_cases(
    connection: AsyncConnection, office: str, topic: str, now: datetime
) -> tuple[NearCase, ...]:
    """Give the newest open cases of an office and a topic: material for what may be the same."""
    wanted = (
        select(cases)
        .where(
            cases.c.is_open,
            cases.c.office == office,
            cases.c.topic == topic,
            cases.c.received_at >= now - NEAR_DAYS,
        )
        .order_by(cases.c.received_at.desc(), cases.c.id.desc())
        .limit(MOST_NEAR)
    )
    return tuple(map(_near, await connection.execute(wanted)))


def _near(row: Row[Any]) -> NearCase:
    return NearCase(
        id=CaseId(row.id),
        topic=row.topic,
        words=row.words,
        place=Place(
            words=row.place, hamlet=row.hamlet, latitude=row.latitude, longitude=row.longitude
        ),
        title=row.hamlet,
        received_at=row.received_at,
    )
