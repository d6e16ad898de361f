"""Pictures that would be drawn for hours are refused at once, and no picture of a camera is."""

from __future__ import annotations

import io
import struct
import zlib
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.casework.attaching import MOST_BYTES, examined_photo
from bot.casework.toiling import MOST_MARKERS, MOST_SCANS, is_toilsome
from bot.casework.unfit import NotAttachable, Unfit

SCAN, END = b"\xff\xda", b"\xff\xd9"
# Seconds of a processor; what is not refused takes minutes.
AT_ONCE = 5.0


def progressive(size: tuple[int, int] = (64, 64)) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, "red").save(made, "JPEG", progressive=True)
    return made.getvalue()


def scanned_over(picture: bytes, times: int) -> bytes:
    """Repeat the last scan of a picture."""
    last, end = picture.rindex(SCAN), picture.rindex(END)
    return picture[:end] + picture[last:end] * times + picture[end:]


def chunk(name: bytes, content: bytes) -> bytes:
    whole = name + content
    return struct.pack(">I", len(content)) + whole + struct.pack(">I", zlib.crc32(whole))


def profiled(times: int) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (8, 8)).save(made, "PNG")
    head, rest = made.getvalue()[:33], made.getvalue()[33:]
    return head + chunk(b"iCCP", b"p\0\0" + zlib.compress(b"a" * 9_000)) * times + rest


def test_a_photo_of_many_scans_is_refused_before_it_is_drawn() -> None:
    whole = progressive((4_000, 4_000))
    last, end = whole.rindex(SCAN), whole.rindex(END)
    endless = scanned_over(whole, (MOST_BYTES - len(whole)) // (end - last))
    begun = process_time()
    with pytest.raises(NotAttachable) as refused:
        examined_photo(endless)
    assert refused.value.why is Unfit.BROKEN
    assert process_time() - begun < AT_ONCE


@pytest.mark.parametrize(
    "between", [b"", b"\xff\xfe\x00\x04\xff\xda", b"\x00\xff\x00\xff\xff", END[:1]]
)
def test_the_bound_is_kept_whatever_stands_between_the_scans(between: bytes) -> None:
    picture = progressive()
    last, end = picture.rindex(SCAN), picture.rindex(END)
    more = (between + picture[last:end]) * MOST_SCANS
    assert is_toilsome(picture[:end] + more + picture[end:])


def test_as_many_scans_as_any_program_writes_are_taken() -> None:
    picture = progressive()
    assert picture.count(SCAN) == 10
    assert examined_photo(scanned_over(picture, MOST_SCANS - 10)).is_picture
    assert is_toilsome(scanned_over(picture, MOST_SCANS - 9))


def test_what_stands_beside_a_photo_or_behind_it_is_none_of_its_scans() -> None:
    beside = progressive()[:2] + b"\xff\xe1" + struct.pack(">H", 4_002) + SCAN * 2_000
    film = SCAN * 9_000
    assert examined_photo(beside + progressive()[2:] + film).is_picture


def test_a_photo_of_nothing_but_comments_is_refused() -> None:
    picture = progressive()
    assert not is_toilsome(picture[:2] + b"\xff\xfe\x00\x02" * (MOST_MARKERS // 2) + picture[2:])
    assert is_toilsome(picture[:2] + b"\xff\xfe\x00\x02" * MOST_MARKERS + picture[2:])


@pytest.mark.parametrize(("times", "toilsome"), [(0, False), (1, False), (2, True)])
def test_a_drawing_has_one_profile(times: int, *, toilsome: bool) -> None:
    assert is_toilsome(profiled(times)) is toilsome


@given(st.binary(max_size=400))
def test_whatever_comes_is_looked_at_to_its_end(tail: bytes) -> None:
    assert not is_toilsome(b"\xff\xd8" + tail.replace(SCAN, b""))
    is_toilsome(b"\x89PNG\r\n\x1a\n" + tail)
