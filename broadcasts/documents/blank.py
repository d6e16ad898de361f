"""A blank letter of a citizen (đơn) as a Word file: the State's name, labels, dotted lines."""

from __future__ import annotations

from typing import Final

from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from broadcasts.documents.form import Form, shipped_form
from broadcasts.documents.markup import keep_whole
from broadcasts.documents.properties import tell_of
from broadcasts.documents.records import BlankLetter, BlankPart
from broadcasts.documents.setting import add, blank_sheet, columns, rule, saved, text_width

# What a hand needs between two lines to write on, in points.
ROOM: Final = 5


def as_blank_docx(letter: BlankLetter, form: Form | None = None) -> bytes:
    """Write a blank letter as .docx; nothing in it is filled in, nor tells who fetched it."""
    form = form or shipped_form()
    document = blank_sheet(form)
    _state(document, form)
    _spaced(add(document, letter.title, form.styles["kind"]), form.head.gap_after)
    _dotted(_spaced(add(document, f"{letter.to} \t", form.styles["field"]), ROOM), form)
    for part in letter.parts:
        _part(document, part, form)
    _signing(document, letter, form)
    _spaced(add(document, letter.foot, form.styles["appendix_of"]), form.head.gap_after)
    tell_of(document, title=letter.title, author="", language=form.font.language)
    return saved(document)


def _state(document: Document, form: Form) -> None:
    styles, words, width = form.styles, form.words, form.page.text_width
    add(document, words["state"], styles["state"])
    add(document, words["motto"], styles["motto"])
    share = text_width(words["motto"], styles["motto"], form) / width
    rule(document, width=width, share=share, thickness=form.rules.thickness)


def _part(document: Document, part: BlankPart, form: Form) -> None:
    if part.text:
        _spaced(add(document, part.text, form.styles["field"]), ROOM)
        return
    for text in (f"{part.label} \t", *("\t" for _ in range(part.rows))):
        _dotted(_spaced(add(document, text, form.styles["field"]), ROOM), form)


def _signing(document: Document, letter: BlankLetter, form: Form) -> None:
    _, right = columns(document, form.signature.recipients_width, form.signature.width)
    keep_whole(document.tables[-1].rows[0])
    _spaced(add(right, letter.dated, form.styles["place"]), form.head.gap_after)
    add(right, letter.signer, form.styles["authority"])
    hint = add(right, letter.signer_hint, form.styles["place"])
    hint.paragraph_format.space_after = Pt(form.signature.room)


def _dotted(paragraph: Paragraph, form: Form) -> Paragraph:
    end = Mm(form.page.text_width)
    paragraph.paragraph_format.tab_stops.add_tab_stop(
        end, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
    )
    return paragraph


def _spaced(paragraph: Paragraph, points: float) -> Paragraph:
    paragraph.paragraph_format.space_before = Pt(points)
    return paragraph
