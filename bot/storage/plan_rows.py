"""Plans as rows: a document's entries in its order, versions of one office and year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

import orjson
from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.plan_tables import plan_entries, plans
from broadcasts.plans.models import Entry, Plan
from broadcasts.plans.telling import told_flags, told_head
from broadcasts.timing.wire import timing_to_json

LONGEST_TITLE: Final = 500
MOST_LISTED: Final = 200
LONGEST_ISSUER: Final = 300
LONGEST_NUMBER: Final = 80
# The entries are rows of their own.
_ROWS: Final = frozenset({"title", "year"})


class PlanStatus(StrEnum):
    """Where a stored plan stands: read and to be looked at, counting, or followed by another."""

    DRAFT = "draft"
    IN_FORCE = "in_force"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a document says of itself; ``issued_on`` is an ISO day, all blank where not stated."""

    number: str
    issued_on: str
    issuer: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPlan:
    """A plan as it is stored; ``head`` holds purposes, audiences, forms, duties, flags, coverage.

    It holds ``by_hand``, too, once a person mended what the document says of itself.
    ``issued_on`` is an ISO day, or blank where the document names none.
    """

    id: int
    office: str
    year: int
    number: str
    issued_on: str
    issuer: str
    title: str
    head: Mapping[str, Any]
    file: int | None
    digest: str
    status: PlanStatus
    made_at: datetime
    made_by: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEntry:
    """An entry as it is stored; ``timing`` is the JSON of a ``Timing``.

    ``flags`` are codes with their sentences. ``edited_at`` is when a person last worked on it.
    """

    id: int
    plan: int
    parent: int | None
    position: int
    no: str
    content: str
    forms: tuple[str, ...]
    lead: tuple[str, ...]
    cooperating: tuple[str, ...]
    flags: tuple[Mapping[str, str], ...]
    time_text: str
    timing: str
    audience: str
    note: str
    source: str
    officer: int | None
    status: str
    edited_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """The file a plan was read from: whose it is, its fingerprint, its row where kept."""

    office: str
    digest: str
    file: int | None = None


async def add_plan(
    connection: AsyncConnection, plan: Plan, issued: Issued, *, at: datetime, by: int | None
) -> int:
    """Store a plan with its entries as a draft; give its id."""
    head = {name: told for name, told in told_head(plan).items() if name not in _ROWS}
    row = {
        "office": issued.office,
        "year": plan.year,
        "number": (plan.number or "")[:LONGEST_NUMBER],
        "issued_on": plan.date.isoformat() if plan.date else "",
        "issuer": (plan.issuer or "")[:LONGEST_ISSUER],
        "title": plan.title[:LONGEST_TITLE],
        "head": _json(head),
        "file": issued.file,
        "digest": issued.digest,
        "status": PlanStatus.DRAFT,
        "made_at": at,
        "made_by": by,
    }
    made = await connection.execute(insert(plans).values(row).returning(plans.c.id))
    number = int(made.scalar_one())
    await _add_entries(connection, number, plan.entries)
    return number


async def find_plan(connection: AsyncConnection, plan: int) -> StoredPlan | None:
    """Give one plan."""
    row = (await connection.execute(select(plans).where(plans.c.id == plan))).first()
    return _plan(row) if row else None


async def plans_of(connection: AsyncConnection, office: str, year: int) -> list[StoredPlan]:
    """Give the plans of an office for a year that no other followed, the newest first."""
    wanted = (
        select(plans)
        .where(plans.c.office == office, plans.c.year == year)
        .where(plans.c.status != PlanStatus.REPLACED)
        .order_by(plans.c.id.desc())
    )
    return [_plan(row) for row in await connection.execute(wanted)]


async def plans_at(
    connection: AsyncConnection, offices: Iterable[str] | None, *, most: int = MOST_LISTED
) -> list[StoredPlan]:
    """Give the newest plans of these offices, of every one for ``None``; replaced ones too."""
    wanted = select(plans).order_by(plans.c.year.desc(), plans.c.id.desc()).limit(most)
    if offices is not None:
        wanted = wanted.where(plans.c.office.in_(list(offices)))
    return [_plan(row) for row in await connection.execute(wanted)]


async def entries_of(connection: AsyncConnection, plan: int) -> list[StoredEntry]:
    """Give the entries of a plan in the order of the document."""
    wanted = select(plan_entries).where(plan_entries.c.plan == plan)
    ordered = wanted.order_by(plan_entries.c.position)
    return [_entry(row) for row in await connection.execute(ordered)]


async def find_entry(connection: AsyncConnection, entry: int) -> StoredEntry | None:
    """Give one entry."""
    found = await connection.execute(select(plan_entries).where(plan_entries.c.id == entry))
    row = found.first()
    return _entry(row) if row else None


async def set_status(
    connection: AsyncConnection, plan: int, was: PlanStatus, status: PlanStatus
) -> bool:
    """Move a plan on; tell whether nobody was quicker."""
    moved = await connection.execute(
        update(plans).where(plans.c.id == plan, plans.c.status == was).values(status=status)
    )
    return bool(moved.rowcount)


async def edit_head(
    connection: AsyncConnection, plan: int, head: Head, flags: Iterable[Mapping[str, str]]
) -> None:
    """Write what a person says of a plan, and the flags that are still to be looked at."""
    told = (await connection.execute(select(plans.c.head).where(plans.c.id == plan))).scalar_one()
    rest = _json(orjson.loads(told) | {"flags": list(flags), "by_hand": True})
    await connection.execute(
        update(plans).where(plans.c.id == plan).values(**asdict(head), head=rest)
    )


async def edit_entry(
    connection: AsyncConnection, entry: int, fields: Mapping[str, Any], *, at: datetime
) -> None:
    """Write what a person set of an entry; lists are stored as JSON."""
    lists = ("forms", "lead", "cooperating", "flags")
    told = {name: _json(value) if name in lists else value for name, value in fields.items()}
    await connection.execute(
        update(plan_entries).where(plan_entries.c.id == entry).values(**told, edited_at=at)
    )


async def _add_entries(connection: AsyncConnection, plan: int, entries: Iterable[Entry]) -> None:
    position = 0
    for entry in entries:
        position += 1
        values = {"plan": plan, "parent": None, "position": position, **_values(entry)}
        made = insert(plan_entries).values(values).returning(plan_entries.c.id)
        parent = int((await connection.execute(made)).scalar_one())
        for below in _below(entry):
            position += 1
            told = {"plan": plan, "parent": parent, "position": position, **_values(below)}
            await connection.execute(insert(plan_entries).values(told))


def _below(entry: Entry) -> list[Entry]:
    """Give all entries below one; a row knows one parent, deeper ones show by their number."""
    return [one for below in entry.entries for one in (below, *_below(below))]


def _values(entry: Entry) -> dict[str, Any]:
    return {
        "no": entry.no,
        "content": entry.content,
        "forms": _json(entry.forms),
        "lead": _json(entry.lead),
        "cooperating": _json(entry.cooperating),
        "flags": _json(told_flags(entry.flags)),
        "time_text": entry.time_text,
        "timing": timing_to_json(entry.timing),
        "audience": entry.audience.value if entry.audience else "",
        "note": entry.note,
        "source": entry.source,
        "status": "open",
    }


def _plan(row: Row[Any]) -> StoredPlan:
    told = row._asdict()
    return StoredPlan(
        **{**told, "head": orjson.loads(told["head"]), "status": PlanStatus(told["status"])}
    )


def _entry(row: Row[Any]) -> StoredEntry:
    told = row._asdict()
    lists = {
        name: tuple(orjson.loads(told[name])) for name in ("forms", "lead", "cooperating", "flags")
    }
    return StoredEntry(**{**told, **lists})


def _json(value: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    return orjson.dumps(value).decode()
