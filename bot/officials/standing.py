"""What is in force for an office beside its knowledge: words, notices, channels, rules, days.

What an office says counts for those below it until they say otherwise. What was set is kept in
``office_entries`` and read by ``entry_values``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

from bot.messages import ChannelName
from bot.officials.entry_values import Template, Trial, days_set, own_reception, readable
from bot.officials.notices import Notice, NoticeLevel
from bot.officials.office_entries import Entry, Value
from bot.officials.office_rules import Rules
from bot.officials.own_limits import OwnLimit, Profile
from bot.officials.receptions import Body, Reception
from knowledge.models import DayOff


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


def _of_kind(read: Mapping[str, Any], kind: str) -> dict[str, Any]:
    prefix = f"{kind}:"
    return {
        key.removeprefix(prefix): value
        for key, value in read.items()
        if key.startswith(prefix) and value is not None
    }


def _joined(parts: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    return {name: value for part in parts for name, value in part.items()}
