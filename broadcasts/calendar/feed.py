"""An office's calendar as a file that phones and mail programs read (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
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


def feed(name: str, entries: Iterable[Entry], *, made_at: datetime) -> bytes:
    """Write the calendar called ``name``."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", "Asia/Ho_Chi_Minh")
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry, made_at))
    return bytes(calendar.to_ical())


def _event(entry: Entry, made_at: datetime) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", made_at)
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + timedelta(days=1))
    event.add("summary", entry.title)
    event.add("description", entry.words)
    event.add("transp", "TRANSPARENT")
    if entry.address:
        event.add("url", entry.address)
    if not entry.done:
        event.add_component(_reminder(entry))
    return event


def _reminder(entry: Entry) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", entry.title)
    alarm.add("trigger", AHEAD)
    return alarm
