"""Whatever a text of news is made of, nothing is left in its script that a voice cannot say."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcasts.composing.kinds import kinds
from broadcasts.speaking import News, Part, script
from broadcasts.speaking.records import Script
from broadcasts.speaking.speech import shipped_speech

numbers = st.integers(2, 999)
SAID = shipped_speech().abbreviations.say


def money(amount: int) -> str:
    return f"{amount * 500:,}".replace(",", ".")


CERTAIN = st.one_of(
    st.dates(date(2020, 1, 1), date(2035, 1, 1)).map(lambda day: f"ngày {day:%d/%m/%Y}"),
    st.times().map(lambda at: f"lúc {at.hour}h{at.minute:02}"),
    numbers.map(lambda number: f"lệ phí {money(number)}đ/hồ sơ"),
    numbers.map(lambda number: f"đạt {number},{number % 10}% hồ sơ"),
    st.tuples(st.integers(1, 34), st.just(34)).map(lambda of: f"xếp hạng {of[0]:02}/{of[1]}"),
    st.from_regex(r"\A0256[. ]?38[0-9]{2}[. ]?[0-9]{3}\Z").map(lambda line: f"điện thoại {line}"),
    numbers.map(lambda number: f"theo QĐ số {number}/QĐ-UBND"),
    st.sampled_from(sorted(SAID)).map(lambda form: f"về {form} mới"),
    st.sampled_from(["24/7", "02 số/tháng", "gọi 1022", "Quý IV/2026",
         "T2-T6 hằng tuần", "3-5 ngày"]),
)  # fmt: skip
COUNTS = st.sampled_from(["", "- ", "1. ", "2.1. ", "3) ", "4/ ", "(5) ", "b) ", "II. ", "A. "])
LINES = st.builds("{}Bà con {}, {}.".format, COUNTS, CERTAIN, CERTAIN)


def script_of(body: str) -> Script:
    return script(News(title="Tin", body=body, office="UBND xã"))


def figures(text: str) -> bool:
    return any(sign.isnumeric() for sign in text)


@given(st.lists(LINES, min_size=1, max_size=3))
def test_what_is_certain_is_all_put_into_words(lines: list[str]) -> None:
    written = script_of("\n".join(lines))
    assert written.flags == ()
    told = [sentence.text for sentence in written.sentences]
    assert not [one for one in told if figures(one)]
    assert not script_of("\n".join(told)).flags


@pytest.mark.parametrize("code", sorted(kinds()))
def test_every_kind_of_news_is_read_from_its_template(code: str) -> None:
    kind = kinds()[code]
    written = script(News(title=kind.title or "Tin", body=kind.body, office="UBND xã"))
    gaps = {gap for sentence in written.sentences for gap in sentence.text.split() if "{" in gap}
    assert not [flag for flag in written.flags if not any(flag.found in gap for gap in gaps)]


STORM = """KHẨN: Bão số 13
Hồi 04h ngày 22/11, gió cấp 12-13 (118-149km/h), giật cấp 16; mưa 200-400mm, có nơi >600mm.
Việc cần làm ngay: (1) Sơ tán trước 17h00; (2) Chuẩn bị lương thực 3-5 ngày.
Cần giúp: 0256 3812 114 (BCH PCTT). Cấp cứu 115, cứu hỏa 114, công an 113."""
STORM_SAID = """KHẨN: Bão số mười ba
Hồi bốn giờ ngày hai mươi hai tháng mười một, gió cấp mười hai đến mười ba (một trăm mười tám \
đến một trăm bốn mươi chín ki-lô-mét một giờ), giật cấp mười sáu; mưa hai trăm đến bốn trăm \
mi-li-mét, có nơi trên sáu trăm mi-li-mét.
Việc cần làm ngay: một là: Sơ tán trước mười bảy giờ; hai là: Chuẩn bị lương thực ba đến năm ngày.
Cần giúp: không hai năm sáu, ba tám một hai, một một bốn (Ban Chấp hành phòng, chống thiên tai).
Cấp cứu một một năm, cứu hỏa một một bốn, công an một một ba."""
STEPS = """1. Mở https://dichvucong.gov.vn, chọn “Đăng nhập”.
2. Nhập số CCCD và mã OTP gồm 6 chữ số.
a) Bản chụp CCCD 2 mặt; b) Ảnh 3x4cm.
Vướng ở bước nào, mời gọi 1022 (nhánh 2), từ 7h30-11h, T2-T6."""
STEPS_SAID = """Một là: Mở Cổng Dịch vụ công quốc gia, chọn “Đăng nhập”.
Hai là: Nhập số căn cước công dân và mã ô tê pê gồm sáu chữ số.
Ý a: Bản chụp căn cước công dân hai mặt; ý bê: Ảnh ba nhân bốn xăng-ti-mét.
Vướng ở bước nào, mời gọi một không hai hai (nhánh hai), từ bảy giờ ba mươi phút đến mười một \
giờ, thứ hai đến thứ sáu."""


@pytest.mark.parametrize(("written", "said"), [(STORM, STORM_SAID), (STEPS, STEPS_SAID)])
def test_a_text_is_read_without_stumbling(written: str, said: str) -> None:
    body = [one.text for one in script_of(written).sentences if one.part is Part.BODY]
    assert "\n".join(body) == said
