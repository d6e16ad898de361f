"""Reading a plan's time holds for any phrase at all, and for any way of typing one."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date

from hypothesis import assume, given
from hypothesis import strategies as st

from broadcasts.text import mark_key, plain
from broadcasts.timing import Timing, TimingKind, read_timing
from broadcasts.timing.cutting import cut
from broadcasts.timing.vocabulary import Kind
from tests.unit.broadcasts.timing.labelled import Labelled, labelled, told

ROWS = labelled()
READ = [row for row in ROWS if row.told[0] != "unclear"]
# Told with marks and in words, so that words beside it leave it as it is.
SAID = [
    row for row in READ if mark_key(row.phrase) != plain(row.phrase) and row.phrase[0].isalnum()
]
BEFORE = ["Thực hiện ", "Tổ chức ", "Thời gian thực hiện: ", "Đăng tải tin bài ", "UBND các xã: "]
AFTER = [".", " (nếu có)", " theo quy định", " của cơ quan, đơn vị", ", kịp thời", " tại UBND xã",
         " trên hệ thống truyền thanh cơ sở", " (Trang thông tin điện tử; Zalo)"]  # fmt: skip
WORDS = sorted({word for row in ROWS for word in row.phrase.split()})
SHUFFLED = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)
YEARS = st.integers(2000, 2100)
TELLING = set(Kind) - {Kind.WORD, Kind.SIZE, Kind.COUNTER, Kind.COMMA, Kind.OF, Kind.BOTH}


def bare(timing: Timing) -> Timing:
    """Give a timing without its note, which quotes the phrase."""
    return replace(timing, note="")


def sound(timing: Timing, year: int) -> None:
    """Assert what holds for each timing."""
    unclear = timing.kind is TimingKind.UNCLEAR
    assert unclear == (timing.end is None)
    assert not unclear or (timing.start, timing.count, timing.per) == (None, None, None)
    assert not unclear or timing.note
    assert (timing.kind is TimingKind.RECURRING) == (timing.per is not None)
    if timing.start and timing.end:
        assert timing.start <= timing.end
    if timing.end:
        assert timing.end >= date(year, 1, 1)
    assert timing.kind is not TimingKind.FIXED_DATE or timing.start == timing.end
    assert all(one.start <= one.end for one in timing.periods)
    assert list(timing.periods) == sorted(timing.periods)
    assert timing.count is None or timing.count > 0


@given(st.text(max_size=80), YEARS)
def test_any_text_is_read_without_fault(text: str, year: int) -> None:
    sound(read_timing(text, year=year), year)


@given(SHUFFLED, YEARS)
def test_any_heap_of_a_plans_words_is_read_without_fault(text: str, year: int) -> None:
    sound(read_timing(text, year=year), year)


@given(
    st.lists(st.sampled_from("0123456789/-.,() quýthángnămIVX"), max_size=30).map("".join), YEARS
)
def test_any_numbers_and_signs_are_read_without_fault(text: str, year: int) -> None:
    sound(read_timing(text, year=year), year)


@given(SHUFFLED, YEARS)
def test_reading_again_gives_the_same(text: str, year: int) -> None:
    assert read_timing(text, year=year) == read_timing(text, year=year)


@given(st.sampled_from(ROWS), st.booleans())
def test_how_marks_are_composed_and_capitals_do_not_matter(row: Labelled, capitals: bool) -> None:
    typed = unicodedata.normalize("NFD", row.phrase)
    typed = typed.upper() if capitals and "T2" not in typed else typed
    expected = bare(read_timing(row.phrase, year=row.year))
    assert bare(read_timing(typed, year=row.year)) == expected


@given(st.sampled_from(ROWS), st.sampled_from(["  ", "\t", "\n", "\u00a0", " \u200b"]))
def test_spaces_do_not_matter(row: Labelled, space: str) -> None:
    typed = f"{space}{row.phrase.replace(' ', space)}{space}"
    # A dash or sign at the beginning of a line begins an item.
    assume(not set(row.phrase) & set("-–+•→"))
    assert bare(read_timing(typed, year=row.year)) == bare(read_timing(row.phrase, year=row.year))


@given(st.sampled_from(SAID), st.sampled_from(BEFORE))
def test_words_before_a_time_leave_it_as_it_is(row: Labelled, before: str) -> None:
    assume(row.phrase[:2] != "1.")
    typed = before + row.phrase[0].lower() + row.phrase[1:]
    assert told(read_timing(typed, year=row.year)) == row.told


@given(st.sampled_from(SAID), st.sampled_from(AFTER))
def test_words_after_a_time_leave_it_as_it_is(row: Labelled, after: str) -> None:
    assert told(read_timing(row.phrase + after, year=row.year)) == row.told


@given(st.integers(1, 9), st.sampled_from(["{} số/tháng", "quý {}", "tháng {}", "ngày {}/6",
       "trước {}/{}", "{} lần/năm", "ngày {} hằng tháng", "tuần {} tháng {}"]))  # fmt: skip
def test_a_zero_before_a_number_does_not_matter(number: int, phrase: str) -> None:
    bare_phrase = phrase.format(number, number)
    padded = phrase.format(f"0{number}", f"0{number}")
    assert bare(read_timing(bare_phrase, year=2024)) == bare(read_timing(padded, year=2024))


@given(st.sampled_from(["I", "II", "III", "IV"]), YEARS)
def test_roman_and_arabic_quarters_are_the_same(roman: str, year: int) -> None:
    arabic = ["I", "II", "III", "IV"].index(roman) + 1
    assert bare(read_timing(f"Quý {roman}/{year}", year=year)) == bare(
        read_timing(f"quý {arabic}", year=year)
    )


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_a_date_is_read_as_it_is(day: date) -> None:
    for phrase in (f"{day:%d/%m/%Y}", f"ngày {day.day} tháng {day.month} năm {day.year}",
                   f"{day:%d.%m.%Y}", f"{day:%d/%m}"):  # fmt: skip
        timing = read_timing(phrase, year=day.year)
        assert (timing.kind, timing.start, timing.end) == (TimingKind.FIXED_DATE, day, day)


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)), YEARS)
def test_a_date_of_another_year_is_for_a_person(day: date, year: int) -> None:
    timing = read_timing(f"{day:%d/%m/%Y}", year=year)
    assert (timing.kind is TimingKind.UNCLEAR) == (day.year != year)


@given(st.lists(st.text(alphabet="bcdghklmnpxaeiouâêôăơư", min_size=1, max_size=7), min_size=1))
def test_words_that_tell_no_time_are_unclear(words: list[str]) -> None:
    phrase = " ".join(words)
    assume(not any(token.kind in TELLING for token in cut(phrase)))
    assert read_timing(phrase, year=2024).kind is TimingKind.UNCLEAR


@given(st.sampled_from(READ), st.sampled_from(["khi có văn bản", "theo kế hoạch của Sở", "31/02"]))
def test_a_choice_with_what_is_not_known_is_never_a_day(row: Labelled, other: str) -> None:
    timing = read_timing(f"{row.phrase} hoặc {other}", year=row.year)
    assert timing.kind in (TimingKind.UNCLEAR, TimingKind.CONTINUOUS, TimingKind.RECURRING)
