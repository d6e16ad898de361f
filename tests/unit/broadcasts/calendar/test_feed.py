"""The .ics of an office, read back by the library that phones' programs resemble."""

from __future__ import annotations

from datetime import UTC, date, datetime

from icalendar import Calendar

from broadcasts.calendar.feed import Entry, feed

NOW = datetime(2026, 3, 1, 2, tzinfo=UTC)
ENTRY = Entry(
    uid="slot-7@hanhchinh-bot",
    day=date(2026, 3, 16),
    title="Chuyên mục CCHC; số 1, tháng 3",
    words="Chủ trì: Văn phòng\nHạn: 31/03/2026",
    address="https://xa.example.gov.vn/console/slots/7",
)


def test_an_entry_is_a_whole_day_with_its_words_and_a_reminder() -> None:
    calendar = Calendar.from_ical(feed("Lịch truyền thông xã A", [ENTRY], made_at=NOW))
    (event,) = calendar.walk("VEVENT")
    assert event.decoded("dtstart") == date(2026, 3, 16)
    assert event.decoded("dtend") == date(2026, 3, 17)
    assert str(event["summary"]) == ENTRY.title
    assert str(event["description"]) == ENTRY.words
    assert str(event["url"]) == ENTRY.address
    assert len(event.walk("VALARM")) == 1
    assert str(calendar["x-wr-calname"]) == "Lịch truyền thông xã A"


def test_what_is_done_rings_no_more_and_lines_keep_to_their_length() -> None:
    done = Entry(uid="1", day=ENTRY.day, title="x" * 500, words="", done=True)
    written = feed("Lịch", [done], made_at=NOW)
    assert not Calendar.from_ical(written).walk("VALARM")
    assert max(map(len, written.split(b"\r\n"))) <= 75
