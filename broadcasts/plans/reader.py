"""A document and a year → the plan in it."""

from __future__ import annotations

from broadcasts.plans.activities import Reading, activity
from broadcasts.plans.aims import audiences, only_readers, said
from broadcasts.plans.coverage import covered
from broadcasts.plans.document import Document
from broadcasts.plans.duties import entries_of
from broadcasts.plans.head import read_head
from broadcasts.plans.labelled import HEADER
from broadcasts.plans.models import Entry, Flag, Plan, PlanReaders, Said, Use
from broadcasts.plans.parts import Parts, take_apart
from broadcasts.plans.timings import ReadTiming
from broadcasts.plans.unruled import unruled_table
from broadcasts.plans.words import flag


def read_plan(document: Document, year: int, read_timing: ReadTiming) -> Plan:
    """Read a plan; what is not understood is flagged."""
    parts = take_apart(document)
    head = read_head(parts.layout.paragraphs, year)
    aimed = audiences(parts.outline)
    purposes, forms = said(parts.outline, Use.PURPOSE), said(parts.outline, Use.FORM)
    activities = _activities(parts, year, read_timing, only_readers(aimed))
    duties = entries_of(parts.duties.duties, read_timing, year)
    missing = {"no_purposes": purposes, "no_audiences": aimed, "no_forms": forms}
    return Plan(
        year=year,
        number=head.number,
        date=head.date,
        issuer=head.issuer,
        title=head.title,
        basis=tuple(Said(text=one.paragraph.text, source=one.source) for one in parts.basis),
        purposes=purposes,
        audiences=aimed,
        forms=forms,
        entries=activities or duties,
        duties=duties,
        flags=(
            *head.flags,
            *(flag(code) for code, told in missing.items() if not told),
            *_table_flags(parts),
            *_entry_flags(parts, activities, duties),
        ),
        coverage=covered(parts),
    )


def _activities(
    parts: Parts, year: int, read_timing: ReadTiming, readers: PlanReaders | None
) -> tuple[Entry, ...]:
    told: list[Entry] = []
    for grid, drafts in zip(parts.layout.grids, parts.tables, strict=True):
        reading = Reading(header=grid.header, year=year, read_timing=read_timing, readers=readers)
        told += (activity(reading, draft) for draft in drafts.drafts)
    reading = Reading(header=HEADER, year=year, read_timing=read_timing, readers=readers)
    told += (activity(reading, one.draft) for one in parts.labelled)
    return tuple(told)


def _table_flags(parts: Parts) -> list[Flag]:
    told = [flag("unknown_table", source=table.place) for table in parts.layout.unknown]
    for grid in parts.layout.grids:
        if grid.header.unknown:
            columns = ", ".join(f"“{title}”" for title in grid.header.unknown)
            told.append(flag("unknown_column", columns=columns))
    return told


def _entry_flags(
    parts: Parts, activities: tuple[Entry, ...], duties: tuple[Entry, ...]
) -> list[Flag]:
    if activities:
        return [flag("no_table_labelled")] if parts.labelled else []
    if heading := unruled_table(parts.layout.paragraphs):
        return [flag("unruled_table", source=heading.place)]
    return [flag("no_table" if duties else "no_entries")]
