"""What the grammar finds in a phrase, before it is known which days that are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from broadcasts.timing.calendar import Pick
from broadcasts.timing.models import Per, Period
from broadcasts.timing.vocabulary import Kind


class Role(StrEnum):
    """How a stretch of time bounds what is to be done."""

    WITHIN = "within"
    FROM = "from"
    AFTER = "after"
    BY = "by"
    BEFORE = "before"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """Days in the calendar once the year is known; none when there are no such (31/02).

    ``size`` is none for days. ``month`` gives the month of one day, for a day before it in a list
    ("ngày 05 và 20/3"); ``whole`` is what a slice was cut from ("cuối tháng 6").
    """

    make: Callable[[int], Period | None]
    year: int | None = None
    size: Per | None = None
    month: Callable[[int], Period | None] | None = None
    whole: Callable[[int], Period | None] | None = None
    sliced: bool = False
    vague: bool = False

    def cut(self, pick: Pick, *, exact: bool, size: Per | None, vague: bool) -> Dated:
        """Give the part of it that ``pick`` chooses; ``exact`` for one day of a month."""

        def make(year: int) -> Period | None:
            wide = self.make(year)
            return pick(wide) if wide else None

        month = self.make if exact else None
        return replace(
            self, make=make, month=month, whole=self.make, size=size, sliced=True, vague=vague
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeating:
    """Days within each ``per``; ``sure`` when the phrase says each ("cuối mỗi quý").

    ``number`` is the day of the month or, with ``per`` week, of the week, where it is only that.
    ``whole`` when nothing was chosen of the unit yet.
    """

    per: Per
    pick: Callable[[Period], tuple[Period, ...]]
    sure: bool = False
    number: int | None = None
    whole: bool = False

    def cut(self, pick: Pick, *, number: int | None) -> Repeating:
        """Give the part of it that ``pick`` chooses; ``number`` where that is only a day."""

        def chosen(unit: Period) -> tuple[Period, ...]:
            return tuple(part for wide in self.pick(unit) if (part := pick(wide)))

        only = number if self.whole else None
        return replace(self, pick=chosen, number=only, whole=False)


Place = Dated | Repeating


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """From one place to another; ``before`` when the last day is excluded."""

    first: Place
    last: Place
    before: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Places with the word that says how they bound, such as "từ" and "trước"."""

    items: tuple[Place | Stretch, ...]
    role: Role
    about: bool = False
    focus: bool = False
    latest: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence:
    """So many times in each ``per``, which is ``months`` long when it is none of the usual.

    ``bound`` and ``most`` tell what else was said of the count: at least, at most, two to three.
    """

    count: int | None
    per: Per
    months: int = 0
    bound: Kind | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reports:
    """Reports on the year so far, each up to the end of one of the months ``ends``.

    ``weak`` when it may only be what the report is called ("báo cáo 6 tháng").
    """

    ends: frozenset[int]
    per: Per | None = None
    years: tuple[int, ...] = ()
    weak: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """So many of something, with no stretch of time to count for; none when not told."""

    count: int | None
    bound: Kind | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Daily:
    """Every day, so many times."""

    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Always:
    """All the time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """An event, a wish, another plan or a rule on which the time depends."""

    kind: Kind
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hour:
    """A time of day."""

    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What a person must settle: the name of a note, and the words it is about."""

    note: str
    words: str = ""


Part = Group | Cadence | Reports | Amount | Daily | Always | Condition | Hour | Trouble


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A part, and the sign or word directly before it that joins it to the one before.

    ``span`` are the tokens from the end of the part before to its own end.
    """

    part: Part
    joint: Kind | None = None
    new_item: bool = False
    span: tuple[int, int] = (0, 0)
