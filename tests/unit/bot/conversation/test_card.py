"""A card is short, says nothing twice, names who said what, and warns of what is abolished."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Final

import pytest

from bot.conversation.card import SIDES, CardWriter
from bot.conversation.desk import Desk
from bot.conversation.outcomes import Aspect
from bot.conversation.places import Places
from bot.conversation.wording import Wording
from knowledge.models import (
    Fee,
    FeeLine,
    FeeStatus,
    FieldSource,
    Note,
    Office,
    OfficeCode,
    Place,
    Procedure,
    ProcessingTime,
    RequiredDocument,
    Snapshot,
    Source,
    TimeUnit,
)
from knowledge.testing import make_procedure
from tests.fakes.furnished import open_shelved
from tests.unit.bot.conversation.test_follow_ups import talk

TODAY: Final = date(2026, 11, 21)
OWN: Final = Source(name="UBND xã Mẫu", seen=TODAY)
PORTAL: Final = "Nguồn thử, xem ngày 18/07/2026"
EVERY: Final = (Aspect.OVERVIEW, *SIDES, Aspect.NOTES, Aspect.WHO, Aspect.RESULT)


def told(procedure: Procedure, aspect: Aspect = Aspect.OVERVIEW, **more: Any) -> str:
    snapshot = Snapshot(procedures=(procedure, *more.get("others", ())))
    card = CardWriter.of(snapshot, Wording.load(), more.get("units", {}))
    return card.text(procedure, aspect, today=TODAY)


def free(note: str) -> Procedure:
    return make_procedure(fee=Fee(status=FeeStatus.FREE, note=note))


@pytest.mark.parametrize("aspect", EVERY)
def test_what_is_abolished_is_said_to_be_so_first_on_every_side(aspect: Aspect) -> None:
    gone = make_procedure(abolished="Quyết định 123/QĐ-UBND", renumbered_to="2.000815")
    heir = make_procedure("2.000815", "Chứng thực bản sao")
    name, first, second, *_ = told(gone, aspect, others=(heir,)).splitlines()
    assert name == "ĐĂNG KÝ KHAI SINH – ĐÃ BỊ BÃI BỎ"
    assert first == ("Thủ tục này đã bị bãi bỏ theo Quyết định 123/QĐ-UBND; không nhận hồ sơ mới.")
    assert second == "Thay bằng: Chứng thực bản sao (mã 2.000815)."
    assert "bãi bỏ" not in told(replace(gone, abolished=""), aspect)


def test_who_told_of_the_abolition_is_named_beside_the_source_of_the_rest() -> None:
    sources = (FieldSource(field="abolished", source=OWN),)
    gone = make_procedure(abolished="Nghị định 18/2026/NĐ-CP", sources=sources)
    for aspect in (Aspect.OVERVIEW, Aspect.PAPERS):
        last = told(gone, aspect).splitlines()[-1]
        assert last.startswith("Nguồn: Việc bãi bỏ theo UBND xã Mẫu, ngày 21/11/2026; ")
        assert PORTAL in last


def test_what_an_office_stated_carries_its_source_and_the_rest_its_own() -> None:
    sources = (FieldSource(field="fee", source=OWN),)
    fee = Fee(status=FeeStatus.KNOWN, lines=(FeeLine(amount=9000),))
    card = make_procedure(fee=fee, sources=sources, for_whom="Cha, mẹ")
    ours = "UBND xã Mẫu, xem ngày 21/11/2026"
    assert f"Nguồn: {ours}." in told(card, Aspect.FEE)
    for aspect in (Aspect.PAPERS, Aspect.TIME, Aspect.WHERE, Aspect.WHO, Aspect.LAW):
        assert f"Nguồn: {PORTAL}." in told(card, aspect)
    assert (
        told(card)
        .splitlines()[-1]
        .startswith("Nguồn: Lệ phí theo UBND xã Mẫu, ngày 21/11/2026; phần còn lại theo Nguồn thử")
    )


def test_a_side_with_two_sources_names_both() -> None:
    sources = (FieldSource(field="papers", source=OWN),)
    papers = (RequiredDocument(name="Tờ khai"),)
    card = make_procedure(papers=papers, papers_note="Mang bản chính.", sources=sources)
    last = told(card, Aspect.PAPERS).splitlines()[-1]
    assert last.startswith(f"Nguồn: UBND xã Mẫu, xem ngày 21/11/2026; {PORTAL}.")


def test_the_new_code_stands_where_the_code_is_told() -> None:
    text = told(make_procedure(renumbered_to="1.116410"))
    assert text.endswith("Mã thủ tục: 1.116410 (mã cũ 1.001193).")


@pytest.mark.parametrize(
    ("status", "note"),
    [
        (FeeStatus.FREE, "Không thu lệ phí."),
        (FeeStatus.PROVINCIAL, "Lệ phí do HĐND tỉnh quy định."),
    ],
)
def test_a_fee_says_nothing_twice(status: FeeStatus, note: str) -> None:
    card = make_procedure(fee=Fee(status=status, note=note))
    assert note not in told(card, Aspect.FEE)
    assert "Miễn cho hộ nghèo." in told(
        replace(card, fee=Fee(status=status, note=f"{note} Miễn cho hộ nghèo.")), Aspect.FEE
    )


@pytest.mark.parametrize(
    "note",
    [
        "Đăng ký quá hạn thì thu 8.000 đồng.",
        "Không thu khi nộp trực tuyến.",
        "Thu theo giá dịch vụ.",
        "Bản sao thu 8.000 đồng.",
    ],
)
def test_a_remark_that_adds_anything_stays(note: str) -> None:
    assert note in told(free(note), Aspect.FEE)


def test_a_time_and_a_place_say_nothing_twice() -> None:
    times = (ProcessingTime(unit=TimeUnit.WORKING_DAY, amount=8),)
    card = make_procedure(
        times=times,
        time_note="Không quá 8 ngày làm việc.",
        places=(Place.COMMUNE_POLICE, Place.OTHER),
        where_note="Công an xã, phường nơi đang ở.",
    )
    assert told(card, Aspect.TIME).count("8 ngày") == 1
    where = told(card, Aspect.WHERE)
    assert where.count("Công an xã, phường") == 1
    assert "bên dưới" not in where
    other = replace(card, time_note="Không quá 9 ngày làm việc nếu phải xác minh.")
    assert "9 ngày" in told(other, Aspect.TIME)


def test_a_remark_is_no_paper() -> None:
    papers = (RequiredDocument(name="Tờ khai"), RequiredDocument(name="Ảnh"))
    note = "Giấy chứng sinh điện tử đã có thì không phải nộp."
    lines = told(make_procedure(papers=papers, papers_note=note), Aspect.PAPERS).splitlines()
    assert "• Ảnh" in lines
    assert note in lines


def test_the_overview_tells_of_waivers_and_remarks_and_where_to_read_them() -> None:
    fee = Fee(status=FeeStatus.KNOWN, lines=(FeeLine(amount=35_000),))
    notes = (
        Note(text="Được miễn khi VNeID đủ giấy tờ.", until=date(2027, 2, 28)),
        Note(text="Nay ghép thành một thủ tục mang mã mới."),
    )
    card = make_procedure(fee=fee, notes=notes)
    text = told(card)
    assert "35.000 đồng; có trường hợp được miễn, giảm đến hết 28/02/2027 (chọn" in text
    assert "Lưu ý: Nay ghép thành một thủ tục mang mã mới" in text
    over = replace(card, notes=(replace(notes[0], until=date(2026, 11, 20)),))
    assert "miễn" not in told(over)


def test_remarks_have_a_button_when_there_are_any() -> None:
    card = make_procedure(notes=(Note(text="Chú ý."),))
    writer = CardWriter.of(Snapshot(), Wording.load(), {})
    assert Aspect.NOTES in writer.buttons(card, today=TODAY)
    assert Aspect.NOTES not in writer.buttons(make_procedure(), today=TODAY)


def test_a_paper_that_not_everybody_needs_is_never_shown_as_if_all_did() -> None:
    paper = RequiredDocument(name="Giấy tờ " * 12, case="khi nhờ người khác đi thay")
    assert "(tùy trường hợp)" in told(make_procedure(papers=(paper,)))


def test_the_offices_own_desk_stands_under_where() -> None:
    one_stop = an_office("mot-cua", "xa", serves=(Place.COMMUNE_ONE_STOP,), phone="0123")
    places = Places.near([an_office("xa"), one_stop], "xa")
    card = make_procedure(places=(Place.COMMUNE_ONE_STOP,))
    where = told(card, Aspect.WHERE, units=places.units)
    assert "0123" in where
    police = replace(card, places=(Place.COMMUNE_POLICE,))
    assert "0123" not in told(police, Aspect.WHERE, units=places.units)


def an_office(code: str, parent: str = "", **more: Any) -> Office:
    return Office(
        code=OfficeCode(code), name=code, province="52", parent=OfficeCode(parent), **more
    )


def test_of_several_desks_of_a_kind_none_is_taken_for_the_citizens() -> None:
    serves = (Place.COMMUNE_ONE_STOP,)
    offices = [
        an_office("tinh"),
        an_office("xa-1", "tinh", serves=serves),
        an_office("xa-2", "tinh", serves=serves),
    ]
    assert Places.near(offices, "tinh").units == {}
    assert Places.near(offices, "xa-2").units[serves[0]].code == "xa-2"


def test_every_shipped_overview_fits_a_telephone(desk: Desk) -> None:
    shipped = desk.knowledge.snapshot.procedures
    texts = [desk.card.text(one, Aspect.OVERVIEW, today=TODAY) for one in shipped]
    lines = sorted(text.count("\n") + 1 for text in texts)
    assert lines[len(lines) // 2] <= 12
    assert lines[-1] <= 15
    assert max(map(len, texts)) <= 1_150
    assert all("Nguồn: " in text.splitlines()[-1] for text in texts)


DOUBTS_OF_CLERKS: Final = (
    "Cổng ghi", "ô thời gian", "trang cũ", "Trang cũ", "trang mới", "Trang mới", "không rõ đơn vị",
    "phần mô tả của Cổng", "chưa thấy văn bản", "chưa thống nhất", "theo niêm yết của một số nơi",
)  # fmt: skip


def test_no_shipped_card_tells_citizens_how_its_sources_disagree(desk: Desk) -> None:
    shipped = desk.knowledge.snapshot.procedures
    said = {
        (one.code, doubt)
        for one in shipped
        for aspect in EVERY
        for text in (desk.card.text(one, aspect, today=TODAY),)
        for doubt in DOUBTS_OF_CLERKS
        if doubt in text
    }
    assert said == set()


def test_an_abolished_card_leads_to_its_successor_by_a_button(snapshot: Snapshot) -> None:
    gone = replace(
        next(one for one in snapshot.procedures if one.code == "1.000593"),
        abolished="Quyết định 123/QĐ-UBND",
        renumbered_to="1.000894",
    )
    others = tuple(one for one in snapshot.procedures if one.code in ("1.000894", "1.001193"))
    desk = open_shelved(replace(snapshot, procedures=(gone, *others)))
    reply = talk(desk, "1.000593").replies[-1]
    assert "không nhận hồ sơ mới" in reply.text
    assert reply.choices[0].value == "p:1.000894"
    assert "không nhận hồ sơ mới" in talk(desk, "1.000593", "cần giấy tờ gì").replies[-1].text
