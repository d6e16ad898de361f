"""What became of every block of the document, so that nothing is lost in silence."""

from __future__ import annotations

from collections.abc import Iterator

from broadcasts.plans.aims import use_of
from broadcasts.plans.document import Paragraph, Row, one_line
from broadcasts.plans.drafts import Drafts
from broadcasts.plans.layout import Grid
from broadcasts.plans.models import Covered, Use
from broadcasts.plans.outline import Placed
from broadcasts.plans.parts import Parts


def covered(parts: Parts) -> tuple[Covered, ...]:
    """Tell of every paragraph and row what it gave."""
    return tuple(_blocks(parts))


def _blocks(parts: Parts) -> Iterator[Covered]:
    basis = {one.paragraph for one in parts.basis}
    for one in parts.head:
        yield _paragraph(one, Use.BASIS if one in basis else Use.HEAD)
    told = _told(parts)
    unknown = {row.place for table in parts.layout.unknown for row in table.rows}
    for placed in parts.outline:
        yield Covered(
            source=placed.source,
            use=told.get(placed) or _use(placed, unknown),
            text=placed.paragraph.text,
        )
    for grid, drafts in zip(parts.layout.grids, parts.tables, strict=True):
        yield from _table(grid, drafts)
    for one in parts.tail:
        yield _paragraph(one, Use.SIGNATURE)
    for one in parts.layout.furniture:
        yield _paragraph(one, Use.TEXT)


def _told(parts: Parts) -> dict[Placed, Use]:
    """Give what the paragraphs of activities and duties became."""
    entries = (placed for one in parts.labelled for placed in one.paragraphs)
    return {
        **dict.fromkeys(parts.duties.headings, Use.HEADING),
        **{one.placed: Use.DUTY for one in parts.duties.duties},
        **dict.fromkeys(parts.duties.closings, Use.CLOSING),
        **dict.fromkeys(entries, Use.ENTRY),
    }


def _use(placed: Placed, unknown: set[str]) -> Use:
    if placed.paragraph.place in unknown:
        return Use.UNKNOWN_TABLE
    heading = placed.step is not None and placed.step.is_title
    return use_of(placed) or (Use.HEADING if heading else Use.TEXT)


def _table(grid: Grid, drafts: Drafts) -> Iterator[Covered]:
    for row in grid.named:
        yield _row(row, Use.TABLE_HEAD)
    sections = {line.row.place for line in drafts.sections}
    odd = {line.row.place for line in drafts.odd}
    for line in grid.lines:
        place = line.row.place
        use = Use.SECTION_ROW if place in sections else Use.TEXT if place in odd else Use.ENTRY
        yield _row(line.row, use)


def _paragraph(paragraph: Paragraph, use: Use) -> Covered:
    return Covered(source=paragraph.place, use=use, text=paragraph.text)


def _row(row: Row, use: Use) -> Covered:
    text = " | ".join(one_line(text) for text in row.texts)
    return Covered(source=row.place, use=use, text=text)
