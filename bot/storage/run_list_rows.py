"""Runs as lists show them: what each is of, and how much of it nobody is sure of."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, ScalarSelect, and_, exists, func, select

from bot.storage.broadcast_tables import broadcasts, deliveries, runs
from bot.storage.figure_rows import at
from bot.storage.paging import Order, Query
from broadcasts.models import DeliveryStatus, PauseReason, RunStatus

ORDER: Final = Order(by=runs.c.due_at, unique=runs.c.id)
OF_IT: Final = deliveries.c.run == runs.c.id
UNSURE: Final = and_(OF_IT, deliveries.c.status == DeliveryStatus.UNCERTAIN)
IN_VAIN: Final = and_(OF_IT, deliveries.c.status == DeliveryStatus.FAILED)


class Which(StrEnum):
    """Which runs are looked for."""

    MISSED = "missed"
    STOPPED = "stopped"
    UNCERTAIN = "uncertain"
    GOING = "going"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedRun:
    """A run in a list; ``title`` is its broadcast's, the last two count deliveries."""

    id: int
    broadcast: int
    title: str
    office: str
    urgent: bool
    status: RunStatus
    reason: str
    due_at: datetime
    total: int
    uncertain: int
    failed: int

    @property
    def in_vain(self) -> bool:
        """Tell whether it is over and reached nobody."""
        return self.status is RunStatus.FINISHED and 0 < self.total == self.failed


def runs_that(which: Which | None, offices: Collection[str] | None) -> Query:
    """Select the runs of ``offices`` (``None`` stands for all), all of them or ``which``."""
    wanted = (
        select(
            runs,
            broadcasts.c.title,
            _count(UNSURE).label("uncertain"),
            _count(IN_VAIN).label("failed"),
        )
        .join(broadcasts, broadcasts.c.id == runs.c.broadcast)
        .where(*at(runs.c.office, offices))
    )
    return wanted if which is None else wanted.where(_condition(which))


def _count(which: ColumnElement[bool]) -> ScalarSelect[int]:
    found = select(func.count()).select_from(deliveries).where(which)
    return found.correlate(runs).scalar_subquery()


def _condition(which: Which) -> ColumnElement[bool]:
    match which:
        case Which.MISSED:
            return runs.c.status == RunStatus.MISSED
        case Which.STOPPED:
            return and_(runs.c.status == RunStatus.PAUSED, runs.c.reason == PauseReason.ERRORS)
        case Which.UNCERTAIN:
            return exists().where(UNSURE).correlate(runs)
        case Which.GOING:
            return runs.c.status.in_((RunStatus.RUNNING, RunStatus.PAUSED))


def listed_run(row: Row[Any]) -> ListedRun:
    """Read a row of ``runs_that``."""
    told = {name: getattr(row, name) for name in ListedRun.__slots__}
    return ListedRun(**told | {"status": RunStatus(row.status)})
