"""What an import does, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Final

import orjson

from bot.commands.wording import words
from knowledge.columns import columns
from knowledge.weighing import Effect, Weighed, Weighing

FEW: Final = 20


def as_json(weighing: Weighing) -> str:
    """Give each row's effect and every fault."""
    told = {
        "rows": [asdict(row) for row in weighing.rows],
        "faults": [asdict(fault) for fault in weighing.faults],
        "unknown": weighing.unknown,
    }
    return orjson.dumps(told, option=orjson.OPT_INDENT_2).decode()


def as_text(weighing: Weighing, *, dry_run: bool) -> str:
    """Give the counts, a few rows of each effect, and every fault."""
    return "\n".join(_lines(weighing, dry_run=dry_run))


def _lines(weighing: Weighing, *, dry_run: bool) -> Iterable[str]:
    said = words("import")
    if dry_run:
        yield said["dry_run"]
    for effect in Effect:
        yield f"{said[effect]}: {len(weighing.of(effect))}"
        if effect is not Effect.UNCHANGED:
            yield from _rows(weighing.of(effect))
    if not weighing.rows and not weighing.faults:
        yield said["nothing"]
    if weighing.unknown:
        told = ", ".join(f"“{heading}”" for heading in weighing.unknown)
        yield said["unknown"].format(headings=told)
    if weighing.faults:
        yield said["faults"].format(count=len(weighing.faults))
        yield from (f"  {fault}" for fault in weighing.faults)


def _rows(rows: list[Weighed]) -> Iterable[str]:
    said = words("import")
    headings = columns().headings
    for row in rows[:FEW]:
        told = columns().told(row.fields)
        changes = said["fields"].format(fields=told) if told else ""
        yield "  " + "  ".join(part for part in (row.code, row.name, changes) if part)
        for name, (before, after) in row.figures.items():
            was, now = (" ; ".join(text.splitlines()) or said["empty"] for text in (before, after))
            yield "    " + said["figure"].format(field=headings[name], before=was, after=now)
            if name in row.narrowed:
                yield "    " + said["narrowed"].format(before=was)
    if len(rows) > FEW:
        yield "  " + said["more"].format(count=len(rows) - FEW)
