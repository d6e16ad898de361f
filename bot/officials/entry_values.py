"""The values of what offices have set: what each kind of entry says, and how it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from bot.clock import VIETNAM
from bot.messages import ChannelName
from bot.officials.notices import Notice, NoticeLevel
from bot.officials.office_entries import Entry, Value
from bot.officials.office_rules import ASK, LINK, OFF
from bot.officials.own_limits import OwnLimit, Profile
from bot.officials.receptions import Body, Reception
from knowledge.models import DayOff, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A prepared answer to a case; its ``text`` has gaps, see ``feedback.placeholders``."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """Whether only guests are answered, and the words by which somebody becomes one."""

    on: bool = False
    code: str = ""


def days_set(entries: Iterable[Entry]) -> tuple[DayOff, ...]:
    """Read the days among what one office has set."""
    read = (readable(one.key, one.value) for one in entries if one.value)
    return tuple(one for one in read if isinstance(one, DayOff))


def own_reception(entries: Iterable[Entry]) -> Reception | None:
    """Read when one office receives citizens among what it has set."""
    read = (readable(one.key, one.value) for one in entries if one.value)
    return next((one for one in read if isinstance(one, Reception)), None)


def day_value(day: DayOff) -> Value:
    """Give the value of the entry ``day:<first>``."""
    return {
        "name": day.name,
        "last": day.last.isoformat(),
        "works": day.works,
        "note": day.note,
        "source": day.source.name,
        "url": day.source.url,
        "seen": day.source.seen.isoformat(),
    }


def _notice(name: str, value: Value) -> Notice:
    return Notice(
        id=name,
        level=NoticeLevel(value["level"]),
        text=str(value["text"]),
        begins=datetime.fromisoformat(value["begins"]).astimezone(VIETNAM),
        ends=datetime.fromisoformat(value["ends"]).astimezone(VIETNAM),
    )


def _day(name: str, value: Value) -> DayOff:
    seen = date.fromisoformat(value["seen"])
    return DayOff(
        name=str(value["name"]),
        first=date.fromisoformat(name),
        last=date.fromisoformat(value["last"]),
        works=bool(value["works"]),
        note=str(value["note"]),
        source=Source(name=str(value["source"]), url=str(value["url"]), seen=seen),
    )


def _rule(name: str, value: Value) -> dict[str, Any]:
    if name == "quiet_hours":
        quiet_from, quiet_to = map(time.fromisoformat, (value["from"], value["to"]))
        return {"quiet_from": quiet_from, "quiet_to": quiet_to}
    if name == "loud_hours":
        loud_from, loud_to = map(time.fromisoformat, (value["from"], value["to"]))
        return {"loud_from": loud_from, "loud_to": loud_to}
    if name == "take_over_minutes":
        return {name: int(value["minutes"])}
    if name in {"four_eyes", "show_names", "case_four_eyes", "board"}:
        return {name: bool(value["on"])}
    if name == "feedback_telegram" and value["way"] in {LINK, ASK, OFF}:
        return {name: str(value["way"])}
    raise KeyError(name)


def _closed(name: str, value: Value) -> ChannelName | None:
    return ChannelName(name) if value["off"] else None


def _trial(_: str, value: Value) -> Trial:
    return Trial(on=bool(value["on"]), code=str(value["code"]))


READERS: Final[Mapping[str, Callable[[str, Value], Any]]] = {
    "wording": lambda _, value: str(value["text"]),
    "notice": _notice,
    "channel": _closed,
    "trial": _trial,
    "rule": _rule,
    "day": _day,
    "reception": lambda _, value: Reception.read(value),
    "body": lambda _, value: Body.read(value),
    "deadline": lambda _, value: OwnLimit.read(value),
    "deadline_profile": lambda _, value: Profile(value["profile"]),
    "case_template": lambda _, value: Template(name=str(value["name"]), text=str(value["text"])),
}


def readable(key: str, value: Value) -> Any:  # noqa: ANN401 - each kind of key has its own
    """Read one entry's value; nothing when this release cannot."""
    kind, _, name = key.partition(":")
    try:
        return READERS[kind](name, value)
    except (KeyError, TypeError, ValueError):
        return None
