"""A news text becomes a sheet for the announcer, as plain text too."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest

from broadcasts.speaking import News, Part, as_text, script, script_page
from broadcasts.speaking.speech import DATA, Speech

NEWS = News(
    title="Lịch tiếp công dân quý IV",
    body="UBND phường tiếp công dân ngày 15/12.\n- Mời bà con đến dự. Theo XYZT mới.",
    office="UBND phường An Nhơn",
    contacts=("Điện thoại: 0256 3822 345",),
)


def test_the_news_stands_between_its_opening_and_its_closing() -> None:
    written = script(NEWS)
    parts = list(dict.fromkeys(sentence.part for sentence in written.sentences))
    assert parts == list(Part)
    body = [sentence.text for sentence in written.sentences if sentence.part is Part.BODY]
    assert body == [
        "Ủy ban nhân dân phường tiếp công dân ngày mười lăm tháng mười hai.",
        "Mời bà con đến dự.",
        "Theo XYZT mới.",
    ]
    assert "Ủy ban nhân dân phường An Nhơn" in written.sentences[1].text
    assert [flag.found for flag in written.flags] == ["XYZT"]


def test_without_contacts_nobody_is_told_to_call() -> None:
    written = script(News(title="Tin", body="Xin chào.", office="UBND xã"))
    assert Part.CONTACTS not in {sentence.part for sentence in written.sentences}


def test_a_warning_is_called_out_as_one() -> None:
    urgent = News(title="Bão số 5", body="Ở yên trong nhà.", office="UBND xã", urgent=True)
    assert script(urgent).sentences[0].text == "Thông báo khẩn!"


def test_reading_takes_as_long_as_its_syllables_at_the_rate() -> None:
    written = script(NEWS, rate=120)
    assert written.syllables == sum(sentence.syllables for sentence in written.sentences)
    assert written.seconds == -(-written.syllables // 2)
    assert written.minutes == written.seconds / 60
    assert 130 <= script(NEWS).rate <= 150


@pytest.mark.parametrize("rate", [0, -5])
def test_a_rate_of_nothing_is_refused(rate: int) -> None:
    with pytest.raises(ValueError, match=str(rate)):
        script(NEWS, rate=rate)


def test_braces_in_a_name_are_only_signs() -> None:
    written = script(News(title="{office}", body="{0} tin", office="UBND {xã}"))
    assert "{office}" in [sentence.text for sentence in written.sentences]


def test_the_plain_text_has_its_head_the_doubts_and_a_sentence_a_line() -> None:
    written = script(NEWS)
    page = script_page(written, station="Đài truyền thanh phường", slot="17 giờ, 15/12/2026")
    lines = as_text(page).splitlines()
    assert "Nơi phát: Đài truyền thanh phường" in lines
    assert "Giờ phát: 17 giờ, 15/12/2026" in lines
    assert any(f"({written.syllables} tiếng" in line for line in lines)
    assert [line for line in lines if "XYZT" in line and line.startswith("- Câu 6")]
    assert f"{len(written.sentences)}. {written.sentences[-1].text}" in lines


def test_a_short_script_has_seconds_and_no_minutes() -> None:
    page = script_page(script(NEWS, rate=600), station="Đài", slot="17 giờ")
    assert dict(page.head)[page.words.length].startswith("khoảng 10 giây (")


def test_without_doubts_the_plain_text_speaks_of_none() -> None:
    page = script_page(
        script(News(title="Tin", body="Xin chào.", office="UBND xã")), station="Đài", slot="17 giờ"
    )
    assert "CẦN XEM LẠI" not in as_text(page)


def test_hints_are_told_with_the_doubt() -> None:
    news = News(title="Tin", body="Theo DA này.", office="UBND xã")
    page = script_page(script(news), station="Đài", slot="17 giờ")
    assert page.review == (
        "Câu 4: “DA”: chữ viết tắt có nhiều nghĩa, hãy viết đầy đủ (có thể là: dự án)",
    )


def test_an_office_may_say_it_its_own_way(tmp_path: Path) -> None:
    own = copytree(DATA, tmp_path / "words")
    file = own / "abbreviations.vi.toml"
    told = file.read_text(encoding="utf-8")
    file.write_text(told.replace('"xi-pát"', '"chỉ số hài lòng"'), encoding="utf-8")
    news = News(title="SIPAS", body="Tin.", office="UBND xã")
    spoken = script(news, speech=Speech.load(own)).sentences
    assert "Chỉ số hài lòng" in [sentence.text for sentence in spoken]
