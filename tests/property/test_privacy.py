"""However a personal number is written, nothing of it survives the mask."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from bot.privacy import mask

SEPARATORS = " .-_,/–\u2011\u00ad\u200b\u00a0"
CCCD = st.from_regex(r"0[0-9][1-9][0-9]{9}", fullmatch=True)
PHONE = st.from_regex(r"(?:0|\+84|84)[35789][0-9]{8}", fullmatch=True)
AROUND = st.sampled_from(["", "số ", "em là An, gọi ", "ĐT.", "so.", "(", "cccd: "])
DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
DATES = re.compile(r"(?:[0-9]{1,2}[^0-9]+){1,2}(?:19|20)[0-9]{2}|[0-9]+/[0-9]+[^0-9]")
LIKE_DATES = st.from_regex(
    r"0[1-9](01|0[2-9]|1[0-2])(19|20)[0-9]{2}(19|20)[0-9]{2}", fullmatch=True
)
SINGLE = " .-_,/:\n"
PROCEDURE = st.from_regex(r"[1-3]\.0[0-9]{5}(\.000\.00\.00\.H[0-9]{2})?", fullmatch=True)
NAME = st.tuples(
    st.sampled_from(["Nguyễn", "Trần", "Lê", "Đỗ", "Võ", "Tran", "Nguyen"]),
    st.lists(
        st.sampled_from(["Văn", "Thị", "An", "Bình", "Hoài", "Dung", "Thanh", "B"]),
        min_size=1,
        max_size=3,
    ),
).map(lambda parts: [parts[0], *parts[1]])
ORDINARY = (
    *("hà nội", "cao bằng", "thái bình", "hộ nghèo", "người cao tuổi", "cao tuổi", "đoàn viên"),
    *("chủ hộ", "trưởng thôn", "lý lịch tư pháp", "hồ sơ đất đai", "việt kiều", "xã thái bình"),
)


@st.composite
def spread(draw: st.DrawFn, number: st.SearchStrategy[str]) -> str:
    """A number with separators wherever its writer liked."""
    parts = []
    for sign in draw(number):
        parts += [sign, draw(st.text(SEPARATORS, max_size=2))]
    return "".join(parts[:-1])


@given(AROUND, st.one_of(spread(CCCD), spread(PHONE)))
def test_no_number_survives_however_it_is_set_apart(around: str, number: str) -> None:
    assume(not DATES.search(number))
    assert not re.search(r"\d", mask(f"{around}{number}").text)


@given(AROUND, st.one_of(LIKE_DATES, CCCD, PHONE), st.sampled_from(SINGLE), st.data())
def test_no_number_survives_one_sign_though_it_reads_like_dates(
    around: str, number: str, between: str, data: st.DataObject
) -> None:
    cuts = data.draw(st.sets(st.integers(1, len(number) - 1), max_size=6) | st.just({2, 4, 8}))
    parts = (number[a:b] for a, b in pairwise((0, *sorted(cuts), len(number))))
    assert not re.search(r"\d", mask(f"{around}{between.join(parts)}").text)


@given(NAME, st.sampled_from(["tôi là {}", "tên em là {}", "Họ và tên: {}", "mẹ tôi là {} đã"]))
def test_no_part_of_a_name_survives(name: list[str], said: str) -> None:
    assert mask(said.format(" ".join(name))).text == said.format("[name]")


@given(st.sampled_from(["tôi là {}", "em ở {}", "tại {}", "12/3 {}"]), st.sampled_from(ORDINARY))
def test_places_and_matters_stay(said: str, word: str) -> None:
    for typed in (word, word.title(), word.upper()):
        assert mask(said.format(typed)).text == said.format(typed)


@given(st.from_regex(r"[A-Z][0-9]{2}(\.[0-9]{2}){0,2}-2[0-9]{5}-[0-9]{4}", fullmatch=True))
def test_codes_of_dossiers_stay_beside_a_number(code: str) -> None:
    assert mask(f"hồ sơ {code} 0912345678").text == f"hồ sơ {code} [phone]"


@given(st.lists(PROCEDURE, min_size=1, max_size=4), st.sampled_from([", ", "\n", " và ", "; "]))
def test_codes_of_procedures_stay(codes: list[str], between: str) -> None:
    said = between.join(codes)
    assert mask(said).text == said


@given(st.lists(st.one_of(CCCD, PHONE), min_size=1, max_size=5), st.sampled_from(",/-;. _"))
def test_no_number_of_a_list_survives(numbers: list[str], between: str) -> None:
    assert not re.search(r"\d", mask(between.join(numbers)).text)


@given(st.integers(min_value=1, max_value=10**13), st.sampled_from([".", ",", ""]))
def test_amounts_stay(amount: int, between: str) -> None:
    said = f"lệ phí {amount:,}".replace(",", between) + " đồng"
    assert mask(said).text == said


@given(DAYS, DAYS, st.sampled_from(["{0:%d/%m}/{0.year:04}", "{0.day}-{0.month}-{0.year:04}"]))
def test_dates_stay(first: date, second: date, shape: str) -> None:
    said = f"từ {shape.format(first)} - {shape.format(second)}"
    assert mask(said).text == said


@given(st.text(max_size=80))
def test_masking_twice_finds_nothing_new(text: str) -> None:
    once = mask(text)
    assert mask(once.text).text == once.text


@given(st.text("0123456789 ./-+()[]abcstkđcở,@Lê", max_size=80))
def test_masking_twice_finds_nothing_new_in_numbers(text: str) -> None:
    once = mask(text)
    assert mask(once.text).text == once.text
