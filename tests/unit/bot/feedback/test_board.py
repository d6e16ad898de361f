"""What of a case is for everybody: words that are never shown, and what a draft leaves out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.feedback.board.keeping import may_keep
from bot.feedback.board.never import Never, never
from bot.feedback.board.reading import drafted, looked_at, names_case, tells_of
from bot.feedback.board.said import is_private, speaks_of_a_child
from bot.feedback.kinds import Kind
from bot.feedback.models import Case, Contact, Result
from bot.feedback.moves import CaseState
from tests.conftest import NOON
from tests.fakes.cases import a_case

ENDED = replace(a_case(NOON), state=CaseState.ANSWERED, result=Result.DONE)


@pytest.mark.parametrize(
    ("text", "private"),
    [
        ("Ông ấy bạo hành con", True),
        ("chong bao hanh vo con", True),
        ("Có người tự tử", True),
        ("xe di tu tu thoi", False),
        ("Con nghiện vứt kim tiêm ở công viên", False),
        ("Đèn đường hỏng", False),
    ],
)
def test_somebodys_private_life_is_known_with_and_without_marks(text: str, private: bool) -> None:
    assert is_private(text) is private


@pytest.mark.parametrize(
    ("text", "child"),
    [
        ("cháu bé ngã", True),
        ("em 15 tuổi", True),
        ("ông 16 tuổi", False),
        ("be 9tuoi", True),
        ("cụ 80 tuổi", False),
    ],
)
def test_a_child_is_known_by_its_name_or_its_age(text: str, child: bool) -> None:
    assert speaks_of_a_child(text) is child


@pytest.mark.parametrize(
    ("case", "why"),
    [
        (ENDED, None),
        (replace(ENDED, state=CaseState.CLOSED, result=Result.HANDED_ON), None),
        (replace(ENDED, state=CaseState.RECEIVED), Never.OPEN),
        (replace(ENDED, state=CaseState.REFUSED), Never.OPEN),
        (replace(ENDED, result=Result.DUPLICATE), Never.RESULT),
        (replace(ENDED, is_erased=True), Never.RESULT),
        (replace(ENDED, kind=Kind.OTHER), Never.KIND),
        (replace(ENDED, words="Chồng bạo hành vợ"), Never.PRIVATE),
    ],
)
def test_some_cases_are_never_shown(case: Case, why: Never | None) -> None:
    assert never(case) is why
    assert why is None or why.told


def test_a_draft_leaves_out_what_the_machine_finds_and_is_read_again_without_a_fault() -> None:
    draft = drafted("Tôi là Trần Thị Hoa, nhà ở số 9 hẻm 12, gọi 0912345678; vụ PA-7K2M-4QXB-9.")
    assert draft == "Tôi là [tên], nhà ở [địa chỉ nhà], gọi [số điện thoại]; vụ [mã vụ]."
    again = looked_at(draft)
    assert (again.gone, again.kept) == ((), ())


def test_the_place_of_a_fault_may_be_kept_and_a_home_may_not() -> None:
    assert looked_at("Đèn hẻm 12 tắt").kept == ("address",)
    assert looked_at("Nhà tôi ở số 9 hẻm 12").gone == ("address",)
    assert may_keep(ENDED, "Đèn hẻm 12 tắt")
    assert not may_keep(ENDED, "Học sinh ngã ở hẻm 12")
    assert not may_keep(replace(ENDED, kind=Kind.PRAISE), "Khen ở hẻm 12")


def test_a_sender_is_known_by_whatever_they_gave() -> None:
    contact = Contact(
        name="Trần Thị Hoa", phone="+84912345678", address="số 9 hẻm 12", email="hoa@vidu.vn"
    )
    for text in ("bà tran thi hoa", "0912.345.678", "ở số 9, hẻm 12", "HOA@vidu.vn"):
        assert tells_of(contact, text), text
    assert not tells_of(contact, "Hoa nở ở hẻm 9")
    assert not tells_of(Contact(name="Hoa"), "Đường Hoa Sữa")


@pytest.mark.parametrize(
    "typed",
    [
        "PA-WVQ6-HCKZ-6",
        "P\u200bA-WVQ6\u2060-HCKZ-6",
        "ＰＡ－ＷＶＱ６－ＨＣＫＺ－６",
        "pa wvq6hckz6",
    ],
)
def test_the_number_of_a_case_is_seen_however_it_is_typed(typed: str) -> None:
    assert names_case(f"Vụ {typed} xong")
    assert drafted(f"Vụ {typed} xong, {typed}.") == "Vụ [mã vụ] xong, [mã vụ]."
    assert not names_case("Vụ này xong")


@pytest.mark.parametrize(
    "typed", ["０９１２３４５６７８", "09\u200b1234\u00ad5678", "𝟎𝟗𝟏𝟐 345 678"]
)
def test_who_sent_it_is_seen_however_their_telephone_is_typed(typed: str) -> None:
    assert tells_of(Contact(phone="0912345678"), f"gọi {typed} nhé")
