"""The numbers of the pages: at the top, in the middle, from the second page on."""

from __future__ import annotations

from docx.document import Document

from broadcasts.documents.form import Form
from broadcasts.documents.markup import page_field
from broadcasts.documents.setting import write


def number_pages(document: Document, form: Form) -> None:
    """Number the pages of a document."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    paragraph = write(section.header.paragraphs[0], "", form.styles["page_number"])
    page_field(paragraph.runs[0])
