"""What stands in the database when the years are over, and the figures and faults found in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from bot.storage.broadcast_tables import (
    broadcast_versions,
    deliveries,
    runs,
    schedules,
    subscribers,
)
from bot.storage.database import Database
from bot.storage.plan_tables import plan_entries, plans, reminders, slots
from bot.storage.tables import outbox
from tests.fakes.years.stage import Stage


@dataclass
class Verdict:
    """Figures, and everything that must not be."""

    figures: dict[str, Any] = field(default_factory=dict)
    wrong: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def faults(self) -> list[str]:
        """Name what is wrong, each kind with its number and its first cases."""
        return [
            f"{what}: {len(cases)}, {cases[:3]}" for what, cases in self.wrong.items() if cases
        ]

    def __str__(self) -> str:
        return "\n".join(f"{what:<58}{told!s:>10}" for what, told in self.figures.items())


@dataclass
class Books:
    """All rows at the end."""

    runs: Sequence[Row[Any]]
    schedules: Sequence[Row[Any]]
    sent: Sequence[Row[Any]]
    slots: Sequence[Row[Any]]
    reminders: Sequence[Row[Any]]
    told: Sequence[Row[Any]]


async def read_books(database: Database) -> Books:
    version = broadcast_versions.c
    letters = (
        select(
            deliveries.c.id, deliveries.c.route, deliveries.c.status, deliveries.c.ended_at,
            deliveries.c.address, subscribers.c.person, runs.c.id.label("run"), runs.c.schedule,
            runs.c.broadcast, runs.c.office, runs.c.urgent, runs.c.due_at, runs.c.began_at,
            runs.c.ended_at.label("run_ended_at"), schedules.c.off_days, schedules.c.rrule,
            schedules.c.grace_minutes, version.digest,
        )
        .join(runs, runs.c.id == deliveries.c.run)
        .join(schedules, schedules.c.id == runs.c.schedule)
        .join(subscribers, subscribers.c.id == deliveries.c.subscriber)
        .join(
            broadcast_versions,
            (version.broadcast == runs.c.broadcast) & (version.version == runs.c.version),
        )
    )  # fmt: skip
    calendar = (
        select(slots, plans.c.office, plans.c.year)
        .join(plan_entries, plan_entries.c.id == slots.c.entry)
        .join(plans, plans.c.id == plan_entries.c.plan)
    )
    reminded = select(reminders)
    said = select(outbox.c.conversation, outbox.c.created_at, outbox.c.id)
    officers = said.where(outbox.c.conversation.like("telegram:officer-%"))
    async with database.reading() as connection:
        wanted = (select(runs), select(schedules), letters, calendar, reminded, officers)
        return Books(*[(await connection.execute(one)).all() for one in wanted])


def sendings(stage: Stage, books: Books) -> Iterator[tuple[datetime, Row[Any]]]:
    """Give every message with its moment: what providers took, and what the web laid out."""
    rows = {row.id: row for row in books.sent}
    for box in stage.program.boxes.values():
        for posted in box.taken:
            yield posted.at, rows[posted.delivery]
    for row in books.sent:
        if row.route == "web" and row.status == "sent":
            yield row.ended_at, row
