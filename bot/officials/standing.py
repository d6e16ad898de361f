"""What is in force for an office beside its knowledge: words, notices, channels, rules, days.

Each thing is an entry: the office, a key (``wording:greeting``, ``notice:…``, ``channel:web``,
``trial``, ``rule:quiet_hours``, ``day:2026-11-24``, ``reception``, ``body:court``,
``deadline:ht_normal``, ``deadline_profile``, ``case_template:rac``) and an object of plain values;
an empty object stands for “as shipped”. What an office says counts for those below it until they
say otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any, Final, Self

from bot.clock import VIETNAM
from bot.messages import ChannelName
from bot.officials.models import Role
from bot.officials.own_limits import OwnLimit, Profile
from bot.officials.permissions import Action, permissions
from bot.officials.receptions import Body, Reception
from bot.officials.talks import LENGTH
from knowledge.models import DayOff, Source

Value = Mapping[str, Any]
# What is done about a citizen's name and telephone on Telegram (rule ``feedback_telegram``).
LINK: Final = "link"
ASK: Final = "ask"
OFF: Final = "off"
ANSWERING: Final = (Action.QUESTIONS_ANSWER, Action.TALKS_TAKE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing an office has set."""

    office: str
    key: str
    value: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """Everything set, by whichever office, and the guests of the trial by conversation.

    ``posts`` are the roles that active officers hold, each with its office; ``None`` while nobody
    has looked. ``accounts`` names the office of each account that citizens write to.
    """

    version: str = ""
    entries: tuple[Entry, ...] = ()
    guests: tuple[str, ...] = ()
    posts: frozenset[tuple[Role, str]] | None = None
    accounts: Mapping[str, str] = field(default_factory=dict)

    def attended(self, line: Collection[str]) -> bool:
        """Tell whether any officer answers questions and talks of the office of ``line``."""
        if self.posts is None:
            return True
        held = {role for role, office in self.posts if office in line}
        return all(held & permissions()[action] for action in ANSWERING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A prepared answer to a case; its ``text`` has gaps, see ``feedback.placeholders``."""

    name: str
    text: str


class NoticeLevel(StrEnum):
    """How urgently a notice speaks."""

    INFO = "info"
    WARNING = "warning"
    STORM = "storm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A line told to everybody from ``begins`` to ``ends``, on every channel."""

    id: str
    level: NoticeLevel
    text: str
    begins: datetime
    ends: datetime

    def shown(self, at: datetime) -> bool:
        """Tell whether it is told at a moment."""
        return self.begins <= at < self.ends

    @property
    def mark(self) -> str:
        """Give what tells it from every other notice, and from itself in other words."""
        return f"{self.id}:{sha256(self.text.encode()).hexdigest()[:8]}"

    @property
    def value(self) -> Value:
        """Give the entry's value."""
        return {
            "level": str(self.level),
            "text": self.text,
            "begins": self.begins.isoformat(),
            "ends": self.ends.isoformat(),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """Whether only guests are answered, and the words by which somebody becomes one."""

    on: bool = False
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What an office decides about its own work; hours are Vietnamese time of day.

    No law states when a commune's loudspeakers speak, provinces and offices do: 6:00 to 21:00
    is what stands until the office says its own, clear of the night's rest (22:00 to 6:00).
    """

    quiet_from: time = time(21, 30)
    quiet_to: time = time(6, 30)
    loud_from: time = time(6, 0)
    loud_to: time = time(21, 0)
    four_eyes: bool = False
    take_over_minutes: int = int(LENGTH / timedelta(minutes=1))
    show_names: bool = False
    case_four_eyes: bool = False
    # Whether cases that were released stand on the public page of this office.
    board: bool = False
    # Of who files feedback on Telegram no personal data are asked by default: that provider's
    # servers keep what is typed. They are sent to the web chat for it, or not heard at all.
    feedback_telegram: str = LINK

    @property
    def take_over(self) -> timedelta:
        """How long a talk is held from an officer's last word."""
        return timedelta(minutes=self.take_over_minutes)

    def quiet_until(self, at: datetime) -> datetime | None:
        """Give when the quiet hours around ``at`` end, or nothing outside of them."""
        here = at.astimezone(VIETNAM)
        if self.quiet_from == self.quiet_to:
            return None
        over_night = self.quiet_from > self.quiet_to
        late, early = here.time() >= self.quiet_from, here.time() < self.quiet_to
        if not ((late or early) if over_night else (late and early)):
            return None
        end = here.replace(
            hour=self.quiet_to.hour, minute=self.quiet_to.minute, second=0, microsecond=0
        )
        return end + timedelta(days=1) if over_night and late else end


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Everything in force for one office at one moment; ``guests`` are conversations' keys.

    ``days`` are each office's own, the nearest office's first: see ``officials.days_off``.
    ``limits`` are those of ``feedback.limits`` that are set, by id; ``profile`` is whose model
    counts for the others, ``None`` for that of the office's province. ``templates`` are prepared
    answers to cases.
    """

    wording: Mapping[str, str] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()
    closed: frozenset[ChannelName] = frozenset()
    trial: Trial = field(default_factory=Trial)
    guests: frozenset[str] = frozenset()
    rules: Rules = field(default_factory=Rules)
    days: tuple[tuple[DayOff, ...], ...] = ()
    reception: Reception | None = None
    bodies: Mapping[str, Body] = field(default_factory=dict)
    limits: Mapping[str, OwnLimit] = field(default_factory=dict)
    profile: Profile | None = None
    templates: Mapping[str, Template] = field(default_factory=dict)

    @classmethod
    def of(
        cls, entries: Iterable[Entry], lineage: Sequence[str], guests: Iterable[str] = ()
    ) -> Self:
        """Join what the offices of ``lineage`` (topmost first) have set; the nearest wins.

        Keys and values another release wrote are left out.
        """
        told: dict[str, Value] = {}
        by_office: dict[str, list[Entry]] = {}
        for entry in entries:
            by_office.setdefault(entry.office, []).append(entry)
        for office in lineage:
            told |= {entry.key: entry.value for entry in by_office.get(office, ())}
        read = {key: readable(key, value) for key, value in told.items() if value}
        return cls(
            wording=_of_kind(read, "wording"),
            notices=tuple(_of_kind(read, "notice").values()),
            closed=frozenset(filter(None, _of_kind(read, "channel").values())),
            trial=read.get("trial") or Trial(),
            guests=frozenset(guests),
            rules=Rules(**_joined(_of_kind(read, "rule").values())),
            days=tuple(
                days
                for office in reversed(lineage)
                if (days := days_set(by_office.get(office, ())))
            ),
            # Nobody receives citizens in another office's stead.
            reception=own_reception(by_office.get(lineage[-1], ())) if lineage else None,
            bodies=_of_kind(read, "body"),
            limits=_of_kind(read, "deadline"),
            profile=read.get("deadline_profile"),
            templates=_of_kind(read, "case_template"),
        )

    def notices_at(self, at: datetime) -> tuple[Notice, ...]:
        """Give what is told at a moment, the most urgent first."""
        order = [*reversed(NoticeLevel)]
        shown = (notice for notice in self.notices if notice.shown(at))
        return tuple(sorted(shown, key=lambda one: (order.index(one.level), one.begins)))

    def refusal(self, channel: ChannelName, conversation: str = "") -> str:
        """Name the sentence with which somebody is turned away, a stranger where none is named.

        Empty for who is served: on a channel switched off nobody, in a trial its guests.
        """
        if channel in self.closed:
            return "channel_off"
        return "trial_closed" if self.trial.on and conversation not in self.guests else ""


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


def _of_kind(read: Mapping[str, Any], kind: str) -> dict[str, Any]:
    prefix = f"{kind}:"
    return {
        key.removeprefix(prefix): value
        for key, value in read.items()
        if key.startswith(prefix) and value is not None
    }


def _joined(parts: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    return {name: value for part in parts for name, value in part.items()}
