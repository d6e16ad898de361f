"""The foot of a document: who signs, on the right, and who receives it, on the left."""

from __future__ import annotations

from docx.document import Document
from docx.shared import Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from broadcasts.documents.form import Form
from broadcasts.documents.markup import keep_whole
from broadcasts.documents.records import AdministrativeDocument
from broadcasts.documents.setting import add, columns


def write_foot(document: Document, content: AdministrativeDocument, form: Form) -> None:
    """Write the foot; it is never torn, nor left alone on a page."""
    _keep_last_words(document)
    gap = document.add_paragraph()
    gap.paragraph_format.keep_with_next = True
    left, right = columns(document, form.signature.recipients_width, form.signature.width)
    keep_whole(document.tables[-1].rows[0])
    _recipients(left, content, form)
    _signing(right, content, form)


def _keep_last_words(document: Document) -> None:
    *_, last = document.iter_inner_content()
    cells = last.rows[-1].cells if isinstance(last, Table) else ()
    for paragraph in (one for cell in cells for one in cell.paragraphs):
        paragraph.paragraph_format.keep_with_next = True
    if isinstance(last, Paragraph):
        last.paragraph_format.keep_with_next = True


def _recipients(cell: _Cell, content: AdministrativeDocument, form: Form) -> None:
    words, styles = form.words, form.styles
    add(cell, words["recipients"], styles["recipients"])
    for one in content.recipients:
        add(cell, f"- {one.rstrip('.;, ')};", styles["recipient"])
    add(cell, f"- {words['archive']}.", styles["recipient"])


def _signing(cell: _Cell, content: AdministrativeDocument, form: Form) -> None:
    signing, styles = content.signing, form.styles
    for authority, of_whom in signing.stead:
        add(cell, f"{form.authorities[authority]} {of_whom}", styles["authority"])
    add(cell, signing.title, styles["authority"])
    name = add(cell, signing.name, styles["signer"])
    name.paragraph_format.space_before = Pt(form.signature.room)
