"""What an officer may send with an answer: files that only show something, whatever they hold."""

from __future__ import annotations

import io
import os
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from typing import Final

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.casework.attaching import MOST_BYTES
from bot.casework.enclosing import examined_enclosure, looked_at
from bot.casework.scanning_office import quiet_package
from bot.casework.scanning_pdf import quiet_pdf
from bot.casework.unfit import NotAttachable, Unfit
from tests.fakes.enclosures import (
    a_docx,
    a_pdf,
    an_xlsx,
    changed,
    packed,
    with_field,
    with_part,
    with_relation,
)
from tests.fakes.photos import a_photo, tells_where

WORD_RELATIONS: Final = "word/_rels/document.xml.rels"
SHEET_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
SCRIPT: Final = b"<< /S /JavaScript /JS (app.alert(1)) >>"
ACTIONS: Final = (
    b"JavaScript", b"Launch", b"EmbeddedFile", b"EmbeddedFiles", b"FileAttachment", b"RichMedia",
    b"Rendition", b"GoToE", b"GoToR", b"ImportData", b"SubmitForm", b"XFA",
)  # fmt: skip


@cache
def good() -> dict[str, bytes]:
    """Files as they come out of the programs that offices use."""
    return {
        "Biên bản.docx": a_docx(),
        "Khối lượng.XLSX": an_xlsx(),
        "Kết luận.pdf": a_pdf(stream=b"BT (xong) Tj ET"),
        "hiện trường.jpeg": a_photo(),
    }


def refusal(name: str, content: bytes) -> Unfit:
    with pytest.raises(NotAttachable) as refused:
        examined_enclosure(name, content)
    return refused.value.why


@pytest.mark.parametrize("name", list(good()))
def test_what_only_shows_something_is_taken_as_it_is(name: str) -> None:
    content = good()[name]
    kept = examined_enclosure(name, content)
    assert kept.name.rpartition(".")[0] == name.rpartition(".")[0]
    if kept.is_picture:
        assert tells_where(content)
        assert not tells_where(kept.content)
    else:
        assert kept.content == content


def test_a_link_to_press_and_a_printers_settings_are_harmless() -> None:
    linked = with_relation(a_docx(), WORD_RELATIONS, "hyperlink")
    assert examined_enclosure("a.docx", linked).content == linked
    printed = with_part(an_xlsx(), "xl/printerSettings/printerSettings1.bin", b"\1\2")
    assert examined_enclosure("a.xlsx", printed).content == printed


@pytest.mark.parametrize(
    ("part", "why"),
    [
        ("word/vbaProject.bin", Unfit.MACROS),
        ("word/VBADATA.xml", Unfit.MACROS),
        ("xl/macrosheets/sheet1.xml", Unfit.MACROS),
        ("xl/dialogsheets/sheet1.xml", Unfit.MACROS),
        ("word/embeddings/oleObject1.bin", Unfit.ACTIVE),
        ("word/embeddings/Microsoft_Excel_Sheet.xlsx", Unfit.ACTIVE),
        ("xl/activeX/activeX1.xml", Unfit.ACTIVE),
        ("xl/externalLinks/externalLink1.xml", Unfit.ACTIVE),
        ("xl/connections.xml", Unfit.ACTIVE),
        ("word/webextensions/taskpanes.xml", Unfit.ACTIVE),
        ("word/media/tro-choi.exe", Unfit.ACTIVE),
        ("word/media/anh.zip", Unfit.ACTIVE),
        ("../../.bashrc", Unfit.ACTIVE),
    ],
)
def test_a_package_with_a_program_or_a_file_in_it_is_not(part: str, why: Unfit) -> None:
    for name, whole in (("a.docx", a_docx()), ("a.xlsx", an_xlsx())):
        assert refusal(name, with_part(whole, part)) is why
        assert refusal(name, with_part(whole, part.upper())) is why


@pytest.mark.parametrize(
    "kind", ["attachedTemplate", "oleObject", "frame", "image", "subDocument"]
)
def test_a_package_that_fetches_something_is_not(kind: str) -> None:
    assert refusal("a.docx", with_relation(a_docx(), WORD_RELATIONS, kind)) is Unfit.ACTIVE
    assert refusal("a.xlsx", with_relation(an_xlsx(), SHEET_RELATIONS, kind)) is Unfit.ACTIVE


@pytest.mark.parametrize(
    "runs",
    [
        ("DDEAUTO c:\\\\cmd.exe",),
        ("DD", "EAUTO cmd"),
        (" dde excel",),
        ('INCLUDEPICTURE "', "//a.b/x"),
    ],
)
def test_a_field_that_starts_or_fetches_something_is_found_in_however_many_runs(
    runs: tuple[str, ...],
) -> None:
    assert refusal("a.docx", with_field(a_docx(), *runs)) is Unfit.ACTIVE
    counted = with_field(a_docx(), "PAGE", " \\* MERGEFORMAT")
    assert examined_enclosure("a.docx", counted).content == counted


def test_parts_that_only_claim_to_be_harmless_are_not() -> None:
    def says_macros(parts: dict[str, bytes]) -> None:
        name = "[Content_Types].xml"
        parts[name] = parts[name].replace(
            b"wordprocessingml.document.main", b"x.macroEnabled.main"
        )

    def declares(parts: dict[str, bytes]) -> None:
        name = "word/document.xml"
        parts[name] = b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'

    def in_another_coding(parts: dict[str, bytes]) -> None:
        told = with_relation(a_docx(), WORD_RELATIONS, "attachedTemplate")
        with zipfile.ZipFile(io.BytesIO(told)) as whole:
            text = whole.read(WORD_RELATIONS).decode()
        parts[WORD_RELATIONS] = text.replace("UTF-8", "UTF-16").encode("utf-16")

    assert refusal("a.docx", changed(a_docx(), says_macros)) is Unfit.MACROS
    assert refusal("a.docx", changed(a_docx(), declares)) is Unfit.ACTIVE
    assert refusal("a.docx", changed(a_docx(), in_another_coding)) is Unfit.ACTIVE


@given(st.sampled_from(ACTIONS), st.data())
def test_an_action_of_a_pdf_is_found_however_it_is_written(
    action: bytes, data: st.DataObject
) -> None:
    signs = data.draw(st.lists(st.booleans(), min_size=len(action), max_size=len(action)))
    written = b"".join(
        b"#%02x" % sign if hidden else bytes([sign])
        for sign, hidden in zip(action, signs, strict=True)
    )
    action = b"<< /S /" + written + b" /F (x) >>"
    assert refusal("a.pdf", a_pdf(action)) is Unfit.ACTIVE
    beside = data.draw(st.binary(max_size=300))
    hidden = a_pdf(stream=beside + b" " + action, told=b"/Type /ObjStm /N 1 /First 4")
    assert refusal("a.pdf", hidden) is Unfit.ACTIVE


def test_an_action_far_inside_what_was_packed_is_found() -> None:
    for before in (1 << 20) - 4, (1 << 20) + 7:
        assert refusal("a.pdf", a_pdf(stream=b" " * before + SCRIPT)) is Unfit.ACTIVE


@pytest.mark.parametrize(
    ("quiet", "whole"),
    [
        (quiet_pdf, a_pdf(stream=bytes(1 << 20))),
        (quiet_package, with_part(a_docx(), "word/media/a.png", bytes(1 << 20))),
    ],
)
def test_what_unpacks_without_end_is_not_read_to_its_end(
    quiet: Callable[..., None], whole: bytes
) -> None:
    quiet(whole)
    with pytest.raises(NotAttachable) as refused:
        quiet(whole, most=1 << 19)
    assert refused.value.why is Unfit.PACKED


def test_an_object_stream_packed_in_another_way_is_not_believed() -> None:
    told = b"/Type /ObjStm /N 1 /First 4 /DecodeParms << /Predictor 12 /Columns 4 >>"
    assert refusal("a.pdf", a_pdf(stream=b"1 0 << >>", told=told)) is Unfit.ACTIVE


@pytest.mark.parametrize("padding", [b"", b"/Z (9 0 obj) ", b"/Z (%s) " % (b"z" * 5000)])
def test_nor_is_one_whose_dictionary_seems_to_begin_elsewhere(padding: bytes) -> None:
    told = b"/Type /ObjStm /N 1 /First 4 /DecodeParms << /Predictor 12 >> " + padding
    assert refusal("a.pdf", a_pdf(stream=b"1 0 << >>", told=told)) is Unfit.ACTIVE


@pytest.mark.parametrize("keyword", [b"stream\r", b"stream \n", b"%c\nstream\r", b"stream%c\n"])
def test_a_stream_that_readers_begin_elsewhere_is_not_taken(keyword: bytes) -> None:
    whole = a_pdf(stream=b"1 0 " + SCRIPT, told=b"/Type /ObjStm /N 1 /First 4")
    assert refusal("a.pdf", whole.replace(b"stream\n", keyword, 1)) is Unfit.BROKEN


def test_what_readers_show_of_a_damaged_object_stream_is_not_taken_unread() -> None:
    inside = b"1 0 " + SCRIPT
    whole = a_pdf(stream=inside, told=b"/Type /ObjStm /N 1 /First 4")
    checked = zlib.compress(inside)[-4:]
    assert refusal("a.pdf", whole.replace(checked, b"\0\0\0\0", 1)) is Unfit.BROKEN


def test_a_locked_file_is_not_taken() -> None:
    assert (
        refusal(
            "a.pdf",
            a_pdf(b"<< /Filter /Standard >>").replace(
                b"/Root 1 0 R", b"/Root 1 0 R /Encrypt 4 0 R"
            ),
        )
        is Unfit.LOCKED
    )
    whole = bytearray(a_docx())
    # The first flag of each entry, here and in the list at the end.
    for head, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = whole.find(head)
        while place >= 0:
            whole[place + at] |= 1
            place = whole.find(head, place + 1)
    assert refusal("a.docx", bytes(whole)) is Unfit.LOCKED


def test_a_file_that_is_two_at_once_is_not_taken() -> None:
    pdf, word = a_pdf(), a_docx()
    assert refusal("a.pdf", pdf + word) is Unfit.DOUBLE
    assert refusal("a.pdf", pdf + word + b"%%EOF") is Unfit.DOUBLE
    assert refusal(
        "a.pdf", pdf.replace(b"%PDF-1.7\n", b"%PDF-1.7\n%<html><script>x</script>\n")
    ) is (Unfit.DOUBLE)
    assert refusal("a.docx", word + pdf) is Unfit.DOUBLE
    assert refusal("a.docx", word + b"\0" * 40) is Unfit.DOUBLE
    with zipfile.ZipFile(io.BytesIO(word)) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as stored:
        stored.writestr("docProps/%PDF-1.7.xml", b"%PDF-1.7 ")
        for name, content in parts.items():
            stored.writestr(name, content)
    assert refusal("a.docx", made.getvalue()) is Unfit.DOUBLE
    twice = io.BytesIO()
    with zipfile.ZipFile(twice, "w") as stored:
        for name, content in (*parts.items(), ("WORD/document.xml", b"<x/>")):
            stored.writestr(name, content)
    assert refusal("a.docx", twice.getvalue()) is Unfit.DOUBLE


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.pdf", "Biên bản.docx"),
        ("a.docx", "Kết luận.pdf"),
        ("a.xlsx", "Biên bản.docx"),
        ("a.docm", "Biên bản.docx"),
        ("a.jpg.exe", "hiện trường.jpeg"),
        ("a.pdf", "hiện trường.jpeg"),
        ("a.png", "Kết luận.pdf"),
        ("a", "Kết luận.pdf"),
        ("", "Kết luận.pdf"),
    ],
)
def test_a_file_under_the_name_of_another_kind_is_not_taken(name: str, kind: str) -> None:
    assert refusal(name, good()[kind]) is Unfit.NAME


def test_programs_archives_and_what_is_too_large_are_not_taken() -> None:
    assert refusal("a.exe", b"MZ\x90\x00") is Unfit.KIND
    assert refusal("a.zip", packed({"thu.txt": b"x"})) is Unfit.KIND
    assert refusal("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)) is Unfit.KIND
    assert refusal("a.pdf", b"%PDF-" + bytes(MOST_BYTES)) is Unfit.LARGE
    assert refusal("a.pdf", b"%PDF-1.7 and no more") is Unfit.BROKEN
    made = io.BytesIO()
    Image.new("RGB", (8, 8)).save(made, "GIF")
    assert refusal("a.gif", made.getvalue()) is Unfit.KIND


def test_a_large_scan_of_noise_is_no_program() -> None:
    noise = a_pdf(b"<< /Length 1000000 >>\nstream\n" + os.urandom(1_000_000) + b"\nendstream")
    assert examined_enclosure("a.pdf", noise).content == noise


@pytest.mark.filterwarnings("ignore")
@example("hiện trường.jpeg", 34, 1, False)
@settings(max_examples=150)
@given(st.sampled_from(list(good())), st.integers(0), st.integers(0, 255), st.booleans())
def test_damaged_anywhere_a_file_is_taken_or_refused_and_nothing_else_happens(
    name: str, place: int, sign: int, cut: bool
) -> None:
    whole = good()[name]
    at = place % len(whole)
    content = whole[:at] if cut else whole[:at] + bytes([sign]) + whole[at + 1 :]
    with suppress(NotAttachable):
        assert examined_enclosure(name, content).content


def test_of_several_files_the_good_ones_are_told_from_the_bad_ones() -> None:
    looked = looked_at([("a.docm", a_docx()), *good().items(), ("b.pdf", b"")])
    assert [one.name.rpartition(".")[0] for one in looked.fit] == [
        one.rpartition(".")[0] for one in good()
    ]
    assert looked.unfit == (("a.docm", Unfit.NAME), ("b.pdf", Unfit.EMPTY))
