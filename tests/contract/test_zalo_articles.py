"""News as an article through the emulator, on both databases: shown first, and told once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from sqlalchemy import exists, false, not_, select

from bot.bell import Bell
from bot.channels.zalo.accounts import AccountStatus
from bot.channels.zalo.articles import Article, Articles, Block
from bot.channels.zalo.calling import Calling
from bot.channels.zalo.making import (
    MOST_POLLS,
    POLL,
    SOON,
    Course,
    Making,
    Step,
    pause_after,
)
from bot.delivery.articles import ArticleSender, Style
from bot.delivery.ledger import SqlLedger
from bot.delivery.shelf import SqlShelf
from bot.storage import run_rows
from bot.storage.broadcast_tables import deliveries
from bot.storage.claim_rows import Owner
from bot.storage.database import Database
from bot.storage.zalo_article_rows import SqlCourses
from bot.storage.zalo_quota_rows import SqlAllowance, quotas_of
from broadcasts.delivery.lane import Lane
from broadcasts.delivery.ports import OPEN
from broadcasts.models import Route, RunId
from broadcasts.targets import EVERYBODY, Target
from tests.conftest import NOON, FrozenClock, let_pass
from tests.fakes.news import a_run, ledger_of, status_of
from tests.fakes.zalo import Clock, FakeZalo, serving_zalo
from tests.fakes.zalo.weather import Break
from tests.fakes.zalo_line import PaperAccounts, line_to

COVER = "https://phuong.vn/static/bia.png"
MOST_ROUNDS = 60
NIGHT = NOON.replace(hour=16)
STEPS = ("/v2.0/article/create", "/v2.0/article/verify", "/v2.0/article/update")

LIKE = Article(
    title="Tin mới",
    author="Xã Mẫu",
    description="Từ ngày 01/12",
    cover=COVER,
    blocks=(Block(text="Từ ngày 01/12"),),
)


class Never:
    """No quiet hours but those of the way."""

    def quiet_until(self, office: str, at: datetime) -> datetime | None:  # noqa: ARG002 - all alike
        return None


@dataclass
class Press:
    """A lane of articles over a database and the emulator; both clocks move together."""

    database: Database
    fake: FakeZalo
    calling: Calling
    clock: FrozenClock = field(default_factory=FrozenClock)

    def __post_init__(self) -> None:
        self.accounts = PaperAccounts(self.fake)
        self.seconds = 0.0
        self.begin_anew()

    def begin_anew(self, allowance: SqlAllowance | None = None) -> None:
        """Be another process."""
        shelf = SqlShelf(self.database, self.clock)
        articles, courses = Articles(self.calling), SqlCourses(self.database)
        self.sender = ArticleSender(
            articles,
            courses,
            self.accounts,
            allowance or SqlAllowance(self.database, self.clock),
            shelf=shelf,
            clock=self.clock,
            style=Style(cover=COVER),
            making=Making(articles, courses, self.clock, poll=0.001),
        )
        owner = Owner(name="one")
        ledger = SqlLedger(self.database, owner, clock=self.clock, bell=Bell(), shelf=shelf)
        self.lane = Lane(
            Route.ZALO_ARTICLE,
            self.sender,
            ledger,
            clock=self.clock,
            hours=Never(),
            elapsed=lambda: self.seconds,
        )

    async def run(self, *, target: Target = EVERYBODY) -> RunId:
        return await a_run(
            self.database, [self.fake.oa.oa_id], route=Route.ZALO_ARTICLE, target=target
        )

    async def pass_by(self, by: timedelta) -> None:
        await let_pass(self.database, self.clock, by)
        self.seconds += by.total_seconds()
        await self.fake.advance(by)

    async def rounds(self, number: int = MOST_ROUNDS, *, until: str = "") -> None:
        """Go on, some seconds after each other, until nothing is left or a row waits for this."""
        for _ in range(number):
            if not await self._is_anything_left(until):
                return
            while not await self.lane.round():
                pass
            await asyncio.sleep(0.02)
            await self.pass_by(timedelta(seconds=6))

    async def _is_anything_left(self, but: str) -> bool:
        waits = (deliveries.c.code == but) if but else false()
        async with self.database.reading() as connection:
            left = select(exists().where(deliveries.c.status.in_(OPEN), not_(waits)))
            return bool((await connection.execute(left)).scalar())

    @property
    def told(self) -> list[tuple[str, ...]]:
        sent = self.fake.broadcasts.sent
        return [tuple(str(one.fields["title"]) for one in news.articles) for news in sent]


@pytest.fixture
async def press(database: Database) -> AsyncIterator[Press]:
    async with serving_zalo(clock=Clock.standing(NOON)) as fake, line_to(fake) as calling:
        made = Press(database, fake, calling)
        yield made
        await made.sender.close()


async def test_an_article_is_made_shown_and_told_to_followers_once(press: Press) -> None:
    follower = press.fake.citizen("1", follows=True)
    run = await press.run()
    await press.rounds()
    (row,) = await ledger_of(press.database, run)
    assert row == (press.fake.oa.oa_id, "sent", "")
    assert press.told == [("Tin mới",)]
    await press.pass_by(timedelta(minutes=30))
    assert [one.kind for one in follower.shown] == ["article"]
    (article,) = press.fake.articles.by_id.values()
    assert article.fields["author"] == press.fake.oa.name
    assert article.fields["cover"]["photo_url"] == COVER
    (text,) = article.fields["body"][:1]
    assert text["content"] == "Từ ngày 01/12 nộp hồ sơ khai sinh trực tuyến."
    assert "https://dichvucong.gov.vn" in article.fields["body"][-1]["content"]


async def test_only_whom_it_is_for_is_told(press: Press) -> None:
    old = press.fake.citizen("1", follows=True, age=7)
    young = press.fake.citizen("2", follows=True, age=2)
    await press.run(target=Target(ages=("7",)))
    await press.rounds()
    await press.pass_by(timedelta(minutes=30))
    assert [len(one.shown) for one in (old, young)] == [1, 0]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("how", [Break.BEFORE, Break.AFTER])
async def test_who_dies_at_a_step_leaves_it_to_the_next_and_nobody_is_told_twice(
    press: Press, step: str, how: Break
) -> None:
    run = await press.run()
    press.fake.weather.breaks(step, how)
    await press.rounds(1)
    await press.sender.close()
    press.begin_anew()
    await press.rounds()
    assert await ledger_of(press.database, run) == [(press.fake.oa.oa_id, "sent", "")]
    assert press.told == [("Tin mới",)]


async def test_what_was_made_and_not_written_down_is_found_again(press: Press) -> None:
    await press.run()
    await press.rounds()
    made = len(press.fake.articles.by_id)
    courses = SqlCourses(press.database)
    course = Course(
        delivery=99, oa=press.fake.oa.oa_id, step=Step.MAKING, changed_at=press.clock.now()
    )
    (article,) = press.fake.articles.by_id.values()
    article.fields["status"] = "hide"
    await courses.keep(course)
    making = Making(Articles(press.calling), courses, press.clock, poll=0.001)
    found = await making.make(99, course.oa, LIKE)
    assert (found.step, found.article) == (Step.SHOWN, article.known)
    assert len(press.fake.articles.by_id) == made


async def test_a_hidden_article_that_was_deleted_is_made_anew_and_told_once(press: Press) -> None:
    run = await press.run()
    press.fake.weather.breaks("/v2.0/article/update", Break.BEFORE)
    await press.rounds(1)
    await press.sender.close()
    (deleted,) = press.fake.articles.by_id.values()
    deleted.removed = True
    press.begin_anew()
    await press.rounds()
    assert await ledger_of(press.database, run) == [(press.fake.oa.oa_id, "sent", "")]
    assert press.told == [("Tin mới",)]
    assert press.fake.ledger.calls["article_create"] == 2


@pytest.mark.parametrize("step", [Step.MADE, Step.HIDDEN])
async def test_what_zalo_does_not_know_when_asked_for_is_made_anew(
    press: Press, step: Step
) -> None:
    courses, oa = SqlCourses(press.database), press.fake.oa.oa_id
    await press.run()
    await press.rounds()
    lost = Course(
        delivery=99, oa=oa, step=step, token="7", article="7", changed_at=press.clock.now()
    )
    await courses.keep(lost)
    making = Making(Articles(press.calling), courses, press.clock, poll=0.001)
    found = await making.make(99, oa, LIKE)
    assert found.step is Step.SHOWN
    assert press.fake.articles.by_id[found.article].published


async def test_what_zalo_goes_on_refusing_is_made_anew_once_and_then_fails(press: Press) -> None:
    press.fake.weather.fail("/v2.0/article/update", -201, None)
    run = await press.run()
    await press.rounds()
    ((_, status, code),) = await ledger_of(press.database, run)
    assert (status, code) == ("failed", "refused")
    assert press.fake.ledger.calls["article_create"] == 2
    assert press.told == []


async def test_an_unclear_broadcast_is_never_repeated(press: Press) -> None:
    run = await press.run()
    press.fake.weather.breaks("/v2.0/oa/message", Break.AFTER)
    await press.rounds()
    press.begin_anew()
    await press.rounds()
    ((_, status, code),) = await ledger_of(press.database, run)
    assert (status, code) == ("uncertain", "uncertain")
    assert len(press.told) == 1


async def test_odd_answers_make_no_heap_of_hidden_articles(press: Press) -> None:
    press.fake.weather.breaks("/v2.0/article/create", Break.NOT_JSON, None)
    run = await press.run()
    await press.rounds(100)
    # Ten minutes, in which each rest is twice the one before.
    assert 3 <= press.fake.ledger.calls["article_create"] <= 6
    press.fake.weather.clear()
    await press.rounds(200)
    assert await ledger_of(press.database, run) == [(press.fake.oa.oa_id, "sent", "")]


def test_who_is_long_at_it_is_asked_more_and_more_seldom() -> None:
    pauses = [pause_after(polled, POLL) for polled in range(MOST_POLLS)]
    assert pauses[:SOON] == [POLL] * SOON
    assert pauses == sorted(pauses)
    assert pauses[-1] == 60


async def test_at_night_it_waits_for_the_morning_and_zalo_is_not_called(press: Press) -> None:
    await press.pass_by(NIGHT - NOON)
    run = await press.run()
    await press.rounds(2)
    assert await ledger_of(press.database, run) == [(press.fake.oa.oa_id, "pending", "night")]
    assert not press.fake.ledger.calls
    await press.pass_by(timedelta(hours=6, minutes=59))
    await press.rounds(2)
    assert not press.fake.ledger.calls
    await press.pass_by(timedelta(minutes=20))
    await press.rounds()
    assert press.told == [("Tin mới",)]
    assert {one.code for one in press.fake.ledger.refusals} <= {-214}


async def test_a_month_without_broadcasts_left_is_not_asked_twice(press: Press) -> None:
    press.fake.oa.broadcasts_a_month = 0
    run = await press.run()
    await press.rounds(until="no_quota")
    assert await ledger_of(press.database, run) == [(press.fake.oa.oa_id, "pending", "no_quota")]
    second = await press.run()
    await press.rounds(until="no_quota")
    assert await ledger_of(press.database, second) == [
        (press.fake.oa.oa_id, "pending", "no_quota")
    ]
    assert [one.code for one in press.fake.ledger.refusals if one.code != -214] == [-211]
    async with press.database.reading() as connection:
        (quota,) = await quotas_of(connection, press.fake.oa.oa_id)
    assert (quota.kind, quota.remain) == ("broadcast", 0)
    press.fake.oa.broadcasts_a_month = 9
    await press.pass_by(timedelta(hours=25))
    await press.rounds()
    assert len(press.told) == 2


async def test_without_consent_the_run_rests_and_goes_on_after_it(press: Press) -> None:
    press.accounts.status = AccountStatus.CONSENT_NEEDED
    run = await press.run()
    await press.rounds(10)
    assert await status_of(press.database, run) == ("paused", "errors")
    assert not press.fake.ledger.calls
    press.accounts.status = AccountStatus.CONNECTED
    async with press.database.writing() as connection:
        assert await run_rows.resume(connection, run)
    await press.rounds()
    assert press.told == [("Tin mới",)]


async def test_a_store_out_of_reach_leaves_nothing_uncertain(press: Press) -> None:
    class Closed(SqlAllowance):
        async def wait(self, oa: str, kind: str) -> float:
            raise OSError(oa, kind)

    run = await press.run()
    press.begin_anew(Closed(press.database, press.clock))
    await press.rounds(2)
    assert await ledger_of(press.database, run) == [(press.fake.oa.oa_id, "pending", "not_ready")]


@pytest.mark.parametrize(("step", "found"), [(Step.SHOWING, "pending"), (Step.SHOWN, "uncertain")])
async def test_who_dies_with_a_row_begun_leaves_it_uncertain_only_if_it_may_have_been_told(
    press: Press, step: Step, found: str
) -> None:
    run = await press.run()
    dead = SqlLedger(
        press.database,
        Owner(name="dead"),
        clock=press.clock,
        bell=Bell(),
        shelf=SqlShelf(press.database, press.clock),
    )
    await dead.running()
    (row,) = await dead.step([], await dead.claim(run, Route.ZALO_ARTICLE, 1))
    course = Course(delivery=row.id, oa=row.address, step=step, changed_at=press.clock.now())
    await SqlCourses(press.database).keep(course)
    await press.pass_by(timedelta(seconds=41))
    await dead.rescue()
    ((_, status, _),) = await ledger_of(press.database, run)
    assert status == found
