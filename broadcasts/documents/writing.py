"""An administrative document as a Word file, in the form the decree gives it."""

from __future__ import annotations

from docx.document import Document
from docx.section import _Header

from broadcasts.documents.appendices import write_appendices
from broadcasts.documents.body import write_body
from broadcasts.documents.foot import write_foot
from broadcasts.documents.form import Form, shipped_form
from broadcasts.documents.head import write_head
from broadcasts.documents.markup import watermark
from broadcasts.documents.numbering import number_pages
from broadcasts.documents.properties import tell_of
from broadcasts.documents.records import AdministrativeDocument
from broadcasts.documents.setting import blank_sheet, saved


def as_docx(content: AdministrativeDocument, form: Form | None = None) -> bytes:
    """Write a document as .docx, by default in the shipped form.

    Raises:
        ValueError: a picture is of a kind Word cannot show.
    """
    form = form or shipped_form()
    document = blank_sheet(form)
    number_pages(document, form)
    if content.is_draft:
        _mark_draft(document, form)
    write_head(document, content, form)
    write_body(document, content, form)
    write_foot(document, content, form)
    write_appendices(document, content, form)
    title, author = f"{content.kind} {content.subject}", content.issuer
    tell_of(document, title=title, author=author, day=content.dated, language=form.font.language)
    return saved(document)


def _mark_draft(document: Document, form: Form) -> None:
    section = document.sections[0]
    _lay_mark(section.header, form, "DraftMark")
    _lay_mark(section.first_page_header, form, "FirstDraftMark")


def _lay_mark(header: _Header, form: Form, name: str) -> None:
    run = header.paragraphs[0].add_run()
    watermark(run, words=form.words["draft"], font=form.font.name, name=name)
