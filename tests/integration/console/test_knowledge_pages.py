"""Cards are found, read field by field, shown as citizens get them; and why an answer is given."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from http import HTTPStatus
from urllib.parse import quote

import pytest

from bot.officials.models import Role
from knowledge.layers import OfficeEdit
from knowledge.models import Fee, FeeStatus, FieldSource, Note, Snapshot, Source
from knowledge.repository import SqlSnapshotStore
from knowledge.testing import SEEN, make_procedure
from tests.conftest import NOON
from tests.fakes.console import LITTLE, ConsoleHouse, Reception, Seat

OURS = Source(name="UBND xã A", seen=SEEN)
FREE = {"fee": Fee(status=FeeStatus.FREE), "sources": (FieldSource(field="fee", source=OURS),)}


async def _publish(house: ConsoleHouse, content: Snapshot) -> None:
    await SqlSnapshotStore(house.database).publish_content(content, name="khác")
    assert await house.edition.renew()


async def _edit(house: ConsoleHouse, *edits: OfficeEdit) -> None:
    await SqlSnapshotStore(house.database).save_edits(edits, at=NOON)
    await house.edition.renew()


@pytest.fixture
async def seat(signed_in: Reception) -> Seat:
    return await signed_in(Role.PREPARER)


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("", ["Đăng ký kết hôn", "Đăng ký khai sinh"]),
        ("text=khai+sinh", ["Đăng ký khai sinh"]),
        ("text=GIAY+sinh", ["Đăng ký khai sinh"]),
        ("text=1.000894", ["Đăng ký kết hôn"]),
        ("text=li+hôn", []),
        ("sector=Đất+đai", []),
        ("only=bare", []),
        ("only=edited", []),
        ("only=nonsense&office=xa-b", ["Đăng ký kết hôn", "Đăng ký khai sinh"]),
    ],
)
async def test_cards_are_found_by_their_words(
    seat: Seat, asked: str, named: Sequence[str]
) -> None:
    page = (await seat.get(f"/cards?{asked}")).text
    links = [line for line in page.split("<a href=") if line.startswith('"/console/cards/xa-a/')]
    assert [link.partition(">")[2].partition("<")[0] for link in links] == list(named)


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("kết hôn", "4213567"),
        ("KET  HON", "4213567"),
        ("ketj hoon", "4213567"),
        ("ket hoin", "4213567"),
        ("dang ki lai ket hon", "5"),
        ("1.000003", "3"),
        ("ket+hoang", ""),
    ],
)
async def test_what_is_nearest_to_the_words_typed_comes_first(
    house: ConsoleHouse, seat: Seat, typed: str, named: str
) -> None:
    names = {
        "1": ("Kết hôn có yếu tố nước ngoài", 3, ()),
        "2": ("Đăng ký kết hôn", 5, ()),
        "3": ("Giấy xác nhận độc thân", 4, ("kết hôn",)),
        "4": ("Kết hôn", 0, ()),
        "5": ("Đăng ký lại kết hôn ở xã", 1, ()),
        "6": ("Hôn nhân, kết nghĩa", 2, ()),
        "7": ("Bản sao", 5, ("giấy kết hôn",)),
        "8": ("Khai sinh", 5, ()),
    }
    cards = tuple(
        make_procedure(f"1.00000{code}", name, has_card=True, popularity=asked, aliases=aliases)
        for code, (name, asked, aliases) in names.items()
    )
    await _publish(house, replace(LITTLE, procedures=cards))
    page = (await seat.get(f"/cards?text={quote(typed)}")).text
    assert "".join(re.findall(r'href="/console/cards/xa-a/1\.00000(\d)"', page)) == named


async def test_a_long_list_goes_on_on_another_page(house: ConsoleHouse, seat: Seat) -> None:
    many = tuple(make_procedure(f"1.{number:06}", f"Thủ tục {number:03}") for number in range(70))
    await _publish(house, replace(LITTLE, procedures=many))
    first = await seat.get("/cards?text=tu")
    assert "Thủ tục 049" in first.text
    assert "Thủ tục 050" not in first.text
    assert 'rel="next" href="/console/cards?text=tu&amp;page=50"' in first.text
    assert "Thủ tục 069" in (await seat.get("/cards?text=tu&page=50")).text


async def test_a_list_is_narrowed_to_what_was_edited_or_ends_soon(
    house: ConsoleHouse, seat: Seat
) -> None:
    ending = {"notes": (Note(text="Miễn phí", until=NOON.date()),)}
    other = OfficeEdit(office="xa-b", code="1.001193", fields=ending)
    await _edit(house, OfficeEdit(office="xa-a", code="1.000894", fields=FREE | ending), other)
    for only in ("edited", "ending"):
        page = (await seat.get(f"/cards?only={only}")).text
        assert "kết hôn" in page
        assert "khai sinh" not in page.partition("<main")[2]


async def test_each_field_says_whose_word_it_is(
    house: ConsoleHouse, signed_in: Reception, seat: Seat
) -> None:
    told = {"result": "Giấy khai sinh", "has_card": True}
    above = OfficeEdit(
        office="tinh", code="1.001193",
        fields=told | {"sources": (FieldSource(field="result", source=OURS),)},
    )  # fmt: skip
    await _edit(house, above, OfficeEdit(office="xa-a", code="1.001193", fields=FREE))
    page = (await seat.get("/cards/xa-a/1.001193")).text
    for whose in ("Xã A sửa", "Cơ quan cấp trên sửa: Tỉnh Mẫu", "Thẻ soạn sẵn"):
        assert whose in page
    assert "Không thu" in page
    assert "Nguồn: UBND xã A, xem ngày 18/07/2026" in page
    elsewhere = await (await signed_in(Role.PREPARER, office="xa-b")).get("/cards/xa-b/1.001193")
    assert "Không thu" not in elsewhere.text
    assert "Cơ quan cấp trên sửa: Tỉnh Mẫu" in elsewhere.text


async def test_a_card_nobody_has_is_not_there(seat: Seat) -> None:
    assert (await seat.get("/cards/xa-a/9.999999")).status == HTTPStatus.NOT_FOUND


async def test_a_card_is_shown_as_each_channel_shows_it(house: ConsoleHouse, seat: Seat) -> None:
    long = "Đây là một lưu ý dài. " * 300
    card = make_procedure(has_card=True, result=long, notes=(Note(text="Mang bản chính"),))
    await _publish(house, replace(LITTLE, procedures=(card,)))
    overview = (await seat.get("/cards/xa-a/1.001193/preview")).text
    assert "ĐĂNG KÝ KHAI SINH" in overview
    assert "Trên Telegram" in overview
    on_zalo = overview.partition("Trên Zalo")[2].partition("Trên Telegram")[0]
    assert "\n1. " in on_zalo
    side = (await seat.get("/cards/xa-a/1.001193/preview?side=result")).text
    notes = (await seat.get("/cards/xa-a/1.001193/preview?side=notes")).text
    assert "Mang bản chính" in notes
    assert side.count("<h3>") == 3


async def test_the_reply_is_the_one_a_citizen_gets(house: ConsoleHouse, seat: Seat) -> None:
    await _edit(house, OfficeEdit(office="xa-a", code="1.001193", fields=FREE))
    page = (await seat.get(f"/cards/why?q={quote('lệ phí đăng ký khai sinh')}")).text
    assert "Lệ phí: Không thu" in page
    assert "Được đưa ra" in page
    assert '<a href="/console/cards/xa-a/1.001193">' in page
    assert "Mặt được hỏi" in page
    told, _, figures = page.partition("<details><summary>Số liệu chi tiết")
    assert re.search(r"Giống tên hoặc cách hỏi của thẻ: .*<meter.*</meter> cao", told)
    assert not re.search(r"\d,\d\d", told)
    assert re.search(r"\d,\d\d", figures)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("chào bạn, đăng ký khai sinh", "Đăng ký khai sinh"),
        ("xin chào", "Chào hỏi"),
        ("tôi là Nguyễn Văn An, số 0912345678, hỏi khai sinh", "khai sinh"),
        ("xyz", "Không đủ chắc: không trả lời"),
        ("dk kh 1.001193", "1.001193"),
    ],
)
async def test_why_is_said_whatever_is_asked(seat: Seat, question: str, told: str) -> None:
    shown = await seat.get(f"/cards/why?q={quote(question)}")
    assert shown.status == HTTPStatus.OK
    assert told in shown.text


async def test_trying_is_no_conversation(house: ConsoleHouse, seat: Seat) -> None:
    await seat.get(f"/cards/why?q={quote('khai sinh')}")
    async with house.database.reading() as connection:
        for table in ("inbox", "turns", "questions"):
            rows = await connection.exec_driver_sql(f"SELECT count(*) FROM {table}")
            assert rows.scalar_one() == 0


async def test_before_anything_is_asked_there_is_only_the_box(seat: Seat) -> None:
    assert "Các thẻ đã xét" not in (await seat.get("/cards/why?q=+")).text
