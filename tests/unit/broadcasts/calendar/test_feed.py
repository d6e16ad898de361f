"""The .ics of an office, read by rules of RFC 5545 of our own and by a library."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from broadcasts.calendar.feed import Entry, Published, content_of, feed
from tests.unit.broadcasts.calendar import ics

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


def test_what_the_standard_requires_stands_there_and_nothing_that_is_a_time_of_a_zone() -> None:
    calendar = ics.read(feed("Lịch", [ENTRY], made_at=NOW))
    assert calendar.properties["VERSION"] == "2.0"
    assert calendar.properties["PRODID"]
    (event,) = calendar.parts
    assert event.name == "VEVENT"
    assert event.properties["UID"] == ENTRY.uid
    assert event.properties["DTSTAMP"] == "20260301T020000Z"
    # Whole days belong to no zone, so that no VTIMEZONE is wanted.
    for name, day in (("DTSTART", "20260316"), ("DTEND", "20260317")):
        assert (event.parameters[name], event.properties[name]) == ("VALUE=DATE", day)
    assert not any("TZID" in told for told in event.parameters.values())
    (alarm,) = event.parts
    assert (alarm.name, alarm.properties["ACTION"]) == ("VALARM", "DISPLAY")
    assert alarm.properties["TRIGGER"] == "-PT9H"
    assert calendar.properties["REFRESH-INTERVAL"] == "PT6H"


def test_what_is_done_rings_no_more() -> None:
    done = Entry(uid="1", day=ENTRY.day, title="x" * 500, words="", done=True)
    (event,) = ics.read(feed("Lịch", [done], made_at=NOW)).parts
    assert event.parts == []


@given(
    title=st.text(st.characters(exclude_categories=["Cs"]), max_size=300),
    words=st.text(st.sampled_from('ặ🏛\\;,:\r\n\t"x nN\x00\x07\x7f\x85\u2028'), max_size=300),
)
def test_any_words_come_back_as_they_were_without_signs_that_no_text_may_have(
    title: str, words: str
) -> None:
    entry = Entry(uid="1", day=ENTRY.day, title=title, words=words, done=True)
    (event,) = ics.read(feed("Lịch", [entry], made_at=NOW)).parts
    for name, said in (("SUMMARY", title), ("DESCRIPTION", words)):
        kept = re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", said)
        # The library takes a typed \\N for the end of a line.
        assert event.properties[name] == kept.replace("\\N", "\n")


def test_a_calendar_is_told_from_another_by_its_words_never_by_its_moment() -> None:
    later = NOW.replace(hour=9)
    one = Published(name="Lịch", entries=(ENTRY,), changed_at=NOW)
    assert one.written() == one.written()
    assert one.written() != Published(name="Lịch", entries=(ENTRY,), changed_at=later).written()
    assert content_of("Lịch", [ENTRY]) == content_of("Lịch", (ENTRY,))
    assert content_of("Lịch", [ENTRY]) != content_of("Lịch", [])
    assert content_of("Lịch", []) != content_of("Lịch xã B", [])
