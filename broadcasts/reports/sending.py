"""How the sending of a text went, in figures: reckoned once for screen, spreadsheet and document.

A line has a count for each of ``STATES``; what is taken or being sent just now counts as pending.
Every part but the reasons adds up to the whole; of the reasons each state's do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from broadcasts.delivery.ports import Receipts
from broadcasts.documents.numbers import filled
from broadcasts.documents.records import Chart
from broadcasts.models import DeliveryStatus, Route
from broadcasts.reports.charts import chart_words
from broadcasts.routes import TELLING

STATES: Final = (
    DeliveryStatus.SENT,
    DeliveryStatus.FAILED,
    DeliveryStatus.UNCERTAIN,
    DeliveryStatus.PENDING,
    DeliveryStatus.SKIPPED,
)
# A chart of time has at most so many columns; each lasts one of these many minutes.
MOST_COLUMNS: Final = 24
LASTING: Final = (1, 5, 10, 30, 60, 180, 360, 720, 1440)
# An article is no reader's: it is for all who follow an account.
TO_ALL: Final = "to_all"
# Gives what people call a code of a sort: "routes", "offices", "kinds", "codes"; ``TO_ALL`` may
# stand for an office or a kind.
Naming = Callable[[str, str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many rows of the ledger are alike; ``again`` is how often they were tried once more.

    ``office`` and ``kind`` are the reader's, blank of who is not known any more. Of how many a
    provider told that they arrived and were seen stands in ``received`` and ``seen``.
    """

    status: DeliveryStatus
    code: str
    route: Route
    office: str
    kind: str
    rows: int
    again: int
    received: int = 0
    seen: int = 0

    @property
    def is_article(self) -> bool:
        """Tell whether they are articles."""
        return self.route is Route.ZALO_ARTICLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Something with its counts, in the order of ``STATES``."""

    name: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """Give how many rows it has, whatever became of them."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The same rows looked at by route, by office, by kind of reader, or by reason."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SendingFigures:
    """Everything a report on a text says in numbers.

    ``again`` counts tries after the first, ``settled`` rows whose doubt somebody settled,
    ``left`` readers who were sent it and left within a day. ``receipts`` where something went by
    a way that tells; ``targets`` are those to whom articles went, in words, blank for everybody.
    """

    whole: Line
    parts: tuple[Part, ...]
    times: Chart
    again: int
    settled: int
    left: int
    receipts: Receipts | None
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is known of a text's sending: alike rows, rows sent by the minute, who left.

    ``targets`` are whom the texts' articles are for, whether one was sent or not.
    """

    tallies: Sequence[Tally]
    minutes: Mapping[datetime, int]
    left: int
    settled_code: str
    targets: Sequence[str] = ()


def sending_figures(told: Told, called: Naming) -> SendingFigures:
    """Add up; ``minutes`` are moments on the clock that people read."""
    tallies = told.tallies
    return SendingFigures(
        whole=_line("", tallies),
        parts=(
            Part(name="reasons", lines=_reasons(tallies, called)),
            _part("routes", tallies, lambda one: one.route, called),
            _part(
                "offices", tallies, lambda one: TO_ALL if one.is_article else one.office, called
            ),
            _part("kinds", tallies, lambda one: TO_ALL if one.is_article else one.kind, called),
        ),
        times=times_chart(told.minutes),
        again=sum(one.again for one in tallies),
        settled=sum(one.rows for one in tallies if one.code == told.settled_code),
        left=told.left,
        receipts=_receipts(tallies),
        targets=_targets(told),
    )


def _receipts(tallies: Iterable[Tally]) -> Receipts | None:
    sent = [one for one in tallies if one.status is DeliveryStatus.SENT and one.route in TELLING]
    if not sent:
        return None
    return Receipts(
        sent=sum(one.rows for one in sent),
        received=sum(one.received for one in sent),
        seen=sum(one.seen for one in sent),
    )


def _targets(told: Told) -> tuple[str, ...]:
    """Give whom articles went to, where any did."""
    articles = any(one.is_article for one in told.tallies)
    return tuple(dict.fromkeys(told.targets)) if articles else ()


def _part(
    sort: str, tallies: Sequence[Tally], key: Callable[[Tally], str], called: Naming
) -> Part:
    by_key: dict[str, list[Tally]] = {}
    for one in tallies:
        by_key.setdefault(key(one), []).append(one)
    lines = (_line(called(sort, each), by_key[each]) for each in sorted(by_key))
    return Part(name=sort, lines=tuple(lines))


def _reasons(tallies: Sequence[Tally], called: Naming) -> tuple[Line, ...]:
    coded = [one for one in tallies if one.code]
    codes = sorted({one.code for one in coded})
    return tuple(
        _line(called("codes", code), [one for one in coded if one.code == code]) for code in codes
    )


def _line(name: str, tallies: Iterable[Tally]) -> Line:
    counts = Counter[DeliveryStatus]()
    for one in tallies:
        counts[one.status if one.status in STATES else DeliveryStatus.PENDING] += one.rows
    return Line(name=name, counts=tuple(counts[one] for one in STATES))


def times_chart(minutes: Mapping[datetime, int]) -> Chart:
    """Draw how many were sent when, in columns as short as ``MOST_COLUMNS`` allows.

    A pause is a gap of empty columns; only where even days are too many do empty ones fall out.
    """
    words = chart_words()
    lasting = next((one for one in LASTING if _columns(minutes, one) <= MOST_COLUMNS), LASTING[-1])
    sent = Counter[datetime]()
    many = _columns(minutes, lasting)
    if 0 < many <= MOST_COLUMNS:
        first = _column(min(minutes), lasting)
        sent.update({first + place * timedelta(minutes=lasting): 0 for place in range(many)})
    for at, rows in minutes.items():
        sent[_column(at, lasting)] += rows
    labelled = "%H:%M" if len({one.date() for one in sent}) == 1 else "%H:%M %d/%m"
    return Chart(
        title=filled(words["times"], minutes=lasting),
        description=filled(
            words["times_says"],
            total=sent.total(),
            columns=sum(rows > 0 for rows in sent.values()),
        ),
        axis=words["time"],
        series=(words["sent"],),
        places=tuple((f"{at:{labelled}}", (sent[at],)) for at in sorted(sent)),
    )


def _columns(minutes: Mapping[datetime, int], lasting: int) -> int:
    """Count the columns from the first minute to the last."""
    if not minutes:
        return 0
    first, last = _column(min(minutes), lasting), _column(max(minutes), lasting)
    return (last - first) // timedelta(minutes=lasting) + 1


def _column(at: datetime, lasting: int) -> datetime:
    """Give when the column of a minute begins; Việt Nam's clock is never put forward or back."""
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    past = (at - midnight) // timedelta(minutes=lasting)
    return midnight + past * timedelta(minutes=lasting)
