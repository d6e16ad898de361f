"""A text is complete before anybody approves it, and what was said already is noticed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcasts.composing.checking import (
    LONGEST_BODY,
    LONGEST_TITLE,
    MOST_BUTTONS,
    Draft,
    blocking,
    check,
    is_safe,
)
from broadcasts.composing.gaps import filled, gaps_in, known_gaps
from broadcasts.composing.kinds import URGENT, kinds
from broadcasts.composing.likeness import alike, digest, guards, overlaps
from broadcasts.models import Audience, Button, NewsText, ReaderKind, Route

EVERYBODY = Audience(offices=("xa",))
WHOLE = NewsText(title="Nghỉ Tết", body="Xã nghỉ từ ngày 14/02 đến hết ngày 22/02.")


def found(text: NewsText, kind: str = "khac", audience: Audience = EVERYBODY) -> list[str]:
    return [one.code for one in check(Draft(kind=kind, text=text, audience=audience))]


def test_every_kind_has_a_short_code_and_gaps_that_are_known() -> None:
    for code, kind in kinds().items():
        assert code.isascii()
        assert len(code) <= 24
        assert kind.name
        assert kind.hints
        text = NewsText(title=kind.title, body=kind.body)
        assert set(gaps_in(text)) <= known_gaps().keys(), code
    assert URGENT in kinds()


def test_every_template_becomes_a_whole_text_when_its_gaps_are_filled() -> None:
    values = dict.fromkeys(known_gaps(), "có")
    for code, kind in kinds().items():
        if not kind.body:
            continue
        text = filled(NewsText(title=kind.title, body=kind.body), values)
        draft = Draft(kind=code, text=text, audience=EVERYBODY)
        assert blocking(check(draft)) == (), code
        bare = Draft(kind=code, text=NewsText(title="a", body=kind.body), audience=EVERYBODY)
        assert [one.code for one in blocking(check(bare))] == ["gap_unfilled"]


def test_a_gap_without_a_value_is_named_in_vietnamese() -> None:
    text = NewsText(title="Lịch {viec}", body="Tại {dia_diem}, {dia_diem}; {tu_che} và {  }")
    told = check(Draft(kind="khac", text=filled(text, {"viec": " "}), audience=EVERYBODY))
    messages = [one.message for one in told]
    assert messages[0] == "Chưa điền: việc {viec}, địa điểm {dia_diem}."
    assert messages[1].startswith("Không rõ chỗ trống {tu_che}, {  }.")
    assert blocking(told) == told


def test_a_value_is_no_template() -> None:
    text = filled(NewsText(title="{viec}", body="b"), {"viec": "{ngay}", "ngay": "mai"})
    assert text.title == "{ngay}"
    assert found(text) == ["gap_unfilled"]


def test_a_list_keeps_its_lines_in_the_body_and_is_one_line_in_a_title_and_on_a_button() -> None:
    button = Button(label="Xem {danh_sach}", address="https://xa.vn")
    text = NewsText(title="Về {danh_sach}", body="Gồm:\n{danh_sach}.", buttons=(button,))
    whole = filled(text, {"danh_sach": " a \n\n b"})
    assert (whole.title, whole.body) == ("Về a b", "Gồm:\na \n\n b.")
    assert whole.buttons[0].label == "Xem a b"
    assert known_gaps()["cac_buoc"].lines


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (WHOLE, []),
        (NewsText(title=" ", body="\n"), ["title_empty", "body_empty"]),
        (NewsText(title="a" * (LONGEST_TITLE + 1), body="b"), ["title_long"]),
        (NewsText(title="a", body="b" * (LONGEST_BODY + 1)), ["body_long"]),
        (NewsText(title="a", body="b" * LONGEST_BODY), ["body_lengthy"]),
        (NewsText(title="a", body="Xem http://xa.vn"), ["link_insecure"]),
        (NewsText(title="a", body="Xem https://xa.vn {"), []),
        (
            NewsText(title="a", body="b", buttons=(Button(label=" ", address="xa.vn"),)),
            ["button_label", "button_address"],
        ),
        (
            NewsText(
                title="a",
                body="b",
                buttons=(Button(label="Mở", address="https://xa.vn"),) * (MOST_BUTTONS + 1),
            ),
            ["buttons_many"],
        ),
        (NewsText(title="a", body="Lệ phí 8.000 đồng, xong trong 5 ngày làm việc"), ["unsourced"]),
        (NewsText(title="a", body="Lệ phí 8.000 đồng theo Nghị quyết 12/2026/NQ-HĐND"), []),
    ],
)
def test_what_is_to_be_mended_is_found(text: NewsText, codes: list[str]) -> None:
    assert found(text) == codes


def test_a_kind_a_topic_and_an_office_must_be_there() -> None:
    nowhere = Audience(offices=(), topics=("khac", "bong_da"))
    assert found(WHOLE, "quang_cao", nowhere) == ["kind", "audience", "topic"]


def test_personal_data_is_pointed_at_and_hinders_nobody() -> None:
    draft = Draft(kind="khac", text=WHOLE, audience=EVERYBODY)
    (told,) = check(draft, lambda _: ("cccd", "cccd", "tax code"))
    assert told.message.startswith("Có thể có dữ liệu cá nhân (số căn cước, dữ liệu khác).")
    assert not told.blocking


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://dichvucong.gov.vn/p?x=1#a", True),
        ("https://xa.vn:8443/", True),
        ("http://xa.vn", False),
        ("https://", False),
        ("https://xa", False),
        ("https://nam@xa.vn", False),
        ("https://xa.vn/a b", False),
        ("https://xa.vn:0/", False),
        ("https://xa.vn:cổng/", False),
        ("javascript:alert(1)", False),
        ("https://xa.vn/{ma}", False),
        ("https://xa.vn/\u202enoitacol", False),
        ("https://xa\u200b.vn", False),
    ],
)
def test_a_button_opens_a_whole_https_address(address: str, safe: bool) -> None:
    assert is_safe(address) is safe


def test_the_same_words_have_one_digest_however_they_are_written() -> None:
    other = NewsText(title="NGHI TET!", body="Xa nghỉ  từ ngày 14/02\nđến hết ngày 22/02")
    moved = NewsText(title=WHOLE.title, body=unicodedata.normalize("NFD", WHOLE.body))
    assert digest(WHOLE) == digest(other) == digest(moved)
    assert digest(WHOLE) != digest(NewsText(title="Nghỉ Tết", body="khác"))


def test_a_word_more_is_nearly_the_same_text() -> None:
    longer = NewsText(title=WHOLE.title, body=f"{WHOLE.body} Xin chào.")
    assert alike(WHOLE, longer)
    assert not alike(WHOLE, NewsText(title="Lịch tiếp dân", body="Sáng thứ Hai, tại nhà văn hóa."))


@given(st.text(max_size=80), st.text(max_size=80))
def test_likeness_goes_both_ways_and_a_text_is_like_itself(one: str, other: str) -> None:
    first, second = NewsText(title="", body=one), NewsText(title="", body=other)
    assert alike(first, first)
    assert alike(first, second) == alike(second, first)
    if digest(first) == digest(second):
        assert alike(first, second)


def test_audiences_overlap_where_somebody_may_belong_to_both() -> None:
    def covers(upper: str, code: str) -> bool:
        return upper in {code, "tinh"}

    def of(office: str, **more: tuple[str, ...]) -> Audience:
        return Audience(offices=(office,), **more)  # type: ignore[arg-type]

    citizens, officials = (ReaderKind.CITIZEN,), (ReaderKind.OFFICIAL,)
    assert overlaps(of("xa"), of("tinh"), covers)
    assert not overlaps(of("xa"), of("xa-b"), covers)
    assert not overlaps(of("xa", kinds=citizens), of("xa", kinds=officials), covers)
    assert overlaps(of("xa", kinds=citizens), of("xa"), covers)
    assert overlaps(of("xa", topics=("khac",)), of("xa", topics=("cuoc_thi",)), covers)
    assert not overlaps(of("xa", routes=(Route.WEB,)), of("xa", routes=(Route.TELEGRAM,)), covers)


def test_the_guards_are_those_of_the_data() -> None:
    assert (guards().threshold, guards().likeness, guards().hours) == (1000, 0.9, 48)
