"""Cases and their events as rows; their steps are written by ``step_rows``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import orjson
from sqlalchemy import Row, Select, bindparam, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feedback.kinds import Kind
from bot.feedback.models import (
    INSIDE,
    Case,
    CaseId,
    Event,
    Place,
    Publicity,
    Remark,
    Result,
    Source,
    UnitId,
)
from bot.feedback.moves import Act, Author, CaseState
from bot.messages import ChannelName, CitizenAddress
from bot.storage.feedback_tables import cases, events
from bot.storage.upserts import in_each

# Put together once: that costs more than what the server does by them.
_BY_NUMBER: Final = select(cases).where(cases.c.id == bindparam("number"))
_BY_REFERENCE: Final = select(cases).where(cases.c.reference == bindparam("written"))
_HELD: Final = _BY_NUMBER.with_for_update()
_NEW: Final = in_each(cases, lambda new: new.on_conflict_do_nothing().returning(*cases.c))
_MANY: Final = insert(cases).returning(cases.c.id, cases.c.reference)
_EVENT: Final = insert(events).inline()
_EVENTS: Final = (
    select(events).where(events.c.case == bindparam("number")).order_by(events.c.version)
)
_PUBLIC_EVENTS: Final = _EVENTS.where(events.c.public)
_ACTS: Final = frozenset(Act)


async def add_case(connection: AsyncConnection, values: Mapping[str, Any]) -> Case | None:
    """Store a case as ``values`` of its columns; nothing when its reference is there already."""
    row = (await connection.execute(_NEW[connection.dialect.name], values)).one_or_none()
    return None if row is None else case_of(row)


async def add_cases(
    connection: AsyncConnection, rows: Sequence[Mapping[str, Any]]
) -> dict[str, CaseId]:
    """Store new cases, all of the same columns; give their numbers by their references."""
    stored = (await connection.execute(_MANY, rows)).all() if rows else ()
    return {row.reference: CaseId(row.id) for row in stored}


async def find_case(
    connection: AsyncConnection, case: CaseId, *, hold: bool = False
) -> Case | None:
    """Give a case by its number; ``hold`` it, and nobody changes it before the commit."""
    return await _found(connection, _HELD if hold else _BY_NUMBER, number=case)


async def find_reference(connection: AsyncConnection, reference: str) -> Case | None:
    """Give a case by its reference in the stored form."""
    return await _found(connection, _BY_REFERENCE, written=reference)


async def _found(connection: AsyncConnection, wanted: Select[Any], **of: object) -> Case | None:
    row = (await connection.execute(wanted, of)).one_or_none()
    return None if row is None else case_of(row)


async def add_events(connection: AsyncConnection, told: Sequence[Event]) -> None:
    """Store events; one of the same case and version is refused by the table."""
    if told:
        await connection.execute(_EVENT, [event_row(one) for one in told])


def event_row(event: Event, text_sealed: bytes | None = None) -> dict[str, Any]:
    """Give an event as a row, beside it a citizen's words as typed."""
    return {
        "case": event.case,
        "version": event.version,
        "at": event.at,
        "author": event.author,
        "by": event.by,
        "did": event.did,
        "state": event.state,
        "public": event.public,
        "text": event.text,
        "text_sealed": text_sealed,
        "data": orjson.dumps(dict(event.data)).decode(),
        "sent_from": event.sent_from,
    }


async def events_of(
    connection: AsyncConnection, case: CaseId, *, public: bool = False
) -> tuple[Event, ...]:
    """Give what was done to a case in its order; ``public`` steps as citizens may know them."""
    wanted = _PUBLIC_EVENTS if public else _EVENTS
    told = tuple(event_of(row) for row in await connection.execute(wanted, {"number": case}))
    return tuple(map(_as_told, told)) if public else told


def _as_told(event: Event) -> Event:
    """Give a public event without what is for colleagues alone."""
    return replace(event, data={k: v for k, v in event.data.items() if k != INSIDE})


def event_of(row: Row[Any]) -> Event:
    """Read a row of events."""
    return Event(
        case=CaseId(row.case),
        version=row.version,
        at=row.at,
        author=Author(row.author),
        by=row.by,
        did=Act(row.did) if row.did in _ACTS else Remark(row.did),
        state=CaseState(row.state),
        public=row.public,
        text=row.text,
        data=orjson.loads(row.data),
    )


def case_of(row: Row[Any]) -> Case:
    """Read a row of cases."""
    return Case(
        id=CaseId(row.id),
        office=row.office,
        reference=row.reference,
        kind=Kind(row.kind),
        regime=row.regime,
        topic=row.topic,
        grade=row.grade,
        urgent=row.urgent,
        state=CaseState(row.state),
        words=row.words,
        happened=row.happened,
        place=_place(row),
        source=Source(row.source),
        address=_address(row),
        anonymous=row.anonymous,
        call_back=row.call_back,
        unit=None if row.unit is None else UnitId(row.unit),
        officer=row.officer,
        received_at=row.received_at,
        due_at=row.due_at,
        due_rule=row.due_rule,
        paused_at=row.paused_at,
        paused_minutes=row.paused_minutes,
        alerted=row.alerted,
        answered_at=row.answered_at,
        closed_at=row.closed_at,
        result=Result(row.result),
        main=None if row.main is None else CaseId(row.main),
        reopened=row.reopened,
        level=row.level,
        publicity=Publicity(row.publicity),
        is_erased=row.erased_at is not None,
        version=row.version,
    )


def _place(row: Row[Any]) -> Place:
    return Place(
        words=row.place, hamlet=row.hamlet, latitude=row.latitude, longitude=row.longitude
    )


def _address(row: Row[Any]) -> CitizenAddress | None:
    if not row.conversation:
        return None
    return CitizenAddress(channel=ChannelName(row.channel), user_id=row.user_id)
