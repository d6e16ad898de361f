"""A document taken apart once, for all that is read from it."""

from __future__ import annotations

from dataclasses import dataclass

from broadcasts.plans.aims import basis
from broadcasts.plans.document import Document, Paragraph
from broadcasts.plans.drafts import Drafts, drafts_of
from broadcasts.plans.duties import DutyReading, duties_of
from broadcasts.plans.head import head_of
from broadcasts.plans.labelled import Labelled, labelled
from broadcasts.plans.layout import Layout, lay_out, opens_signature
from broadcasts.plans.outline import Placed, outline
from broadcasts.plans.words import opens


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The parts of a plan; ``tail`` is what is signed below it.

    ``labelled`` are activities in prose, looked for only where no table holds any.
    """

    layout: Layout
    head: tuple[Paragraph, ...]
    outline: tuple[Placed, ...]
    basis: tuple[Placed, ...]
    tables: tuple[Drafts, ...]
    labelled: tuple[Labelled, ...]
    duties: DutyReading
    tail: tuple[Paragraph, ...]


def take_apart(document: Document) -> Parts:
    """Sort what a document holds; every paragraph and row goes to one part."""
    layout = lay_out(document)
    head = head_of(layout.paragraphs)
    end = _end(layout.paragraphs, len(head))
    body = outline(layout.paragraphs[len(head) : end])
    return Parts(
        layout=layout,
        head=head,
        outline=body,
        basis=basis(outline(head)),
        tables=tuple(drafts_of(grid) for grid in layout.grids),
        labelled=() if layout.grids else labelled(body),
        duties=duties_of(body),
        tail=tuple(layout.paragraphs[end:]),
    )


def _end(paragraphs: list[Paragraph], start: int) -> int:
    """Give where the list of recipients or the signature begins, below the body."""
    for place in range(start, len(paragraphs)):
        text = paragraphs[place].text
        if opens(text, "sections", "recipients") or opens_signature(text):
            return place
    return len(paragraphs)
