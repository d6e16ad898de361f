"""Broadcasts, their versions and steps as rows; a status moves once, whoever tries."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import orjson
from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.broadcast_tables import broadcast_steps, broadcast_versions, broadcasts
from bot.storage.plan_rows import PlanStatus
from bot.storage.plan_tables import plan_entries, plans, slots
from bot.storage.upserts import insert_into
from broadcasts.approval import Text
from broadcasts.calendar import SlotStatus
from broadcasts.models import (
    Audience,
    BroadcastId,
    BroadcastStatus,
    Button,
    NewsText,
    ReaderKind,
    Route,
)
from broadcasts.targets import Target
from broadcasts.texts import WRITING, Broadcast, Step, StepTaken, Version, Wish

LONGEST_TITLE = 300


async def add_broadcast(
    connection: AsyncConnection, wish: Wish, *, author: int | None, at: datetime
) -> BroadcastId:
    """Write a new draft, its first version not yet."""
    made = (
        insert(broadcasts)
        .values(
            office=wish.office,
            kind=wish.kind,
            title=wish.text.title[:LONGEST_TITLE],
            status=BroadcastStatus.DRAFT,
            version=1,
            urgent=wish.urgent,
            author=author,
            entry=wish.entry,
            slot=wish.slot,
            made_at=at,
            changed_at=at,
        )
        .returning(broadcasts.c.id)
    )
    return BroadcastId((await connection.execute(made)).scalar_one())


async def put_version(connection: AsyncConnection, version: Version) -> None:
    """Write a version, over the same one while it is not frozen.

    Raises:
        AssertionError: the version that stands there is frozen.
    """
    row = {
        "broadcast": version.broadcast,
        "version": version.number,
        "title": version.text.title[:LONGEST_TITLE],
        "body": version.text.body,
        "parts": _parts_text(version.text, version.variables),
        "audience": audience_text(version.audience),
        "digest": version.digest,
        "author": version.author,
        "made_at": version.made_at,
        "frozen_at": version.frozen_at,
    }
    wish = insert_into(broadcast_versions, connection.dialect).values(row)
    written = wish.on_conflict_do_update(
        index_elements=["broadcast", "version"],
        set_={name: wish.excluded[name] for name in row if name not in {"broadcast", "version"}},
        where=broadcast_versions.c.frozen_at.is_(None),
    ).returning(broadcast_versions.c.version)
    if (await connection.execute(written)).first() is None:
        raise AssertionError(f"version {version.number} is frozen")


async def move_broadcast(
    connection: AsyncConnection,
    broadcast: Broadcast,
    status: BroadcastStatus,
    *,
    at: datetime,
    **told: Any,  # noqa: ANN401 - columns, each of its kind
) -> bool:
    """Move a broadcast that still stands where it was seen; tell whether it did."""
    done = await connection.execute(
        update(broadcasts)
        .where(
            broadcasts.c.id == broadcast.id,
            broadcasts.c.status == broadcast.status,
            broadcasts.c.version == broadcast.version,
        )
        .values(status=status, changed_at=at, **told)
    )
    return done.rowcount == 1


async def hold_broadcast(
    connection: AsyncConnection, number: int, *, wait: bool = True
) -> Broadcast | None:
    """Give a broadcast, locked until the transaction ends.

    Whoever locks its schedules or runs too locks it first. Without ``wait`` nothing is given
    while somebody else has it.
    """
    wanted = select(broadcasts).where(broadcasts.c.id == number)
    wanted = wanted.with_for_update(skip_locked=not wait)
    row = (await connection.execute(wanted)).first()
    return broadcast_of(row) if row else None


async def find_broadcast(connection: AsyncConnection, number: int) -> Broadcast | None:
    """Give one broadcast."""
    wanted = select(broadcasts).where(broadcasts.c.id == number)
    row = (await connection.execute(wanted)).first()
    return broadcast_of(row) if row else None


async def find_version(
    connection: AsyncConnection, broadcast: BroadcastId, number: int
) -> Version | None:
    """Give one version of a broadcast."""
    wanted = select(broadcast_versions).where(
        broadcast_versions.c.broadcast == broadcast, broadcast_versions.c.version == number
    )
    row = (await connection.execute(wanted)).first()
    return version_of(row) if row else None


async def versions_of(connection: AsyncConnection, broadcast: BroadcastId) -> Sequence[Version]:
    """Give every version of a broadcast, the first first."""
    wanted = select(broadcast_versions).where(broadcast_versions.c.broadcast == broadcast)
    rows = await connection.execute(wanted.order_by(broadcast_versions.c.version))
    return [version_of(row) for row in rows]


async def find_text(connection: AsyncConnection, broadcast: Broadcast) -> Text:
    """Give what decides about a broadcast's moves."""
    version = await find_version(connection, broadcast.id, broadcast.version)
    wanted = select(broadcast_steps.c.officer).where(
        broadcast_steps.c.broadcast == broadcast.id,
        broadcast_steps.c.step.in_(sorted(WRITING)),
        broadcast_steps.c.officer.is_not(None),
    )
    writers = (await connection.execute(wanted)).scalars()
    return Text(
        status=broadcast.status,
        version=broadcast.version,
        frozen=version is not None and version.frozen_at is not None,
        urgent=broadcast.urgent,
        writers=frozenset(writers),
    )


async def add_step(
    connection: AsyncConnection, broadcast: Broadcast | BroadcastId, taken: StepTaken
) -> None:
    """Write one step of a broadcast's history."""
    number = broadcast.id if isinstance(broadcast, Broadcast) else broadcast
    await connection.execute(
        insert(broadcast_steps).values(
            broadcast=number,
            version=taken.version,
            step=taken.step,
            officer=taken.officer,
            at=taken.at,
            note=taken.note,
        )
    )


async def steps_of(connection: AsyncConnection, broadcast: BroadcastId) -> Sequence[StepTaken]:
    """Give the history of a broadcast, the first step first."""
    wanted = select(broadcast_steps).where(broadcast_steps.c.broadcast == broadcast)
    rows = await connection.execute(wanted.order_by(broadcast_steps.c.id))
    return [step_of(row) for row in rows]


async def office_of_plan(
    connection: AsyncConnection, *, entry: int | None, slot: int | None
) -> str | None:
    """Give whose plan an entry is of, or a slot of that entry; nothing when they are none."""
    wanted = select(plans.c.office).join(plan_entries, plan_entries.c.plan == plans.c.id)
    if slot is not None:
        wanted = wanted.join(slots, slots.c.entry == plan_entries.c.id).where(slots.c.id == slot)
    if entry is not None:
        wanted = wanted.where(plan_entries.c.id == entry)
    return (await connection.execute(wanted)).scalar()


async def day_of_slot(connection: AsyncConnection, slot: int) -> date | None:
    """Give the day a time of a plan's entry is proposed for.

    Nothing when it is none, when it is done or not asked for any more, or another plan counts.
    """
    ended = (SlotStatus.DONE, SlotStatus.DROPPED)
    wanted = (
        select(slots.c.due_on)
        .join(plan_entries, plan_entries.c.id == slots.c.entry)
        .join(plans, plans.c.id == plan_entries.c.plan)
        .where(slots.c.id == slot, slots.c.status.not_in(ended))
        .where(plans.c.status != PlanStatus.REPLACED)
    )
    found = (await connection.execute(wanted)).scalar()
    return date.fromisoformat(found) if found else None


async def kinds_of(connection: AsyncConnection, numbers: Collection[int]) -> Mapping[int, str]:
    """Give the kinds of broadcasts, by number."""
    if not numbers:
        return {}
    wanted = select(broadcasts.c.id, broadcasts.c.kind).where(broadcasts.c.id.in_(numbers))
    return {row.id: row.kind for row in await connection.execute(wanted)}


def broadcast_of(row: Row[Any]) -> Broadcast:
    """Read a broadcast's row."""
    return Broadcast(
        id=BroadcastId(row.id),
        office=row.office,
        kind=row.kind,
        title=row.title,
        status=BroadcastStatus(row.status),
        version=row.version,
        urgent=row.urgent,
        author=row.author,
        entry=row.entry,
        slot=row.slot,
        made_at=row.made_at,
        changed_at=row.changed_at,
    )


def version_of(row: Row[Any]) -> Version:
    """Read a version's row."""
    parts = orjson.loads(row.parts)
    return Version(
        broadcast=BroadcastId(row.broadcast),
        number=row.version,
        text=NewsText(
            title=row.title,
            body=row.body,
            buttons=tuple(
                Button(label=label, address=address) for label, address in parts["buttons"]
            ),
            picture=parts["picture"],
            files=tuple(parts["files"]),
            # What was written before pictures had words has none.
            depicted=parts.get("depicted", ""),
        ),
        audience=audience_of(row.audience),
        variables=parts["variables"],
        digest=row.digest,
        author=row.author,
        made_at=row.made_at,
        frozen_at=row.frozen_at,
    )


def step_of(row: Row[Any]) -> StepTaken:
    """Read a step's row."""
    return StepTaken(
        version=row.version, step=Step(row.step), officer=row.officer, at=row.at, note=row.note
    )


def audience_text(audience: Audience) -> str:
    """Write an audience down."""
    told: dict[str, object] = {
        "offices": audience.offices,
        "kinds": audience.kinds,
        "topics": audience.topics,
        "routes": audience.routes,
    }
    if audience.target:
        told["target"] = audience.target.written()
    return orjson.dumps(told, option=orjson.OPT_SORT_KEYS).decode()


def audience_of(told: str) -> Audience:
    """Read an audience back."""
    read = orjson.loads(told)
    return Audience(
        offices=tuple(read["offices"]),
        kinds=tuple(map(ReaderKind, read["kinds"])),
        topics=tuple(read["topics"]),
        routes=tuple(map(Route, read["routes"])),
        target=Target.read(read.get("target", {})),
    )


def _parts_text(text: NewsText, variables: Mapping[str, str]) -> str:
    told = {
        "buttons": [[one.label, one.address] for one in text.buttons],
        "picture": text.picture,
        "files": text.files,
        "depicted": text.depicted,
        "variables": dict(variables),
    }
    return orjson.dumps(told, option=orjson.OPT_SORT_KEYS).decode()
