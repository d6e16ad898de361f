"""Appendices (phụ lục): each begins a page, counts its own pages, and may lie on its side."""

from __future__ import annotations

from docx.document import Document
from docx.enum.section import WD_ORIENTATION, WD_SECTION
from docx.shared import Mm, Pt

from broadcasts.documents.body import roman, write_blocks
from broadcasts.documents.form import Form
from broadcasts.documents.head import day_shown, number_shown
from broadcasts.documents.markup import count_pages_anew
from broadcasts.documents.records import AdministrativeDocument, Appendix
from broadcasts.documents.setting import add


def write_appendices(document: Document, content: AdministrativeDocument, form: Form) -> None:
    """Write the appendices after the signed part; several are numbered I, II, III."""
    alone = len(content.appendices) == 1
    for number, appendix in enumerate(content.appendices, start=1):
        laid = form.turned() if appendix.landscape else form
        _begin_sheet(document, laid, landscape=appendix.landscape)
        _head(document, appendix, content, laid, count="" if alone else roman(number))
        write_blocks(document, appendix.blocks, laid)


def _begin_sheet(document: Document, form: Form, *, landscape: bool) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENTATION.LANDSCAPE if landscape else WD_ORIENTATION.PORTRAIT
    section.page_width, section.page_height = Mm(form.page.width), Mm(form.page.height)
    count_pages_anew(section)


def _head(
    document: Document,
    appendix: Appendix,
    content: AdministrativeDocument,
    form: Form,
    *,
    count: str,
) -> None:
    words, styles = form.words, form.styles
    add(document, f"{words['appendix']} {count}".strip(), styles["appendix"])
    add(document, appendix.title, styles["appendix_title"])
    belongs = words["belongs"].format(
        kind=content.kind or words["letter"],
        number=number_shown(content),
        day=day_shown(content, form),
        issuer=" ".join(content.issuer.split()),
    )
    line = add(document, belongs, styles["appendix_of"])
    line.paragraph_format.space_after = Pt(form.body.between.chosen)
