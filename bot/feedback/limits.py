"""How long each step may take: the table of ``data/deadlines.toml`` with what an office has set.

A limit that no law sets for everybody (``local``) is a target inside the office until the office
has confirmed it; only then are citizens told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, Final, Self

from bot.feedback.law import Basis, read_data
from bot.feedback.terms import Unit
from bot.officials.own_limits import OwnLimit, Profile

MOST: Final = 365
COUNTED: Final = (Unit.WORKING_DAY, Unit.WORKING_HOUR, Unit.DAY)


class Grade(StrEnum):
    """How hard or pressing a case is; an officer may say another than the program guessed."""

    SIMPLE = "simple"
    COMPLEX = "complex"
    URGENT = "urgent"


class Group(StrEnum):
    """Under which heading a limit stands."""

    PLACE = "place"
    RULES = "rules"
    ALL = "all"
    DATA = "data"
    SEALED = "sealed"
    KEPT = "kept"


class Step(StrEnum):
    """From what to what a limit runs."""

    BEGUN = "begun"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    CLASSIFIED = "classified"
    ASSIGNED = "assigned"
    TRANSFERRED = "transferred"
    ASKED = "asked"
    REMINDED = "reminded"
    ANSWERED = "answered"
    RATED = "rated"
    REOPENED = "reopened"
    CLOSED = "closed"
    ACKNOWLEDGED = "acknowledged"
    FOUND = "found"
    DECIDED = "decided"
    DONE = "done"
    ERASED = "erased"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """One row; an empty set of regimes, topics, grades or profiles holds for all of them.

    ``regimes`` are ids of ``bot.feedback.regimes``. ``product`` is a rule of this program. ``own``
    is what the office has set, if anything; number and unit are then its.
    """

    id: str
    label: str
    note: str
    group: Group
    begins: Step
    ends: Step
    number: int
    unit: Unit
    basis: Basis
    local: bool = False
    product: bool = False
    regimes: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    grades: frozenset[Grade] = frozenset()
    profiles: frozenset[Profile] = frozenset()
    own: OwnLimit | None = None

    @property
    def told(self) -> bool:
        """Whether citizens may be told of it."""
        return not self.local or (self.own is not None and self.own.confirmed)

    def fits(self, regime: str, topic: str, grade: Grade) -> bool:
        """Tell whether it holds for such a case."""
        return (
            (not self.regimes or regime in self.regimes)
            and (not self.topics or topic in self.topics)
            and (not self.grades or grade in self.grades)
        )


@dataclass(frozen=True, slots=True)
class Limits:
    """The rows that hold for one office on one day, by id, in their order."""

    rows: Mapping[str, Limit]

    @classmethod
    def of(cls, profile: Profile, own: Mapping[str, OwnLimit], day: date | None) -> Self:
        """Take the table as ``profile`` has it on ``day``, with what the office has set.

        Without a day every row is taken, in force or not.
        """
        return cls(
            {
                one.id: with_own(one, own.get(one.id))
                for one in shipped()
                if (day is None or one.basis.in_force(day))
                and (not one.profiles or profile in one.profiles)
            }
        )

    def find(self, ends: Step, regime: str, topic: str, grade: Grade) -> Limit | None:
        """Give the limit by which such a case reaches a step; the first that fits counts."""
        steps = (one for one in self.rows.values() if one.ends is ends)
        return next((one for one in steps if one.fits(regime, topic, grade)), None)

    def is_told(self, rule: str) -> bool:
        """Tell whether citizens may hear a day that follows from a limit.

        What runs from acceptance hangs on the limit for acceptance, too.
        """
        limit = self.rows.get(rule)
        if limit is None or limit.begins is not Step.ACCEPTED:
            return limit is not None and limit.told
        before = [one for one in self.rows.values() if one.ends is Step.ACCEPTED]
        return limit.told and all(one.told for one in before if one.regimes & limit.regimes)


def with_own(limit: Limit, own: OwnLimit | None) -> Limit:
    """Give a limit as an office has set it; what it may not set counts as not set."""
    if own is None or fault_of(limit, own.number, own.unit):
        return limit
    return replace(limit, number=own.number, unit=Unit(own.unit), own=own)


def units_of(limit: Limit) -> tuple[Unit, ...]:
    """Give the units an office may choose: the law's own one where a law sets the limit."""
    if limit.group is Group.KEPT:
        return (limit.unit,)
    return COUNTED if limit.local or limit.product else (limit.unit,)


def fault_of(limit: Limit, number: int, unit: str) -> str:
    """Name what is wrong with a number and unit an office wants; empty when nothing is."""
    if unit not in units_of(limit):
        return "unit"
    if limit.group is Group.KEPT:
        return "" if 1 <= number <= limit.number else "over_the_told"
    if not 1 <= number <= MOST:
        return "number"
    lawful = limit.local or limit.product or number <= limit.number
    return "" if lawful else "over_the_law"


@cache
def shipped() -> tuple[Limit, ...]:
    """Give the table as it is shipped.

    Raises:
        KeyError, ValueError: the file of the table is faulty.
    """
    return tuple(map(_read, read_data("deadlines.toml")["deadline"]))


def _read(row: Mapping[str, Any]) -> Limit:
    return Limit(
        id=row["id"],
        label=row["label"],
        note=row.get("note", ""),
        group=Group(row["group"]),
        begins=Step(row["begins"]),
        ends=Step(row["ends"]),
        number=row["number"],
        unit=Unit(row["unit"]),
        basis=Basis.read(row),
        local=row.get("local", False),
        product=row.get("product", False),
        regimes=frozenset(row.get("regimes", ())),
        topics=frozenset(row.get("topics", ())),
        grades=frozenset(map(Grade, row.get("grades", ()))),
        profiles=frozenset(map(Profile, row.get("profiles", ()))),
    )
