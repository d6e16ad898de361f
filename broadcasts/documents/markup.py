"""What python-docx has no words for, in Word's own markup: borders, fields, the watermark."""

from __future__ import annotations

from typing import Final

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

EIGHTHS: Final = 8
TWIPS_PER_MM: Final = 1440 / 25.4
VML: Final = "urn:schemas-microsoft-com:vml"
WATERMARK: Final = f"""
<w:pict {nsdecls("w")} xmlns:v="{VML}" xmlns:o="urn:schemas-microsoft-com:office:office">
  <v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"
      path="m@7,l@8,m@5,21600l@6,21600e">
    <v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/>
      <v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>
      <v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/>
      <v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/>
      <v:f eqn="sum @6 0 @5"/></v:formulas>
    <v:path textpathok="t" o:connecttype="custom"/><v:textpath on="t" fitshape="t"/>
  </v:shapetype>
  <v:shape o:spid="_x0000_s2049" type="#_x0000_t136" o:allowincell="f" fillcolor="#d9d9d9"
      stroked="f" style="position:absolute;margin-left:0;margin-top:0;width:400pt;height:100pt;
      rotation:315;z-index:-251658752;mso-position-horizontal:center;
      mso-position-horizontal-relative:margin;mso-position-vertical:center;
      mso-position-vertical-relative:margin">
    <v:fill opacity=".5"/><v:textpath/>
  </v:shape>
</w:pict>"""


def element(name: str, **attributes: str) -> BaseOxmlElement:
    """Make an element of Word's markup; attribute names stand without their prefix."""
    made: BaseOxmlElement = OxmlElement(name)
    for attribute, value in attributes.items():
        made.set(qn(f"w:{attribute}"), value)
    return made


def border(side: str, thickness: float) -> BaseOxmlElement:
    """Make one side of a border, in points; 0 makes none."""
    if not thickness:
        return element(f"w:{side}", val="nil")
    return element(
        f"w:{side}", val="single", sz=str(round(thickness * EIGHTHS)), space="0", color="auto"
    )


def draw_above(paragraph: Paragraph, thickness: float) -> None:
    """Draw a line above a paragraph, as wide as its indents leave."""
    borders = element("w:pBdr")
    borders.append(border("top", thickness))
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:rPr"
    )


def page_field(run: Run) -> None:
    """Put the number of the page into a run."""
    code = element("w:instrText")
    code.text = "PAGE"
    parts = (element("w:fldChar", fldCharType="begin"), code)
    for part in (*parts, element("w:fldChar", fldCharType="end")):
        run._r.append(part)  # noqa: SLF001


def count_pages_anew(section: Section) -> None:
    """Let the pages of a section be counted from 1."""
    sheet = section._sectPr  # noqa: SLF001
    for old in sheet.findall(qn("w:pgNumType")):
        sheet.remove(old)
    sheet.insert_element_before(
        element("w:pgNumType", start="1"), "w:cols", "w:titlePg", "w:docGrid"
    )


def watermark(run: Run, *, words: str, font: str, name: str) -> None:
    """Lay words across the page behind its text; ``name`` is the shape's own in the document."""
    mark = parse_xml(WATERMARK)
    shape = mark.find(f"{{{VML}}}shape")
    path = shape.find(f"{{{VML}}}textpath")
    shape.set("id", name)
    path.set("style", f'font-family:"{font}";font-size:1pt')
    path.set("string", words)
    run._r.append(mark)  # noqa: SLF001


def table_borders(table: Table, thickness: float) -> None:
    """Draw every line of a table; 0 draws none."""
    sides = element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        sides.append(border(side, thickness))
    table._tbl.tblPr.insert_element_before(  # noqa: SLF001
        sides, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook"
    )


def cell_padding(table: Table, sides: float) -> None:
    """Set the room between text and line of a table's cells, in millimetres."""
    margins = element("w:tblCellMar")
    width = str(round(sides * TWIPS_PER_MM))
    for side in ("left", "right"):
        margins.append(element(f"w:{side}", w=width, type="dxa"))
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")  # noqa: SLF001


def repeat_on_every_page(row: _Row) -> None:
    """Make a row of a table the head of each of its pages."""
    row._tr.get_or_add_trPr().append(element("w:tblHeader", val="true"))  # noqa: SLF001


def keep_whole(row: _Row) -> None:
    """Never break a row of a table over two pages."""
    row._tr.get_or_add_trPr().append(element("w:cantSplit", val="true"))  # noqa: SLF001


def shade(cell: _Cell, colour: str) -> None:
    """Fill a cell with a colour, as RRGGBB."""
    cell._tc.get_or_add_tcPr().insert_element_before(  # noqa: SLF001
        element("w:shd", val="clear", color="auto", fill=colour), "w:noWrap", "w:tcMar", "w:vAlign"
    )


def describe(picture: BaseOxmlElement, description: str) -> None:
    """Tell those who cannot see a picture what it shows."""
    picture.docPr.set("descr", description)
