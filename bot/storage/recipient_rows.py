"""Who gets a run's news, in statements that work on all subscribers at once.

The rule of the ways is ``broadcasts.routes.way``; a test compares. A person who stands behind
several addresses is reached once, by the one used last of those that can be reached.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Self

from sqlalchemy import (
    ColumnElement,
    String,
    Subquery,
    and_,
    case,
    cast,
    exists,
    false,
    func,
    insert,
    literal,
    not_,
    null,
    or_,
    select,
    true,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.broadcast_tables import deliveries, subscriber_topics, subscribers
from bot.storage.console_tables import trial_guests
from bot.storage.ended_talks import talk_ended
from bot.storage.many import one_of
from broadcasts.models import Audience, DeliveryStatus, Route, SubscriberStatus
from broadcasts.routes import (
    CS_FREE,
    CS_WINDOW,
    WAYS_OF,
    ZALO,
    Counted,
    Forecast,
    Quiet,
    Reached,
    Unreached,
    Ways,
    foretell,
)

S: Final = subscribers.c
EVERY_WAY: Final = Ways()
WRITTEN: Final = (
    "run",
    "route",
    "subscriber",
    "address",
    "status",
    "code",
    "attempts",
    "not_before",
    "claimed_by",
    "external_id",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Whom a run is for: ``offices`` are the codes of the audience's and of all below them."""

    audience: Audience
    offices: frozenset[str]
    ways: Ways
    at: datetime

    @classmethod
    def of(cls, audience: Audience, offices: Collection[str], ways: Ways, at: datetime) -> Self:
        """Ask for ``audience`` by those of ``ways`` it may have."""
        meant = ways.meant_for(audience)
        return cls(audience=audience, offices=frozenset(offices), ways=meant, at=at)


async def plan_deliveries(
    connection: AsyncConnection,
    run_id: int,
    audience: Audience,
    *,
    offices: Collection[str],
    at: datetime,
    ways: Ways = EVERY_WAY,
) -> int:
    """Write a run's ledger, a row for each person, in the caller's transaction; give the rows.

    ``offices`` are the codes of the audience's offices and of all below them. Nothing is read
    into the program: a hundred thousand are one statement, of some seconds (``unhurried``).
    An account's article is one row for all who follow it, whether they asked for news or not: its
    ``subscriber`` is negative and no subscriber's, its ``address`` the account. Nobody of that
    account is written to as well. To be called once for a run: a second time breaks the
    transaction.
    """
    asked = Asked.of(audience, offices, ways, at)
    publishing = await _publishing(connection, asked)
    chosen = _ranked(asked, publishing, _active())
    people = select(
        literal(run_id),
        chosen.c.route,
        chosen.c.id,
        chosen.c.address,
        literal(str(DeliveryStatus.PENDING)),
        literal(""),
        literal(0),
        literal(asked.at, deliveries.c.not_before.type),
        literal(""),
        literal(""),
    ).where(chosen.c.first == 1, chosen.c.route != Route.ZALO_ARTICLE)
    written = insert(deliveries).from_select(
        WRITTEN, people.order_by(chosen.c.id), include_defaults=False
    )
    done = await connection.execute(written)
    accounts = sorted({asked.ways.accounts[office] for office in publishing})
    if accounts:
        rows = [
            _article(run_id, number, account, asked.at)
            for number, account in enumerate(accounts, start=1)
        ]
        await connection.execute(insert(deliveries), rows)
    return done.rowcount + len(accounts)


def _article(run_id: int, number: int, account: str, at: datetime) -> dict[str, object]:
    return {
        "run": run_id,
        "route": Route.ZALO_ARTICLE,
        "subscriber": -number,
        "address": account,
        "status": DeliveryStatus.PENDING,
        "not_before": at,
    }


async def forecast(
    connection: AsyncConnection,
    audience: Audience,
    *,
    offices: Collection[str],
    at: datetime,
    ways: Ways = EVERY_WAY,
    quiet: Quiet | None = None,
) -> Forecast:
    """Tell what a run that begins ``at`` a moment would take; see ``plan_deliveries``."""
    asked = Asked.of(audience, offices, ways, at)
    return foretell(await _counted(connection, asked), ways, begins=at, quiet=quiet)


async def _counted(connection: AsyncConnection, asked: Asked) -> Counted:
    publishing = await _publishing(connection, asked)
    every = _ranked(asked, publishing, true())
    counts = select(
        every.c.first, every.c.route, every.c.why, every.c.free, func.count()
    ).group_by(every.c.first, every.c.route, every.c.why, every.c.free)
    reached: dict[Route, list[int]] = {}
    unreached: dict[Unreached, int] = {}
    repeated = 0
    for first, route, why, free, number in await connection.execute(counts):
        if not first:
            repeated += number
        elif route is None:
            unreached[Unreached(why)] = unreached.get(Unreached(why), 0) + number
        else:
            told = reached.setdefault(Route(route), [0, 0])
            told[0] += number
            told[1] += number if free else 0
    accounts = len({asked.ways.accounts[office] for office in publishing})
    if accounts:
        # It goes out even where nobody who follows the account has asked for news.
        reached.setdefault(Route.ZALO_ARTICLE, [0, 0])
    return Counted(
        reached={
            route: Reached(
                people=people,
                free=free,
                calls=accounts if route is Route.ZALO_ARTICLE else people,
            )
            for route, (people, free) in reached.items()
        },
        unreached=unreached,
        repeated=repeated,
    )


async def _publishing(connection: AsyncConnection, asked: Asked) -> frozenset[str]:
    """Give the offices whose account publishes an article.

    It does where somebody is reached no other way; and where it is asked for by name and nobody
    is sent a message, so that those who follow and never asked for news are told.
    """
    if Route.ZALO_ARTICLE not in asked.ways.open(asked.audience.routes):
        return frozenset()
    accounts = asked.ways.accounts
    chosen = _ranked(asked, frozenset(), _active())
    going = (
        select(chosen.c.office, chosen.c.route)
        .where(chosen.c.first == 1, chosen.c.route.in_(WAYS_OF[ZALO]))
        .distinct()
    )
    written_to, publishing = set[str](), set[str]()
    for office, route in await connection.execute(going):
        kind = publishing if route == Route.ZALO_ARTICLE else written_to
        kind.add(accounts.get(office, ""))
    if Route.ZALO_ARTICLE in asked.audience.routes:
        publishing |= set(accounts.values()) - written_to
    return frozenset(office for office, account in accounts.items() if account in publishing)


def _active() -> ColumnElement[bool]:
    return S.status == SubscriberStatus.ACTIVE


def _ranked(asked: Asked, publishing: Collection[str], among: ColumnElement[bool]) -> Subquery:
    """Give each subscriber with the way to them and their place among their person's addresses."""
    why = _why(asked)
    route = case((why.is_not(None), null()), else_=_route(asked, publishing))
    met = (
        select(
            S.id, S.office, S.person, S.address, S.seen_at, why.label("why"), route.label("route")
        )
        .where(_meant(asked), among)
        .subquery("met")
    )
    place = func.row_number().over(
        partition_by=met.c.person,
        order_by=(
            case((met.c.route.is_(None), 1), else_=0),
            met.c.seen_at.desc().nulls_last(),
            met.c.id.desc(),
        ),
    )
    fresh = met.c.seen_at > literal(asked.at - CS_FREE, S.seen_at.type)
    return select(
        met.c.id,
        met.c.office,
        met.c.address,
        met.c.route,
        func.coalesce(met.c.why, str(Unreached.NO_WAY)).label("why"),
        case((and_(met.c.route == Route.ZALO_CS, fresh), 1), else_=0).label("free"),
        case((place == 1, 1), else_=0).label("first"),
    ).subquery("ranked")


def _meant(asked: Asked) -> ColumnElement[bool]:
    told: list[ColumnElement[bool]] = [S.office.in_(one_of(asked.offices))]
    audience = asked.audience
    if audience.kinds:
        told.append(S.kind.in_(audience.kinds))
    if audience.topics:
        mine = subscriber_topics.c.subscriber == S.id
        some = exists().where(mine)
        wished = exists().where(mine, subscriber_topics.c.topic.in_(audience.topics))
        told.append(or_(not_(some), wished))
    return and_(*told)


def _why(asked: Asked) -> ColumnElement[str | None]:
    """Give why nobody may write to a subscriber whatever the way; nothing when one may."""
    guest = exists().where(trial_guests.c.conversation == S.channel + ":" + S.address)
    tried = (
        and_(S.office.in_(one_of(asked.ways.trial)), not_(guest)) if asked.ways.trial else false()
    )
    return case(
        *((S.status == status, str(why)) for status, why in STATES),
        (S.channel.in_(sorted(asked.ways.closed)), str(Unreached.CHANNEL_OFF)),
        (S.channel.in_(sorted(asked.ways.muted)), str(Unreached.NEWS_OFF)),
        (tried, str(Unreached.NOT_A_GUEST)),
        (talk_ended(), str(Unreached.NO_MAILBOX)),
        else_=null(),
    )


STATES: Final = (
    (SubscriberStatus.OPTED_OUT, Unreached.OPTED_OUT),
    (SubscriberStatus.BLOCKED, Unreached.BLOCKED),
    (SubscriberStatus.DEAD, Unreached.DEAD),
)


def _route(asked: Asked, publishing: Collection[str]) -> ColumnElement[str | None]:
    """State ``broadcasts.routes.way``; an account that publishes reaches all who follow it."""
    told: list[tuple[ColumnElement[bool], ColumnElement[str]]] = []
    if publishing:
        follows = and_(S.channel == ZALO, S.office.in_(sorted(publishing)))
        told.append((follows, _name(Route.ZALO_ARTICLE)))
    allowed = asked.ways.open(asked.audience.routes)
    further: dict[Route, ColumnElement[bool]] = {
        Route.ZALO_CS: S.seen_at > literal(asked.at - CS_WINDOW, S.seen_at.type),
        Route.ZALO_ARTICLE: S.office.in_(sorted(asked.ways.accounts)),
        Route.ZALO_TEMPLATE: S.office.in_(sorted(asked.ways.templates)),
    }
    for channel, routes in WAYS_OF.items():
        for route in filter(allowed.__contains__, routes):
            condition = and_(S.channel == channel, further.get(route, true()))
            told.append((condition, _name(route)))
    return case(*told, else_=null()) if told else cast(null(), String)


def _name(route: Route) -> ColumnElement[str]:
    return literal(str(route), String)
