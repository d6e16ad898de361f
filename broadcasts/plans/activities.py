"""Drafts of a table's activities → entries: units, times, forms, and what a person must see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from broadcasts.plans.columns import Header, Kind
from broadcasts.plans.document import one_line
from broadcasts.plans.drafts import Draft
from broadcasts.plans.listing import items, without_mark
from broadcasts.plans.models import Entry, EntryKind, Flag, PlanReaders
from broadcasts.plans.readers import readers_in, readers_of
from broadcasts.plans.splitting import split
from broadcasts.plans.timings import ReadTiming, parted, timing_flags
from broadcasts.plans.units import Parties, parties, split_units
from broadcasts.plans.words import flag

TICKS: Final = frozenset("xX✓✔v√•*●+")
_BETWEEN: Final = "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the reading of a table's rows needs besides them."""

    header: Header
    year: int
    read_timing: ReadTiming
    # Whom the whole plan is for, where it is for one kind of readers alone.
    readers: PlanReaders | None


def activity(reading: Reading, draft: Draft) -> Entry:
    """Make an entry of a draft; a cell with several activities and times becomes several."""
    if draft.subs:
        return _grouped(reading, draft)
    entry = _entry(reading, draft)
    told = split(entry.content, entry.time_text)
    if told.pairs:
        subs = tuple(_sub(reading, entry, place, pair) for place, pair in enumerate(told.pairs, 1))
        return replace(entry, entries=subs, flags=_flags(reading, draft, entry))
    found = timing_flags(reading.read_timing, entry.time_text, reading.year)
    if told.mismatch:
        parts, times = told.mismatch
        mismatch = flag("split_mismatch", parts=parts, times=times)
        found = replace(found, flags=(mismatch, *found.flags))
    return replace(
        entry, timing=found.timing, flags=(*_flags(reading, draft, entry), *found.flags)
    )


def _grouped(reading: Reading, draft: Draft) -> Entry:
    """An entry whose rows are activities of their own; what a row leaves blank is the entry's."""
    entry = _entry(reading, draft)
    subs = []
    for place, sub in enumerate(draft.subs, 1):
        made = activity(reading, replace(sub, no=sub.no or f"{draft.no}.{place}".strip(".")))
        subs.append(_inheriting(made, entry))
    flags = _flags(reading, draft, entry)
    if any(sub.no for sub in draft.subs):
        # Rows 2.1 and 2.2 below a row 2, which may have a time of its own.
        found = timing_flags(reading.read_timing, entry.time_text, reading.year)
        timing = found.timing if entry.time_text else entry.timing
        return replace(entry, timing=timing, entries=tuple(subs), flags=flags)
    times = "; ".join(filter(None, (one.time_text for one in subs)))
    return replace(entry, time_text=times, entries=tuple(subs), flags=flags)


def _inheriting(sub: Entry, entry: Entry) -> Entry:
    if sub.lead:
        return replace(sub, audience=sub.audience or entry.audience)
    led = tuple(one for one in sub.flags if one.code != "no_lead") if entry.lead else sub.flags
    return replace(
        sub,
        lead=entry.lead,
        cooperating=sub.cooperating or entry.cooperating,
        audience=sub.audience or entry.audience,
        flags=led,
    )


def _sub(reading: Reading, entry: Entry, place: int, pair: tuple[str, str]) -> Entry:
    content, time = pair
    found = timing_flags(reading.read_timing, time, reading.year)
    return replace(
        entry,
        no=f"{entry.no}.{place}",
        content=content,
        time_text=time,
        timing=found.timing,
        source=f"{entry.source}, ý {place}",
        flags=found.flags,
    )


def _entry(reading: Reading, draft: Draft) -> Entry:
    text = partial(_text, reading.header, draft)
    sides = _sides(reading.header, draft)
    content = text(Kind.CONTENT)
    told = readers_of(text(Kind.AUDIENCE)) or readers_of(draft.section) or readers_in(content)
    return Entry(
        no=draft.no[:16],
        kind=EntryKind.ACTIVITY,
        content=content,
        source="; ".join(dict.fromkeys(draft.places)),
        timing=parted(),
        forms=_forms(text(Kind.FORMS)),
        lead=sides.lead.names,
        cooperating=sides.cooperating.names,
        time_text=_time(reading.header, draft),
        audience=told or reading.readers,
        section=draft.section,
        note=text(Kind.NOTE),
        product=text(Kind.PRODUCT),
        budget=text(Kind.BUDGET),
        others=dict(_others(reading.header, draft)),
    )


def _text(header: Header, draft: Draft, kind: Kind) -> str:
    told = (draft.cells.get(at, "") for at, one in enumerate(header.kinds) if one is kind)
    return _BETWEEN.join(filter(None, told))


def _forms(text: str) -> tuple[str, ...]:
    told = (without_mark(item) for item in items(text, bold=True))
    pieces = (piece.strip(" .") for item in told for piece in item.replace("\n", ";").split(";"))
    return tuple(filter(None, pieces))


def _sides(header: Header, draft: Draft) -> Parties:
    """Read who leads and who helps; a cell may hold both with their marks."""
    lead, helps = _text(header, draft, Kind.LEAD), _text(header, draft, Kind.COOPERATING)
    if not helps and (told := parties(lead)):
        return told
    return Parties(lead=split_units(lead), cooperating=split_units(helps))


def _time(header: Header, draft: Draft) -> str:
    begins, ends = _text(header, draft, Kind.BEGINS), _text(header, draft, Kind.ENDS)
    span = " ".join((f"từ {begins}" if begins else "", f"đến {ends}" if ends else "")).strip()
    told = (_text(header, draft, Kind.TIME), span, _ticked(header, draft))
    return "; ".join(filter(None, told))


def _ticked(header: Header, draft: Draft) -> str:
    """Give the months or quarters that are ticked, by their headings."""
    told = [
        title if text.strip() in TICKS else f"{one_line(text)} {title}"
        for title, text in _slots(header, draft)
    ]
    return ", ".join(told)


def _slots(header: Header, draft: Draft) -> Iterator[tuple[str, str]]:
    for at, column in enumerate(header.columns):
        if column.kind is Kind.SLOT and draft.cells.get(at):
            yield column.title, draft.cells[at]


def _others(header: Header, draft: Draft) -> Iterator[tuple[str, str]]:
    known = len(header.columns)
    for at, text in draft.cells.items():
        if at >= known or header.columns[at].kind in (Kind.UNKNOWN, Kind.PLAIN):
            title = header.columns[at].title if at < known else ""
            yield title or f"cột {at + 1}", text
    for at, column in enumerate(header.columns):
        if column.kind is Kind.AUDIENCE and at in draft.cells:
            yield column.title, draft.cells[at]


def _flags(reading: Reading, draft: Draft, entry: Entry) -> tuple[Flag, ...]:
    told = [flag(code) for code in draft.codes]
    if not entry.content:
        told.append(flag("no_content"))
    if not entry.lead:
        told.append(flag("no_lead"))
    sides = _sides(reading.header, draft)
    unclear = [one for one in (sides.lead, sides.cooperating) if not one.clear]
    told += [flag("units_unclear", units="; ".join(one.names)) for one in unclear]
    if _is_mixed(reading.header, draft):
        told.append(flag("lead_inferred"))
    return tuple(told)


def _is_mixed(header: Header, draft: Draft) -> bool:
    mixed = any(column.mixed for column in header.columns)
    return mixed and parties(_text(header, draft, Kind.LEAD)) is None
