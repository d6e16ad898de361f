"""An administrative document as a Word file, in the form the decree gives it."""

from __future__ import annotations

from datetime import UTC, datetime, time
from io import BytesIO

from docx.document import Document
from docx.section import _Header

from broadcasts.documents.body import write_body
from broadcasts.documents.foot import write_foot
from broadcasts.documents.form import Form, shipped_form
from broadcasts.documents.head import write_head
from broadcasts.documents.markup import page_field, watermark
from broadcasts.documents.records import AdministrativeDocument
from broadcasts.documents.setting import blank_sheet, printable, write


def as_docx(content: AdministrativeDocument, form: Form | None = None) -> bytes:
    """Write a document as .docx, by default in the shipped form.

    Raises:
        ValueError: a picture is of a kind Word cannot show.
    """
    form = form or shipped_form()
    document = blank_sheet(form)
    _number_pages(document, form)
    if content.is_draft:
        _mark_draft(document, form)
    write_head(document, content, form)
    write_body(document, content, form)
    write_foot(document, content, form)
    _tell_of(document, content, form)
    return saved(document)


def saved(document: Document) -> bytes:
    """Give the file of a document."""
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _number_pages(document: Document, form: Form) -> None:
    """Number the pages at the top, from the second on."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    paragraph = write(section.header.paragraphs[0], "", form.styles["page_number"])
    page_field(paragraph.runs[0])


def _mark_draft(document: Document, form: Form) -> None:
    section = document.sections[0]
    _lay_mark(section.header, form, "DraftMark")
    _lay_mark(section.first_page_header, form, "FirstDraftMark")


def _lay_mark(header: _Header, form: Form, name: str) -> None:
    run = header.paragraphs[0].add_run()
    watermark(run, words=form.words["draft"], font=form.font.name, name=name)


def _tell_of(document: Document, content: AdministrativeDocument, form: Form) -> None:
    """Fill the file's properties; its day is the document's, no clock is read."""
    told = document.core_properties
    told.title = printable(f"{content.kind} {content.subject}".strip())[:255]
    told.author = told.last_modified_by = printable(" ".join(content.issuer.split()))[:255]
    told.language = form.font.language
    told.comments = ""
    told.created = told.modified = datetime.combine(content.dated, time(), tzinfo=UTC)
