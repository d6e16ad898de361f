"""Charts as Word draws them itself: sharp in print, and their figures stay figures.

A chart is a part of its own in DrawingML (ECMA-376, part 1, §21.2). The figures stand in it as
literals, so no spreadsheet is embedded. Series differ by pattern, not by colour: offices print in
black and white.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Mm, Pt

from broadcasts.documents.form import Form
from broadcasts.documents.records import Chart
from broadcasts.documents.setting import add
from broadcasts.text import printable

KIND: Final = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
MAIN: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
CHART: Final = "http://schemas.openxmlformats.org/drawingml/2006/chart"
RELATED: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORDS: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PLACED: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
# Ids of drawings are one row with those of pictures, which are few.
FIRST_ID: Final = 1000
HEIGHT: Final = 75.0
# Of text in a chart, in hundredths of a point.
SIZE: Final = 1000
# Solid black, then what prints apart from it; further series begin anew.
FILLS: Final = (
    '<a:solidFill><a:srgbClr val="404040"/></a:solidFill>',
    (
        '<a:pattFill prst="wdUpDiag"><a:fgClr><a:srgbClr val="000000"/></a:fgClr>'
        '<a:bgClr><a:srgbClr val="FFFFFF"/></a:bgClr></a:pattFill>'
    ),
    '<a:solidFill><a:srgbClr val="A6A6A6"/></a:solidFill>',
    '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>',
)
LINE: Final = '<a:ln w="6350"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln>'


def write_chart(document: Document, chart: Chart, form: Form) -> None:
    """Write a chart as wide as the text, its title above it."""
    title = add(document, chart.title, form.styles["caption"])
    title.paragraph_format.keep_with_next = True
    title.paragraph_format.space_before = Pt(form.body.between.chosen)
    paragraph = add(document, "", form.styles["caption"])
    package = document.part.package
    name = PackURI(package.next_partname("/word/charts/chart%d.xml"))
    part = Part(name, KIND, _drawn(chart, form).encode(), package)
    known_as = document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    number = FIRST_ID + len(document.part.rels)
    frame = _frame(chart, known_as, number, form)
    paragraph.add_run()._r.append(parse_xml(frame))  # noqa: SLF001


def _frame(chart: Chart, known_as: str, number: int, form: Form) -> str:
    width, height = int(Mm(form.page.text_width)), int(Mm(HEIGHT))
    told = f"title={_quoted(chart.title)} descr={_quoted(chart.description)}"
    return (
        f'<w:drawing xmlns:w="{WORDS}" xmlns:wp="{PLACED}" xmlns:a="{MAIN}">'
        f'<wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="{number}" name="Chart {number}" {told}/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{CHART}">'
        f'<c:chart xmlns:c="{CHART}" xmlns:r="{RELATED}" r:id="{known_as}"/>'
        f"</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )


def _drawn(chart: Chart, form: Form) -> str:
    series = "".join(_series(chart))
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<c:chartSpace xmlns:c="{CHART}" xmlns:a="{MAIN}"><c:roundedCorners val="0"/>'
        f'<c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>'
        f'<c:barChart><c:barDir val="col"/><c:grouping val="stacked"/><c:varyColors val="0"/>'
        f'{series}<c:gapWidth val="50"/><c:overlap val="100"/><c:axId val="1"/><c:axId val="2"/>'
        f"</c:barChart>{_axes(chart)}</c:plotArea>"
        f'<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>'
        f'<c:plotVisOnly val="1"/></c:chart>'
        f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{_text(form)}</c:chartSpace>"
    )


def _series(chart: Chart) -> Iterator[str]:
    many = len(chart.places)
    labels = _points(label for label, _ in chart.places)
    for place, name in enumerate(chart.series):
        figures = _points(str(each[place]) for _, each in chart.places)
        yield (
            f'<c:ser><c:idx val="{place}"/><c:order val="{place}"/>'
            f"<c:tx><c:v>{_plain(name)}</c:v></c:tx>"
            f'<c:spPr>{FILLS[place % len(FILLS)]}{LINE}</c:spPr><c:invertIfNegative val="0"/>'
            f'<c:cat><c:strLit><c:ptCount val="{many}"/>{labels}</c:strLit></c:cat>'
            f"<c:val><c:numLit><c:formatCode>General</c:formatCode>"
            f'<c:ptCount val="{many}"/>{figures}</c:numLit></c:val></c:ser>'
        )


def _points(values: Iterator[str]) -> str:
    return "".join(
        f'<c:pt idx="{place}"><c:v>{_plain(value)}</c:v></c:pt>'
        for place, value in enumerate(values)
    )


def _axes(chart: Chart) -> str:
    title = (
        f"<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:t>{_plain(chart.axis)}</a:t></a:r></a:p>"
        '</c:rich></c:tx><c:overlay val="0"/></c:title>'
    )
    grid = (
        '<c:majorGridlines><c:spPr><a:ln w="3175"><a:solidFill><a:srgbClr val="BFBFBF"/>'
        "</a:solidFill></a:ln></c:spPr></c:majorGridlines>"
    )
    return (
        '<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="minMax"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="b"/>{title}<c:numFmt formatCode="General" '
        'sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="nextTo"/><c:spPr>{LINE}</c:spPr><c:crossAx val="2"/></c:catAx>'
        '<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/>'
        f'</c:scaling><c:delete val="0"/><c:axPos val="l"/>{grid}'
        '<c:numFmt formatCode="#,##0" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:spPr>{LINE}</c:spPr>'
        f'<c:crossAx val="1"/>{_unit(chart)}</c:valAx>'
    )


def _unit(chart: Chart) -> str:
    """Keep the steps of the axis whole where the figures are small."""
    most = max((sum(figures) for _, figures in chart.places), default=0)
    return '<c:majorUnit val="1"/>' if most <= len(FILLS) else ""


def _text(form: Form) -> str:
    face = _quoted(form.font.name)
    return (
        f'<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="{SIZE}" b="0">'
        '<a:solidFill><a:srgbClr val="000000"/></a:solidFill>'
        f"<a:latin typeface={face}/><a:ea typeface={face}/><a:cs typeface={face}/>"
        "</a:defRPr></a:pPr><a:endParaRPr/></a:p></c:txPr>"
    )


def _plain(text: str) -> str:
    return escape(printable(text))


def _quoted(text: str) -> str:
    return quoteattr(printable(text))
