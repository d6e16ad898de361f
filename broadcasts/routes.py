"""Which way somebody is reached, what that costs and when it will be over.

``way`` is the rule for one person; whoever plans thousands at once states the same rule in SQL
and is tested against it. What each way allows stands in ``data/routes.toml`` with its sources.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final, Self
from zoneinfo import ZoneInfo

from broadcasts.models import Audience, Route

DATA: Final = Path(__file__).parent / "data" / "routes.toml"
VIETNAM: Final = ZoneInfo("Asia/Ho_Chi_Minh")
ZALO: Final = "zalo"
DAY: Final = timedelta(days=1)
# The ways of a channel, the best first: a message to one person before an article to all.
WAYS_OF: Final[Mapping[str, tuple[Route, ...]]] = {
    "web": (Route.WEB,),
    "telegram": (Route.TELEGRAM,),
    ZALO: (Route.ZALO_CS, Route.ZALO_TEMPLATE, Route.ZALO_ARTICLE),
    "zalo_bot": (Route.ZALO_BOT,),
}

# Zalo tells that a message to one person arrived and was seen; of an article it tells nothing.
TELLING: Final = frozenset({Route.ZALO_CS, Route.ZALO_TEMPLATE})


class Unreached(StrEnum):
    """Why a subscriber gets nothing."""

    OPTED_OUT = "opted_out"
    BLOCKED = "blocked"
    DEAD = "dead"
    # The office switched the channel off, or tries the bot out with guests alone.
    CHANNEL_OFF = "channel_off"
    # The deployment answers on the channel and sends no news by it.
    NEWS_OFF = "news_off"
    NOT_A_GUEST = "not_a_guest"
    # Of the web chat, with no message left under which news could stand: their talk has ended.
    NO_MAILBOX = "no_mailbox"
    # No way of theirs is allowed now: silent for too long, or the way was not chosen.
    NO_WAY = "no_way"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What one way allows: calls a second, its windows, and đồng for a message outside of them."""

    per_second: float
    days: int | None = None
    free_hours: int = 0
    opens: time | None = None
    closes: time | None = None
    price: int = 0

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> Self:
        """Read a table of ``routes.toml``."""
        aside = {"source", "carries"}
        return cls(**{name: value for name, value in row.items() if name not in aside})


@cache
def rules() -> Mapping[Route, Rule]:
    """Give what each way allows."""
    rows = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return {route: Rule.read(rows[route]) for route in Route}


CS_WINDOW: Final = timedelta(days=rules()[Route.ZALO_CS].days or 0)
CS_FREE: Final = timedelta(hours=rules()[Route.ZALO_CS].free_hours)


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """Đồng for one message, as the provider told it at a moment."""

    each: int
    read_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """Which ways are open to a run.

    ``templates`` are the codes of the offices that pay for templates. ``accounts`` name, by an
    office's code, the account whose article the people of that office follow. ``closed`` are
    channels switched off, ``muted`` those by which the deployment sends no news. In the offices of
    ``trial`` only guests are written to. ``quotas`` are the messages left of a package, ``limits``
    how many may go just now whatever they cost, ``prices`` đồng a message where the provider told
    another than is usual, ``paces`` calls a second where they differ from what the provider
    allows, ``messages`` of how many messages the news consists where it is more than one.
    """

    templates: frozenset[str] = frozenset()
    accounts: Mapping[str, str] = field(default_factory=dict)
    closed: frozenset[str] = frozenset()
    muted: frozenset[str] = frozenset()
    trial: frozenset[str] = frozenset()
    quotas: Mapping[Route, int] = field(default_factory=dict)
    limits: Mapping[Route, int] = field(default_factory=dict)
    prices: Mapping[Route, Price] = field(default_factory=dict)
    paces: Mapping[Route, float] = field(default_factory=dict)
    messages: Mapping[Route, int] = field(default_factory=dict)

    def meant_for(self, audience: Audience) -> Ways:
        """Give these ways without the articles that ``audience`` must not have.

        An article goes to all who follow an account: never for officials alone, from an office on
        trial, or while the deployment sends no news by Zalo.
        """
        silent = ZALO in self.closed | self.muted
        tried = {account for office, account in self.accounts.items() if office in self.trial}
        kept = {} if silent or not audience.is_public else self.accounts
        return replace(self, accounts={o: a for o, a in kept.items() if a not in tried})

    def open(self, wanted: Sequence[Route]) -> frozenset[Route]:
        """Give the ways that may be taken; no ``wanted`` ones mean every one."""
        barred = set() if self.templates else {Route.ZALO_TEMPLATE}
        if not self.accounts:
            barred.add(Route.ZALO_ARTICLE)
        return frozenset(wanted or Route) - barred


def way(
    channel: str,
    office: str,
    seen_at: datetime | None,
    *,
    open_ways: Collection[Route],
    ways: Ways,
    at: datetime,
) -> Route | None:
    """Choose the way to an address at a moment: the best open one; nothing when there is none.

    ``open_ways`` are those of ``ways`` that were wished. ``seen_at`` is when somebody last wrote.
    """
    having = {Route.ZALO_ARTICLE: ways.accounts, Route.ZALO_TEMPLATE: ways.templates}
    for route in WAYS_OF.get(channel, ()):
        lately = seen_at is not None and seen_at > at - CS_WINDOW
        if (
            route in open_ways
            and (route is not Route.ZALO_CS or lately)
            and (route not in having or office in having[route])
        ):
            return route
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """Hours of the day in Việt Nam in which nobody is written to; none when both are the same."""

    begins: time = time(21, 30)
    ends: time = time(6, 30)

    def over(self, at: datetime) -> datetime:
        """Give when one may write from ``at`` on: ``at`` itself outside of the quiet hours."""
        here = at.astimezone(VIETNAM)
        start, end = self._around(here)
        return end if start <= here < end else at

    def next(self, at: datetime) -> datetime | None:
        """Give when the next quiet hours begin after ``at``, which is outside of them."""
        if self.begins == self.ends:
            return None
        here = at.astimezone(VIETNAM)
        today = _at(here, self.begins)
        return today if today > here else today + DAY

    def _around(self, here: datetime) -> tuple[datetime, datetime]:
        """Give the quiet hours that end next."""
        end = _at(here, self.ends)
        if end <= here:
            end += DAY
        start = _at(end, self.begins)
        return (start if start <= end else start - DAY), end


def _at(day: datetime, clock: time) -> datetime:
    return day.replace(hour=clock.hour, minute=clock.minute, second=0, microsecond=0)


def ends_at(begins: datetime, work: timedelta, quiet: Quiet | None) -> datetime:
    """Give when ``work`` that begins then is done, resting in the quiet hours."""
    if quiet is None or work <= timedelta(0):
        return begins + work
    now = quiet.over(begins)
    while (stop := quiet.next(now)) is not None and now + work > stop:
        work -= stop - now
        now = quiet.over(stop)
    return now + work


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """How many are reached by one way, and how many of them without a price."""

    people: int
    free: int = 0
    calls: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Who is reached which way and who is not and why, each person once."""

    reached: Mapping[Route, Reached] = field(default_factory=dict)
    unreached: Mapping[Unreached, int] = field(default_factory=dict)
    # Further addresses of people who are reached by another one.
    repeated: int = 0

    @property
    def people(self) -> int:
        """How many people are reached."""
        return sum(one.people for one in self.reached.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteForecast:
    """What one way will take: đồng beyond what is free, and when it will be over.

    ``quota`` are the messages left of the office's package, ``None`` when none is known; ``over``
    are those that are neither free nor of the package. ``limit`` is how many may go just now, as
    far as is known. ``told`` is the provider's own word of the price, where there is one.
    """

    route: Route
    reached: Reached
    rule: Rule
    quota: int | None
    over: int
    price: int
    ends_at: datetime
    limit: int | None = None
    told: Price | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What a run will take before it is begun."""

    counted: Counted
    routes: tuple[RouteForecast, ...]

    @property
    def price(self) -> int:
        """Give đồng over all ways."""
        return sum(one.price for one in self.routes)

    @property
    def ends_at(self) -> datetime | None:
        """Give when the last way is over; the ways go side by side."""
        return max((one.ends_at for one in self.routes), default=None)


def foretell(counted: Counted, ways: Ways, *, begins: datetime, quiet: Quiet | None) -> Forecast:
    """Tell what reaching ``counted`` takes when it begins then; urgent runs have no ``quiet``."""
    told = [
        _foretold(route, _called(counted, ways, route), ways, begins=begins, quiet=quiet)
        for route in Route
        if route in counted.reached
    ]
    return Forecast(counted=counted, routes=tuple(told))


def _called(counted: Counted, ways: Ways, route: Route) -> Reached:
    reached, each = counted.reached[route], ways.messages.get(route, 1)
    return replace(reached, calls=reached.calls * each, free=reached.free * each)


def _foretold(
    route: Route, reached: Reached, ways: Ways, *, begins: datetime, quiet: Quiet | None
) -> RouteForecast:
    rule = rules()[route]
    quota, told = ways.quotas.get(route), ways.prices.get(route)
    over = max(reached.calls - reached.free - (quota or 0), 0)
    work = timedelta(seconds=reached.calls / ways.paces.get(route, rule.per_second))
    own = Quiet(begins=rule.closes, ends=rule.opens) if rule.opens and rule.closes else None
    return RouteForecast(
        route=route,
        reached=reached,
        rule=rule,
        quota=quota,
        over=over,
        price=over * (told.each if told else rule.price),
        ends_at=ends_at(own.over(begins) if own else begins, work, quiet),
        limit=ways.limits.get(route),
        told=told,
    )
