"""The body of a document: grounds, headings counted by level, paragraphs, lists, pictures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Final

from docx.document import Document
from docx.image.exceptions import UnrecognizedImageError
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as Written

from broadcasts.documents.charts import write_chart
from broadcasts.documents.form import Form
from broadcasts.documents.markup import describe
from broadcasts.documents.records import (
    AdministrativeDocument,
    Block,
    Bullets,
    Chart,
    Heading,
    Paragraph,
    Picture,
    Table,
)
from broadcasts.documents.setting import add
from broadcasts.documents.tables import write_table
from broadcasts.text import printable

FULL_STOPS: Final = ".;:,/ "
ROMAN: Final = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def write_body(document: Document, content: AdministrativeDocument, form: Form) -> None:
    """Write the grounds and the blocks in their order, the end marked as the decree has it."""
    for ground in _punctuated(content.grounds):
        _indented(add(document, ground, form.styles["grounds"]), form)
    write_blocks(document, _ended(content.blocks, form), form)


def write_blocks(document: Document, blocks: tuple[Block, ...], form: Form) -> None:
    """Write blocks in their order; headings are counted from the first of them."""
    counted = [0] * len(form.body.headings)
    for block in blocks:
        _write(document, block, form, counted)


def _write(document: Document, block: Block, form: Form, counted: list[int]) -> None:
    match block:
        case Heading():
            _heading(document, block, form, counted)
        case Paragraph():
            _indented(add(document, block.text, form.styles["body"]), form)
        case Bullets():
            for item in block.items:
                _indented(add(document, f"- {item}", form.styles["body"]), form)
        case Table():
            write_table(document, block, form)
        case Chart():
            write_chart(document, block, form)
        case _:
            _picture(document, block, form)


def _heading(document: Document, heading: Heading, form: Form, counted: list[int]) -> None:
    level = min(max(heading.level, 1), len(counted))
    counted[level - 1] += 1
    counted[level:] = [0] * (len(counted) - level)
    count = _count(form.body.headings[level - 1], counted[level - 1], form.body.letters)
    paragraph = add(document, f"{count} {heading.text}", form.styles[f"heading_{level}"])
    paragraph.style = document.styles[f"Heading {level}"]
    paragraph.paragraph_format.keep_with_next = True
    _indented(paragraph, form)


def _count(how: str, number: int, letters: str) -> str:
    if how == "roman":
        return f"{roman(number)}."
    if how == "letter":
        return f"{letters[(number - 1) % len(letters)]})"
    return f"{number}."


def roman(number: int) -> str:
    """Write a number the Roman way."""
    shown = ""
    for value, sign in ROMAN:
        times, number = divmod(number, value)
        shown += sign * times
    return shown


def _picture(document: Document, picture: Picture, form: Form) -> None:
    style = form.styles["caption"]
    paragraph = add(document, "", style)
    paragraph.paragraph_format.space_before = Pt(form.body.between.chosen)
    paragraph.paragraph_format.keep_with_next = bool(picture.caption)
    width = min(picture.width, form.page.text_width)
    try:
        shape = paragraph.add_run().add_picture(BytesIO(picture.content), width=Mm(width))
    except UnrecognizedImageError as error:
        raise ValueError(picture.description) from error
    describe(shape._inline, printable(picture.description))  # noqa: SLF001
    if picture.caption:
        add(document, picture.caption, style)


def _indented(paragraph: Written, form: Form) -> None:
    shape = paragraph.paragraph_format
    shape.first_line_indent = Mm(form.body.first_line.chosen)
    shape.space_before = Pt(form.body.between.chosen)
    shape.line_spacing = form.body.lines.chosen
    shape.widow_control = True


def _punctuated(grounds: tuple[str, ...]) -> Iterator[str]:
    """End each ground with a semicolon and the last with a full stop."""
    for number, ground in enumerate(grounds, start=1):
        yield ground.rstrip(FULL_STOPS) + ("." if number == len(grounds) else ";")


def _ended(blocks: tuple[Block, ...], form: Form) -> tuple[Block, ...]:
    """Put the end mark after the last words, where words end the body."""
    if not blocks:
        return ()
    *before, last = blocks
    match last:
        case Paragraph():
            last = replace(last, text=_closed(last.text, form))
        case Bullets(items=items) if items:
            last = replace(last, items=(*items[:-1], _closed(items[-1], form)))
    return (*before, last)


def _closed(text: str, form: Form) -> str:
    return text.rstrip(FULL_STOPS) + form.body.ending
