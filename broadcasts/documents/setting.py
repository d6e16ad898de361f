"""Setting text: a paragraph in its style, a sheet with its margins, columns without lines."""

from __future__ import annotations

from io import BytesIO
from typing import Final

import docx
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from broadcasts.documents.form import Font, Form, Style
from broadcasts.documents.markup import cell_padding, draw_above, element, table_borders
from broadcasts.text import printable

ALIGNMENTS: Final = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
SCRIPTS: Final = ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs")
MM_PER_POINT: Final = 25.4 / 72
THIN: Final = Pt(2)


def blank_sheet(form: Form) -> Document:
    """Give an empty document of the form's sheet, margins and typeface."""
    document = docx.Document()
    section, page = document.sections[0], form.page
    section.page_width, section.page_height = Mm(page.width), Mm(page.height)
    section.top_margin, section.bottom_margin = Mm(page.top.chosen), Mm(page.bottom.chosen)
    section.left_margin, section.right_margin = Mm(page.left.chosen), Mm(page.right.chosen)
    section.header_distance = section.footer_distance = Mm(page.header)
    for name in ("Normal", "Header", "Heading 1", "Heading 2", "Heading 3"):
        _set_font(document.styles[name], form.font)
    document.styles["Normal"].paragraph_format.space_after = Pt(0)
    return document


def write(paragraph: Paragraph, text: str, style: Style) -> Paragraph:
    """Write text into a paragraph as its style has it; returns the paragraph."""
    paragraph.alignment = ALIGNMENTS[style.align]
    add_run(paragraph, text, style)
    return paragraph


def add_run(paragraph: Paragraph, text: str, style: Style) -> Run:
    """Write more text into a paragraph, in a style of its own."""
    run = paragraph.add_run(style.shown(printable(text)))
    run.bold, run.italic = style.bold, style.italic
    run.font.size = Pt(style.size)
    return run


def add(place: Document | _Cell, text: str, style: Style) -> Paragraph:
    """Add a paragraph of a style to the end of the document or of a cell."""
    first = place.paragraphs[0] if isinstance(place, _Cell) else None
    empty = first is not None and len(place.paragraphs) == 1 and not first.runs
    return write(first if first is not None and empty else place.add_paragraph(), text, style)


def columns(document: Document, *widths: float) -> list[_Cell]:
    """Add columns side by side, in millimetres; no lines are drawn between them."""
    table = document.add_table(rows=1, cols=len(widths))
    table_borders(table, 0)
    cell_padding(table, 0)
    fix_widths(table, widths)
    return list(table.rows[0].cells)


def fix_widths(table: Table, widths: tuple[float, ...]) -> None:
    """Hold a table's columns to their widths, in millimetres, and the table to the middle."""
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def rule(place: Document | _Cell, *, width: float, share: float, thickness: float) -> None:
    """Draw a line in the middle of a column ``width`` mm wide, over a share of it."""
    paragraph = place.add_paragraph()
    sides = width * (1 - min(share, 1)) / 2
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Mm(sides)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(4)
    form.space_before = THIN
    draw_above(paragraph, thickness)


def text_width(text: str, style: Style, form: Form) -> float:
    """Reckon how wide a line of text stands, in millimetres."""
    shown = style.shown(text)
    letters = (form.rules.capital if char.isupper() else form.rules.small for char in shown)
    return sum(letters) * style.size * MM_PER_POINT


def saved(document: Document) -> bytes:
    """Give the file of a document."""
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _set_font(style: ParagraphStyle, font: Font) -> None:
    style.font.name = font.name
    style.font.color.rgb = RGBColor.from_string(font.colour)
    properties = style.element.get_or_add_rPr()
    names = properties.rFonts
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        names.attrib.pop(qn(theme), None)
    for script in SCRIPTS:
        names.set(qn(script), font.name)
    properties.append(element("w:lang", val=font.language, eastAsia=font.language))
