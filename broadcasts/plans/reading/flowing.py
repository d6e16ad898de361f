"""Lines of a text → paragraphs: a line that goes on with the one before is joined to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from broadcasts.plans.document import Block, Paragraph
from broadcasts.plans.listing import begins_item

# No sentence is as long; beyond it lines are no prose.
LONGEST: Final = 5_000
_ENDS: Final = (".", ";", ":", "!", "?", "/", "…")


def goes_on(before: str, line: str) -> bool:
    """Tell whether a line continues a sentence that the one before left open."""
    opened = bool(before) and len(before) < LONGEST and not before.endswith(_ENDS)
    return opened and line[:1].islower() and not begins_item(line)


def flowed_blocks(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Join paragraphs that a page's end or a conversion broke within a sentence."""
    told: list[Block] = []
    for block in blocks:
        last = told[-1] if told else None
        if not isinstance(last, Paragraph) or not isinstance(block, Paragraph):
            told.append(block)
        elif goes_on(last.text, block.text):
            told[-1] = replace(last, text=f"{last.text} {block.text}")
        else:
            told.append(block)
    return tuple(told)


def flowed(lines: Iterable[str]) -> list[str]:
    """Join the lines of one paragraph."""
    told: list[str] = []
    for line in filter(None, lines):
        if told and goes_on(told[-1], line):
            told[-1] = f"{told[-1]} {line}"
        else:
            told.append(line)
    return told
