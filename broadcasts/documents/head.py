"""The head of a document: who issues it, the State's name, number, place and day, the subject."""

from __future__ import annotations

from docx.document import Document
from docx.shared import Mm, Pt
from docx.table import _Cell

from broadcasts.documents.form import Form
from broadcasts.documents.numbers import day_and_month
from broadcasts.documents.records import AdministrativeDocument
from broadcasts.documents.setting import add, columns, rule, text_width


def write_head(document: Document, content: AdministrativeDocument, form: Form) -> None:
    """Write all that stands above the body."""
    left, right = columns(document, form.head.issuer_width, form.head.state_width)
    _issuer(left, content, form)
    _state(right, content, form)
    if content.kind:
        _kind(document, content, form)
    if content.to:
        _to(document, content, form)


def _issuer(cell: _Cell, content: AdministrativeDocument, form: Form) -> None:
    styles, words = form.styles, form.words
    if content.superior:
        add(cell, content.superior, styles["superior"])
    lines = content.issuer.splitlines() or [""]
    for line in lines:
        add(cell, line, styles["issuer"])
    _rule_under(cell, lines[-1], "issuer", form, width=form.head.issuer_width)
    number = add(cell, f"{words['number']} {number_shown(content)}", styles["number"])
    number.paragraph_format.space_before = Pt(form.body.between.chosen)
    if not content.kind:
        add(cell, f"{words['about']} {content.subject}", styles["letter_subject"])
    if content.is_draft:
        mark = add(cell, words["draft"], styles["mark"])
        mark.paragraph_format.space_before = Pt(form.body.between.chosen)


def _state(cell: _Cell, content: AdministrativeDocument, form: Form) -> None:
    styles, words = form.styles, form.words
    add(cell, words["state"], styles["state"])
    add(cell, words["motto"], styles["motto"])
    _rule_under(cell, words["motto"], "motto", form, width=form.head.state_width)
    place = add(cell, f"{content.place}, {day_shown(content, form)}", styles["place"])
    place.paragraph_format.space_before = Pt(form.body.between.chosen)


def _kind(document: Document, content: AdministrativeDocument, form: Form) -> None:
    kind = add(document, content.kind, form.styles["kind"])
    kind.paragraph_format.space_before = Pt(form.head.gap_after)
    add(document, content.subject, form.styles["subject"])
    last = content.subject.splitlines()[-1:] or [""]
    _rule_under(document, last[0], "subject", form, width=form.page.text_width)


def _to(document: Document, content: AdministrativeDocument, form: Form) -> None:
    word, (first, *others) = form.words["to"], content.to
    if not others:
        lines = [add(document, f"{word} {first}", form.styles["to"])]
    else:
        style = form.styles["to_several"]
        lines = [add(document, word, style)]
        lines += [add(document, f"- {one};", style) for one in content.to[:-1]]
        lines += [add(document, f"- {others[-1]}.", style)]
        for line in lines:
            line.paragraph_format.left_indent = Mm(form.head.to_indent)
    lines[0].paragraph_format.space_before = Pt(form.head.gap_after)
    lines[-1].paragraph_format.space_after = Pt(form.body.between.chosen)


def _rule_under(
    place: Document | _Cell, text: str, style: str, form: Form, *, width: float
) -> None:
    share = {
        "issuer": form.rules.issuer,
        "motto": form.rules.motto,
        "subject": form.rules.subject,
    }[style]
    length = min(text_width(text, form.styles[style], form), width) * share
    rule(place, width=width, share=length / width, thickness=form.rules.thickness)


def number_shown(content: AdministrativeDocument) -> str:
    """Give the number with its sign; of a draft, room for it."""
    if content.number is None:
        return f"      /{content.symbol}"
    return f"{content.number:02}/{content.symbol}"


def day_shown(content: AdministrativeDocument, form: Form) -> str:
    """Give the day as documents write it; of a draft, room for it."""
    day, month = day_and_month(content.dated)
    words = form.words["open_date" if content.is_draft else "date"]
    return words.format(day=day, month=month, year=content.dated.year)
