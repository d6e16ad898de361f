"""A run's ledger: each person once, by the way the rule gives, the same as was foretold."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from bot.storage.broadcast_tables import deliveries, subscribers
from bot.storage.database import Database
from bot.storage.ended_talks import ended_talks
from bot.storage.recipient_rows import forecast, plan_deliveries
from bot.storage.standing_rows import add_guest
from bot.storage.tables import inbox
from broadcasts.models import Audience, ReaderKind, Route, SubscriberStatus
from broadcasts.routes import Forecast, Unreached, Ways, way
from tests.conftest import NOON
from tests.fakes.readers import a_reader, keep_talks, subscribe_all

OFFICES = ("xa", "thon")
EVERYBODY = Audience(offices=("xa",))
DAY = timedelta(days=1)


async def _planned(
    database: Database, audience: Audience = EVERYBODY, ways: Ways | None = None, run: int = 1
) -> dict[str, str]:
    """Plan a run, and give the way to each address; what was foretold must be the same."""
    ways = ways or Ways()
    async with database.writing() as connection:
        told = await forecast(connection, audience, offices=OFFICES, at=NOON, ways=ways)
        count = await plan_deliveries(
            connection, run, audience, offices=OFFICES, at=NOON, ways=ways
        )
        rows = (await connection.execute(select(deliveries).where(deliveries.c.run == run))).all()
    assert count == len(rows) == sum(one.reached.calls for one in told.routes)
    by_route = Counter(row.route for row in rows)
    assert by_route == {one.route: one.reached.calls for one in told.routes}
    assert {(row.status, row.attempts, row.not_before) for row in rows} <= {("pending", 0, NOON)}
    return {row.address: row.route for row in rows}


async def _foretold(database: Database, ways: Ways | None = None) -> Forecast:
    async with database.reading() as connection:
        return await forecast(connection, EVERYBODY, offices=OFFICES, at=NOON, ways=ways or Ways())


async def test_active_people_of_the_offices_are_reached_once(database: Database) -> None:
    await subscribe_all(
        database,
        [
            a_reader("telegram", "old", person="An", seen_at=NOON - DAY),
            a_reader("web", "new", person="An", seen_at=NOON),
            a_reader("telegram", "never-wrote", person="An"),
            a_reader("telegram", "below", office="thon"),
            a_reader("telegram", "elsewhere", office="huyen"),
            a_reader("telegram", "gone", status=SubscriberStatus.OPTED_OUT),
            a_reader("telegram", "blocked", status=SubscriberStatus.BLOCKED),
            a_reader("telegram", "dead", status=SubscriberStatus.DEAD),
            # Of somebody who wrote to both at once, the later row counts: the same each time.
            a_reader("telegram", "twin-1", person="Chi", seen_at=NOON),
            a_reader("telegram", "twin-2", person="Chi", seen_at=NOON),
        ],
    )
    await keep_talks(database, [a_reader("web", "new")])
    assert await _planned(database) == {"new": "web", "below": "telegram", "twin-2": "telegram"}
    counted = (await _foretold(database)).counted
    assert counted.repeated == 3
    assert counted.unreached == dict.fromkeys(
        (Unreached.OPTED_OUT, Unreached.BLOCKED, Unreached.DEAD), 1
    )


async def test_who_left_on_one_address_is_reached_on_the_other(database: Database) -> None:
    left = a_reader("web", "left", person="An", seen_at=NOON, status=SubscriberStatus.OPTED_OUT)
    await subscribe_all(database, [a_reader("telegram", "stayed", person="An"), left])
    assert await _planned(database) == {"stayed": "telegram"}


async def test_who_has_no_message_left_on_the_web_is_told_apart_and_left_out(
    database: Database,
) -> None:
    here, ended = (a_reader("web", one, person=one) for one in ("here", "ended"))
    both = [
        a_reader("web", "ended-2", person="An", seen_at=NOON),
        a_reader("telegram", "stays", person="An", seen_at=NOON - DAY),
    ]
    await subscribe_all(database, [here, ended, *both])
    await keep_talks(database, [here])
    assert await _planned(database) == {"here": "web", "stays": "telegram"}
    counted = (await _foretold(database)).counted
    assert (counted.people, counted.repeated) == (2, 1)
    assert counted.unreached == {Unreached.NO_MAILBOX: 1}
    async with database.reading() as connection:
        assert await ended_talks(connection, None) == 2
        assert await ended_talks(connection, ["thon"]) == 0


async def test_kinds_topics_and_ways_narrow_and_who_chose_nothing_hears_all(
    database: Database,
) -> None:
    await subscribe_all(
        database,
        [
            a_reader(address="all"),
            a_reader(address="par"),
            a_reader(address="dvc"),
            a_reader(address="officer", kind=ReaderKind.OFFICIAL),
            a_reader("web", "page"),
        ],
        [(), ("par_index", "sipas"), ("online_service",), (), ("par_index",)],
    )
    await keep_talks(database, [a_reader("web", "page")])
    wished = Audience(offices=("xa",), kinds=(ReaderKind.CITIZEN,), topics=("par_index",))
    assert set(await _planned(database, wished)) == {"all", "par", "page"}
    narrowed = Audience(offices=("xa",), topics=("par_index",), routes=(Route.WEB,))
    assert set(await _planned(database, narrowed, run=2)) == {"page"}


async def test_in_a_trial_its_guests_alone_are_written_to(database: Database) -> None:
    await subscribe_all(
        database,
        [a_reader(address="guest"), a_reader(address="other"), a_reader("web", "page")],
    )
    async with database.writing() as connection:
        await add_guest(connection, "telegram:guest", "xa", at=NOON)
    ways = Ways(trial=frozenset({"xa"}), closed=frozenset({"web"}))
    assert await _planned(database, ways=ways) == {"guest": "telegram"}
    counted = (await _foretold(database, ways)).counted
    assert counted.unreached == {Unreached.NOT_A_GUEST: 1, Unreached.CHANNEL_OFF: 1}


async def test_by_a_channel_that_only_answers_nobody_is_written_to(database: Database) -> None:
    await subscribe_all(database, [a_reader("zalo_bot", "bot"), a_reader(address="tele")])
    assert await _planned(database) == {"bot": "zalo_bot", "tele": "telegram"}
    ways = Ways(muted=frozenset({"zalo_bot"}))
    assert await _planned(database, ways=ways, run=2) == {"tele": "telegram"}
    counted = (await _foretold(database, ways)).counted
    assert counted.unreached == {Unreached.NEWS_OFF: 1}


async def test_an_article_reaches_all_of_an_account_and_nobody_of_it_is_written_to_as_well(
    database: Database,
) -> None:
    await subscribe_all(
        database,
        [
            a_reader("zalo", "lately", seen_at=NOON - DAY),
            a_reader("zalo", "long-ago", seen_at=NOON - 8 * DAY),
            a_reader("zalo", "below", office="thon", seen_at=NOON - 3 * DAY),
        ],
    )
    assert await _planned(database) == {"lately": "zalo_cs", "below": "zalo_cs"}
    counted = (await _foretold(database)).counted
    assert counted.unreached == {Unreached.NO_WAY: 1}
    assert counted.reached[Route.ZALO_CS].free == 1
    apart = Ways(accounts={"xa": "oa-xa", "thon": "oa-thon"})
    assert await _planned(database, ways=apart, run=2) == {
        "oa-xa": "zalo_article",
        "below": "zalo_cs",
    }
    shared = Ways(accounts={"xa": "oa", "thon": "oa"})
    assert await _planned(database, ways=shared, run=3) == {"oa": "zalo_article"}
    assert (await _foretold(database, shared)).counted.people == 3
    paid = Ways(templates=frozenset({"xa"}), accounts={"xa": "oa"})
    assert (await _planned(database, ways=paid, run=4))["long-ago"] == "zalo_template"


async def test_an_article_asked_for_by_name_goes_out_though_nobody_asked_for_news(
    database: Database,
) -> None:
    alone = Audience(offices=("xa",), routes=(Route.ZALO_ARTICLE,))
    both = Audience(offices=("xa",), routes=(Route.ZALO_CS, Route.ZALO_ARTICLE))
    ways = Ways(accounts={"xa": "oa", "thon": "oa"})
    assert await _planned(database, EVERYBODY, ways) == {}
    for run, named in enumerate((alone, both), start=2):
        assert await _planned(database, named, ways, run=run) == {"oa": "zalo_article"}
    await subscribe_all(database, [a_reader("zalo", "lately", seen_at=NOON - DAY)])
    assert await _planned(database, alone, ways, run=4) == {"oa": "zalo_article"}
    assert await _planned(database, both, ways, run=5) == {"lately": "zalo_cs"}
    apart = Ways(accounts={"xa": "oa", "thon": "oa-thon"})
    assert await _planned(database, both, apart, run=6) == {
        "lately": "zalo_cs",
        "oa-thon": "zalo_article",
    }


async def test_what_is_for_officials_or_on_trial_is_never_an_article(database: Database) -> None:
    long_ago = NOON - 8 * DAY
    await subscribe_all(
        database,
        [
            a_reader("zalo", "guest", seen_at=long_ago),
            a_reader("zalo", "officer", kind=ReaderKind.OFFICIAL, seen_at=long_ago),
        ],
    )
    async with database.writing() as connection:
        await add_guest(connection, "zalo:guest", "xa", at=NOON)
    ways = Ways(accounts={"xa": "oa"})
    for number, routes in enumerate(((), (Route.ZALO_ARTICLE,)), start=1):
        officials = Audience(offices=("xa",), kinds=(ReaderKind.OFFICIAL,), routes=routes)
        assert await _planned(database, officials, ways, run=number) == {}
        everybody = Audience(offices=("xa",), routes=routes)
        tried = replace(ways, trial=frozenset({"xa"}))
        assert await _planned(database, everybody, tried, run=10 + number) == {}
        assert await _planned(database, everybody, ways, run=20 + number) == {"oa": "zalo_article"}


async def test_a_run_is_planned_once(database: Database) -> None:
    await subscribe_all(database, [a_reader()])
    await _planned(database)
    with pytest.raises(IntegrityError):
        await _planned(database)


@pytest.mark.parametrize("seed", range(8))
async def test_the_statement_says_what_the_rule_says(database: Database, seed: int) -> None:
    """Random subscribers and wishes: the same people by the same ways as one by one."""
    chance = random.Random(seed)
    for run in range(1, 4):
        async with database.writing() as connection:
            await connection.execute(delete(subscribers))
            await connection.execute(delete(inbox))
        readers = [_random_reader(chance, number) for number in range(60)]
        await subscribe_all(database, readers)
        await keep_talks(database, filter(_spoke, readers))
        ways = Ways(
            templates=frozenset(office for office in OFFICES if chance.random() < 0.2),
            accounts={office: "oa" for office in OFFICES if chance.random() < 0.3},
            closed=frozenset({"web"} if chance.random() < 0.2 else ()),
            muted=frozenset({"zalo_bot"} if chance.random() < 0.5 else ()),
        )
        wanted = tuple(chance.sample(list(Route), 3)) if chance.random() < 0.5 else ()
        audience = Audience(offices=("xa",), routes=wanted)
        assert await _planned(database, audience, ways, run) == _one_by_one(
            readers, audience, ways
        )


def _spoke(reader: dict[str, Any]) -> bool:
    return reader["seen_at"] is not None


def _random_reader(chance: random.Random, number: int) -> dict[str, Any]:
    seen = chance.choice([None, NOON - chance.randrange(12) * DAY])
    return a_reader(
        chance.choice(["web", "telegram", "zalo", "zalo_bot"]),
        f"a{number}",
        office=chance.choice([*OFFICES, "huyen"]),
        person=f"p{chance.randrange(40)}",
        seen_at=seen,
        status=chance.choice([SubscriberStatus.ACTIVE] * 5 + list(SubscriberStatus)),
    )


def _one_by_one(readers: list[dict[str, Any]], audience: Audience, ways: Ways) -> dict[str, str]:
    plain = _ways_of(readers, audience, ways)
    ours = {one["address"] for one in readers if one["office"] in ways.accounts}
    written_to = {a for a, r in plain.items() if r in {"zalo_cs", "zalo_template"}} & ours
    named = Route.ZALO_ARTICLE in audience.routes and bool(ways.accounts) and not written_to
    if "zalo_article" not in plain.values() and not named:
        return plain
    # Somebody needs the article, or it is wished and nobody gets a message: it goes to all.
    accounts = ways.accounts
    followers = [
        {**one, "channel": "zalo_follower"}
        if one["channel"] == "zalo" and one["office"] in accounts
        else one
        for one in readers
    ]
    told = _ways_of(followers, audience, ways)
    return {a: r for a, r in told.items() if r != "zalo_article"} | {"oa": "zalo_article"}


def _ways_of(readers: list[dict[str, Any]], audience: Audience, ways: Ways) -> dict[str, str]:
    reached = defaultdict(list)
    for number, one in enumerate(readers):
        route = (
            Route.ZALO_ARTICLE
            if one["channel"] == "zalo_follower"
            else way(
                one["channel"],
                one["office"],
                one["seen_at"],
                open_ways=ways.open(audience.routes),
                ways=ways,
                at=NOON,
            )
        )
        if (
            route
            and one["office"] in OFFICES
            and one["status"] == SubscriberStatus.ACTIVE
            and one["channel"] not in ways.closed | ways.muted
            and (one["channel"] != "web" or _spoke(one))
        ):
            seen = one["seen_at"]
            order = (seen is not None, seen or NOON, number)
            reached[one["person"]].append((order, one["address"], str(route)))
    return {address: route for _, address, route in map(max, reached.values())}
