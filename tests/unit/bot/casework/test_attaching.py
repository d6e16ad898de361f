"""What may be attached, and what a picture loses on the way in."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.casework.attaching import (
    MOST_BYTES,
    examined,
    examined_photo,
)
from bot.casework.redrawing import LONGEST_SIDE
from bot.casework.unfit import NotAttachable, Unfit

GPS = 0x8825
ORIENTATION = 0x0112


def picture(size: tuple[int, int] = (40, 20), kind: str = "JPEG", mode: str = "RGB") -> bytes:
    made = io.BytesIO()
    Image.new(mode, size, 0).save(made, kind)
    return made.getvalue()


def packed(*parts: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for part in parts:
            package.writestr(part, "x")
    return made.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def test_a_photo_loses_where_it_was_taken_and_stands_upright() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif.get_ifd(GPS)[1] = "N"
    made = io.BytesIO()
    Image.new("RGB", (40, 20), 0).save(made, "JPEG", exif=exif)
    kept = examined("IMG 1.JPG", made.getvalue())
    shown = opened(kept.content)
    assert (kept.name, kept.media, kept.is_picture) == ("IMG 1.jpg", "image/jpeg", True)
    assert shown.size == (20, 40)
    assert not dict(shown.getexif())


def taken_at_home() -> bytes:
    """A photo as a phone takes it: where, when, with what and by whom, a preview and XMP."""
    exif = Image.Exif()
    exif[0x010F] = "Hang-May-Anh"
    exif[0x9C9D] = "Nguyễn Văn Nam".encode("utf-16-le")
    exif.get_ifd(0x8769)[0x9003] = "2026:11:20 08:15:00"
    where = exif.get_ifd(GPS)
    where[1], where[2] = "N", (21.0, 1.0, 42.5)
    where[3], where[4] = "E", (105.0, 51.0, 15.25)
    made = io.BytesIO()
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>21,1.7N</exif:GPSLatitude>'
    Image.effect_noise((640, 480), 60).save(
        made, "JPEG", exif=exif, xmp=xmp, icc_profile=b"Profile-Of-Mine", comment=b"gui tu nha"
    )
    return made.getvalue()


def test_a_citizens_photo_tells_nothing_but_what_is_seen() -> None:
    sent = taken_at_home()
    where = opened(sent).getexif().get_ifd(GPS)
    assert [float(one) for one in where[2]] == [21, 1, 42.5]
    told = (b"Exif", b"GPSLatitude", b"Hang-May-Anh", b"Profile-Of-Mine", b"gui tu nha")
    assert all(one in sent for one in told)
    kept = examined_photo(sent)
    assert (kept.name, kept.media, opened(kept.content).size) == (
        "anh.jpg", "image/jpeg", (640, 480),
    )  # fmt: skip
    assert not dict(opened(kept.content).getexif())
    assert not any(one in kept.content for one in told)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_where_a_picture_was_taken_goes_from_every_kind(kind: str) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Hang-May-Anh"
    exif.get_ifd(GPS)[1] = "N"
    made = io.BytesIO()
    Image.new("RGB", (40, 20)).save(made, kind, exif=exif)
    assert dict(opened(made.getvalue()).getexif())
    kept = examined_photo(made.getvalue())
    assert not dict(opened(kept.content).getexif())


def heif(main: bytes, *others: bytes) -> bytes:
    box = main + b"\0\0\0\0" + b"".join(others)
    return (len(box) + 8).to_bytes(4) + b"ftyp" + box + b"\0" * 600


@pytest.mark.parametrize(
    "content",
    [heif(b"heic", b"mif1", b"heic"), heif(b"mif1", b"heic"), heif(b"hevc")],
)
def test_a_photo_of_an_iphone_is_named_as_what_it_is(content: bytes) -> None:
    for look in (examined_photo, lambda one: examined("IMG_0001.HEIC", one)):
        with pytest.raises(NotAttachable, match="iPhone") as refused:
            look(content)
        assert refused.value.why is Unfit.HEIC


def test_a_film_is_no_photo() -> None:
    with pytest.raises(NotAttachable) as refused:
        examined_photo(heif(b"isom", b"mp42"))
    assert refused.value.why is Unfit.NO_PHOTO


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7",
        packed("word/document.xml"),
        packed("word/vbaProject.bin"),
        b"<svg/>",
        b"GIF89a",
    ],
)
def test_a_citizen_sends_photos_only(content: bytes) -> None:
    with pytest.raises(NotAttachable) as refused:
        examined_photo(content)
    assert refused.value.why is Unfit.NO_PHOTO


def test_a_large_photo_is_read_small_and_a_large_drawing_not_at_all() -> None:
    # 42 million either way: of the one a quarter is ever in memory.
    size = (7000, 6000)
    assert max(opened(examined_photo(picture(size, mode="L")).content).size) == LONGEST_SIDE
    with pytest.raises(NotAttachable) as refused:
        examined_photo(picture(size, "PNG", mode="1"))
    assert refused.value.why is Unfit.PIXELS


@pytest.mark.parametrize("size", [(210, 10), (10, 210)])
def test_a_picture_no_channel_would_show_is_not_taken(size: tuple[int, int]) -> None:
    with pytest.raises(NotAttachable) as raised:
        examined("a.png", picture(size, "PNG"))
    assert raised.value.why is Unfit.SHAPE
    assert examined("a.png", picture((200, 10), "PNG")).is_picture


def test_a_comment_in_a_photo_is_gone() -> None:
    made = io.BytesIO()
    Image.new("RGB", (40, 20), 0).save(made, "JPEG", comment=b"0912345678")
    assert b"0912345678" not in examined("a.jpg", made.getvalue()).content


@pytest.mark.filterwarnings("ignore")
def test_a_file_damaged_anywhere_is_taken_or_refused() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif.get_ifd(GPS)[1] = "N"
    photo, paper = io.BytesIO(), io.BytesIO()
    Image.new("RGB", (16, 16)).save(photo, "JPEG", exif=exif)
    with zipfile.ZipFile(paper, "w") as package:
        package.writestr("word/document.xml", "x")
    refused = 0
    for whole, length in ((photo.getvalue(), 150), (paper.getvalue(), len(paper.getvalue()))):
        for place, sign in product(range(4, length), (0, 2, 5, 0xFF)):
            try:
                examined("a.x", whole[:place] + bytes([sign]) + whole[place + 1 :])
            except NotAttachable:
                refused += 1
    assert refused


def test_words_hidden_behind_a_picture_are_gone() -> None:
    kept = examined("a.jpg", picture() + b"<script>alert(1)</script>")
    assert b"script" not in kept.content


def test_a_large_photo_becomes_what_a_phone_shows() -> None:
    kept = examined("a.jpg", picture((4000, 3000)))
    assert max(opened(kept.content).size) == LONGEST_SIDE


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "RGBA"), ("WEBP", "RGBA"), ("PNG", "LA")])
def test_what_is_seen_through_stays_so(kind: str, mode: str) -> None:
    kept = examined("logo.x", picture(kind=kind, mode=mode))
    assert kept.media == "image/png"
    assert opened(kept.content).mode == "RGBA"


@pytest.mark.parametrize(
    ("name", "content", "media"),
    [
        ("bc", b"%PDF-1.7 ...", "application/pdf"),
        ("bc.docx", packed("word/document.xml"), "wordprocessingml.document"),
        ("bc.docx", packed("xl/workbook.xml"), "spreadsheetml.sheet"),
    ],
)
def test_documents_are_known_by_their_bytes_and_named_for_what_they_are(
    name: str, content: bytes, media: str
) -> None:
    kept = examined(name, content)
    assert kept.media.endswith(media)
    assert kept.content == content
    assert kept.name.endswith((".pdf", ".docx", ".xlsx"))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", Unfit.EMPTY),
        (b"%PDF-" + b"x" * MOST_BYTES, Unfit.LARGE),
        (b"MZ\x90\x00 a program", Unfit.KIND),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Unfit.KIND),
        (packed("readme.txt"), Unfit.KIND),
        (packed("word/document.xml", "word/vbaProject.bin"), Unfit.MACROS),
        (packed("word/document.xml", "word/VBAPROJECT.BIN"), Unfit.MACROS),
        (b"PK\x03\x04 and no more", Unfit.BROKEN),
        (picture((400, 400))[:300], Unfit.BROKEN),
        (picture(kind="GIF"), Unfit.KIND),
        (picture((9000, 9000), mode="1", kind="PNG"), Unfit.PIXELS),
    ],
)
def test_what_is_not_taken_says_why(content: bytes, why: Unfit) -> None:
    with pytest.raises(NotAttachable) as refused:
        examined("a.docm", content)
    assert refused.value.why is why


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        (r"C:\Users\a\báo cáo.pdf", "báo cáo.pdf"),
        ("a\x00b\u202e<c>.pdf", "abc.pdf"),
        ("...", "tep.pdf"),
        ("x" * 300, "x" * 120 + ".pdf"),
    ],
)
def test_a_name_has_no_folders_and_no_signs_a_system_reads(name: str, plain: str) -> None:
    assert examined(name, b"%PDF-").name == plain


HEADS = [b"", b"PK\x03\x04", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"]


@given(st.sampled_from(HEADS), st.binary(max_size=2000))
def test_no_bytes_raise_anything_else(head: bytes, rest: bytes) -> None:
    with suppress(NotAttachable):
        assert examined("a", head + rest).content


@pytest.mark.parametrize("why", list(Unfit))
def test_each_reason_says_what_to_do(why: Unfit) -> None:
    assert "Hãy" in str(NotAttachable(why))
