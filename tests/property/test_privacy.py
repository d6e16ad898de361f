"""However a personal number is written, nothing of it survives the mask."""

from __future__ import annotations

import re
from datetime import date

from hypothesis import assume, given
from hypothesis import strategies as st

from bot.privacy import mask

SEPARATORS = " .-_,/–\u2011\u00ad\u200b\u00a0"
CCCD = st.from_regex(r"0[0-9][1-9][0-9]{9}", fullmatch=True)
PHONE = st.from_regex(r"(?:0|\+84|84)[35789][0-9]{8}", fullmatch=True)
AROUND = st.sampled_from(["", "số ", "em là An, gọi ", "ĐT.", "so.", "(", "cccd: "])
DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
DATES = re.compile(r"(?:[0-9]{1,2}[^0-9]+){1,2}(?:19|20)[0-9]{2}|[0-9]+/[0-9]+[^0-9]")
AMOUNT = re.compile(r"[1-9][0-9]{0,2}(?:[.,][0-9]{3})+")


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
    assume(not AMOUNT.search(number))
    assert not re.search(r"\d", mask(f"{around}{number}").text)


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
