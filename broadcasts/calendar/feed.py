"""An office's calendar as a file that phones and mail programs read (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Final

from icalendar import Alarm, Calendar, Event

PRODUCT: Final = "-//hanhchinh-bot//Lich truyen thong//VI"
# How often a program should ask again.
REFRESH: Final = timedelta(hours=6)
# An all-day event is told of the afternoon before, at three.
AHEAD: Final = timedelta(hours=-9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One day in the calendar; ``uid`` stays the same when the day moves."""

    uid: str
    day: date
    title: str
    words: str
    address: str = ""
    done: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A calendar as other programs read it, which says so since ``changed_at`` (UTC)."""

    name: str
    entries: tuple[Entry, ...]
    changed_at: datetime

    def written(self) -> bytes:
        """Write the file; the same calendar gives the same bytes."""
        return feed(self.name, self.entries, made_at=self.changed_at)


def content_of(name: str, entries: Iterable[Entry]) -> str:
    """Give what tells two calendars apart, whenever they are written."""
    return sha256(repr((name, *entries)).encode()).hexdigest()


def feed(name: str, entries: Iterable[Entry], *, made_at: datetime) -> bytes:
    """Write the calendar called ``name``; ``made_at`` is aware, in UTC."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", "Asia/Ho_Chi_Minh")
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    # What Outlook reads in its place.
    calendar.add("x-published-ttl", "PT6H")
    for entry in entries:
        calendar.add_component(_event(entry, made_at))
    return bytes(calendar.to_ical())


def _event(entry: Entry, made_at: datetime) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", made_at)
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + timedelta(days=1))
    event.add("summary", _text(entry.title))
    event.add("description", _text(entry.words))
    event.add("transp", "TRANSPARENT")
    if entry.address:
        event.add("url", entry.address)
    if not entry.done:
        event.add_component(_reminder(entry))
    return event


def _reminder(entry: Entry) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _text(entry.title))
    alarm.add("trigger", AHEAD)
    return alarm


def _text(words: str) -> str:
    """Give words without the signs that no text of a calendar may have (RFC 5545, 3.3.11)."""
    return "".join(sign for sign in words if sign >= " " or sign in "\n\t").replace("\x7f", "")
