"""A chart of a document holds its figures, is told in words, and needs no colour."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcasts.documents import AdministrativeDocument, Chart, Signing
from broadcasts.documents.writing import as_docx

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
CHART = Chart(
    title="Kết quả <quý I>",
    description='Đã làm 3 & "quá hạn" 1',
    axis="Mục",
    series=("Đúng hạn", "Quá hạn"),
    places=(("1.1", (2, 0)), ("2", (1, 1))),
)


def opened(*charts: Chart) -> tuple[Any, list[Element]]:
    content = AdministrativeDocument(
        issuer="Ủy ban nhân dân\nxã A",
        symbol="BC-UBND",
        place="A",
        dated=date(2026, 2, 5),
        kind="Báo cáo",
        subject="Kết quả",
        blocks=charts,
        signing=Signing(title="Chủ tịch"),
    )
    document = docx.Document(BytesIO(as_docx(content)))
    related = document.part.rels.values()
    parts = [one.target_part for one in related if one.reltype == RELATIONSHIP_TYPE.CHART]
    return document, [fromstring(one.blob) for one in parts]


def values(found: Element, of: str) -> list[list[str]]:
    return [
        [str(value.text) for value in series.iter(f"{C}v")] for series in found.iter(f"{C}{of}")
    ]


def test_a_chart_holds_its_figures_and_is_told_in_words() -> None:
    document, (drawn,) = opened(CHART)
    assert values(drawn, "tx")[:2] == [["Đúng hạn"], ["Quá hạn"]]
    assert values(drawn, "cat") == [["1.1", "2"]] * 2
    assert values(drawn, "val") == [["2", "1"], ["0", "1"]]
    (told,) = document.element.xpath("//wp:docPr")
    assert (told.get("title"), told.get("descr")) == (CHART.title, CHART.description)
    title = next(one for one in document.paragraphs if one.text == CHART.title)
    assert title.paragraph_format.keep_with_next


def test_series_are_told_apart_without_colour_in_the_typeface_of_the_document() -> None:
    _, (drawn,) = opened(CHART)
    text = [one.get("typeface") for one in drawn.iter() if one.tag.endswith("}latin")]
    assert text == ["Times New Roman"]
    colours = [str(one.get("val")) for one in drawn.iter() if one.tag.endswith("}srgbClr")]
    assert all(one[:2] == one[2:4] == one[4:] for one in colours)
    fills = [next(one.tag for one in shape) for shape in drawn.iter(f"{C}spPr")][:2]
    assert len(set(fills)) == 2


def test_several_charts_are_parts_and_shapes_of_their_own() -> None:
    document, drawn = opened(CHART, CHART)
    assert len(drawn) == 2
    assert len({one.get("id") for one in document.element.xpath("//wp:docPr")}) == 2


def test_a_chart_without_a_figure_for_each_series_is_refused() -> None:
    with pytest.raises(ValueError, match="Cột"):
        Chart(title="Cột", description="", axis="", series=("a", "b"), places=(("1", (1,)),))


@settings(max_examples=3)
@given(st.text(max_size=20))
def test_any_text_may_stand_in_a_chart(text: str) -> None:
    _, (drawn,) = opened(
        Chart(title=text, description=text, axis=text, series=(text,), places=((text, (0,)),))
    )
    assert values(drawn, "val") == [["0"]]
