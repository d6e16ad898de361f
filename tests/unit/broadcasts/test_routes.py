"""Which way somebody is reached, what it costs, when it is over."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from broadcasts.models import Route
from broadcasts.routes import Counted, Quiet, Reached, Ways, ends_at, foretell, rules, way

# Noon in Việt Nam.
NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
QUIET = Quiet()
XA = frozenset({"xa"})
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.mark.parametrize(
    ("channel", "days_ago", "ways", "expected"),
    [
        ("web", None, Ways(), Route.WEB),
        ("telegram", None, Ways(), Route.TELEGRAM),
        ("zalo", 6.9, Ways(), Route.ZALO_CS),
        ("zalo", 7, Ways(), None),
        ("zalo", None, Ways(), None),
        ("zalo", 7, Ways(templates=XA), Route.ZALO_TEMPLATE),
        ("zalo", 7, Ways(accounts={"xa": "oa"}), Route.ZALO_ARTICLE),
        ("zalo", 7, Ways(accounts={"phuong": "oa"}), None),
        ("zalo", 7, Ways(templates=XA, accounts={"xa": "oa"}), Route.ZALO_TEMPLATE),
        (
            "zalo",
            7,
            Ways(templates=frozenset({"phuong"}), accounts={"xa": "oa"}),
            Route.ZALO_ARTICLE,
        ),
        ("loa", None, Ways(), None),
    ],
)
def test_a_message_to_one_comes_before_an_article_to_all(
    channel: str, days_ago: float | None, ways: Ways, expected: Route | None
) -> None:
    seen = None if days_ago is None else NOON - timedelta(days=days_ago)
    assert (
        way(
            channel,
            "xa",
            seen,
            open_ways=ways.open(()),
            ways=ways,
            at=NOON,
        )
        is expected
    )


def test_only_ways_that_were_wished_and_may_be_paid_for_are_open() -> None:
    assert Ways().open([Route.WEB, Route.ZALO_TEMPLATE]) == {Route.WEB}
    assert Ways(templates=XA, accounts={"xa": "oa"}).open(()) == set(Route)


def test_a_long_run_rests_in_the_quiet_hours() -> None:
    # From 21:00: half an hour, a night, half an hour.
    nine = NOON + 9 * HOUR
    assert ends_at(nine, HOUR, QUIET) == nine + 10 * HOUR
    assert ends_at(nine, HOUR, None) == nine + HOUR
    assert ends_at(nine, 30 * MINUTE, QUIET) == nine + 30 * MINUTE
    # Fifteen hours a day.
    assert ends_at(nine, 16 * HOUR, QUIET) == nine + 34 * HOUR
    assert ends_at(nine, timedelta(0), QUIET) == nine


@pytest.mark.parametrize(("hours", "waits"), [(9.5, 9), (12, 6.5), (18, 0.5), (18.5, 0), (0, 0)])
def test_what_begins_in_the_quiet_hours_begins_after_them(hours: float, waits: float) -> None:
    at = NOON + hours * HOUR
    assert QUIET.over(at) == at + waits * HOUR


def test_quiet_hours_may_lie_within_a_day_or_not_be_at_all() -> None:
    siesta = Quiet(begins=time(11, 30), ends=time(13, 30))
    assert siesta.over(NOON) == NOON + 1.5 * HOUR
    assert ends_at(NOON - HOUR, HOUR, siesta) == NOON + 2 * HOUR
    never = Quiet(begins=time(0), ends=time(0))
    assert never.over(NOON) == NOON
    assert ends_at(NOON, 100 * HOUR, never) == NOON + 100 * HOUR


def test_a_price_counts_beyond_what_is_free_and_beyond_the_package() -> None:
    counted = Counted(
        reached={
            Route.TELEGRAM: Reached(people=2500, calls=2500),
            Route.ZALO_CS: Reached(people=300, free=100, calls=300),
            Route.ZALO_ARTICLE: Reached(people=4000, calls=1),
        }
    )
    ways = Ways(quotas={Route.ZALO_CS: 150}, paces={Route.TELEGRAM: 10})
    told = foretell(counted, ways, begins=NOON, quiet=QUIET)
    telegram, cs, article = sorted(told.routes, key=lambda one: -one.reached.calls)
    assert (telegram.price, telegram.ends_at) == (0, NOON + timedelta(seconds=250))
    assert (cs.over, cs.price, cs.quota) == (50, 50 * rules()[Route.ZALO_CS].price, 150)
    assert (article.over * article.rule.price, article.quota) == (0, None)
    assert told.price == cs.price
    assert told.ends_at == telegram.ends_at
    assert counted.people == 6800
    assert foretell(Counted(), ways, begins=NOON, quiet=None).ends_at is None


def test_an_article_waits_for_its_hours_even_when_it_is_urgent() -> None:
    counted = Counted(reached={Route.ZALO_ARTICLE: Reached(people=5, calls=1)})
    night = NOON + 11 * HOUR
    told = foretell(counted, Ways(), begins=night, quiet=None)
    assert told.ends_at == NOON + 18 * HOUR + timedelta(seconds=1)
