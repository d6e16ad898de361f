"""How every field of every kind of record is called and written for people to read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from typing import Any, Final

from knowledge.cells.codecs import CODECS, LIST, TEXT
from knowledge.cells.items import item
from knowledge.cells.records import write_notes
from knowledge.cells.values import write_places, write_truth
from knowledge.columns import columns, word
from knowledge.models import OpeningHours, Source
from knowledge.record_edits import GONE, RecordKind


def headings(kind: RecordKind) -> Mapping[str, str]:
    """Give the fields of a kind that people see, in their order, with what each is called."""
    told = columns()
    if kind is RecordKind.PROCEDURE:
        return {**told.headings, "source": told.headings["source_name"]}
    return told.labels[kind]


def written(kind: RecordKind, name: str, value: Any) -> str:  # noqa: ANN401 - any field's value
    """Write the value of a field, items on lines; empty for what says nothing."""
    if value is None:
        return ""
    if kind is RecordKind.PROCEDURE and name in CODECS:
        return CODECS[name].write(value)
    return WRITERS.get(name, TEXT.write)(value)


def _source(source: Source) -> str:
    return item([source.name, f"{source.seen:%d/%m/%Y}", *([source.url] if source.url else [])])


def _hours(hours: Iterable[OpeningHours]) -> str:
    days = columns().labels["weekday"]
    return "\n".join(
        f"{', '.join(days[str(day)] for day in weekdays)}: "
        + "; ".join(f"{span.opens}–{span.closes}" for span in spans)
        for weekdays, spans in groupby(hours, key=lambda span: span.weekdays)
    )


def _gone(_: bool) -> str:
    return word("gone")


WRITERS: Final[Mapping[str, Callable[[Any], str]]] = {
    "aliases": LIST.write,
    "steps": LIST.write,
    "related": LIST.write,
    "notes": write_notes,
    "serves": write_places,
    "sample": write_truth,
    "source": _source,
    "hours": _hours,
    GONE: _gone,
}
