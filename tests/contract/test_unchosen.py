"""Choices that were offered and not taken, on both databases: found in the stored turns, once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from bot.casework.collecting import AT_ONCE, UNCHOSEN
from bot.casework.collecting import collect as collect_left
from bot.casework.grouping import group_alike
from bot.conversation.desk import Desk
from bot.conversation.outcomes import Outcome
from bot.conversation.turn import TurnResult
from bot.conversation.unchosen import PATIENCE
from bot.messages import MessageKind
from bot.officials.likeness import key_of
from bot.storage.console_tables import progress, question_groups
from bot.storage.database import Database
from bot.storage.pending_rows import open_questions, pending
from tests.conftest import NOON, FrozenClock
from tests.fakes.left import WIFI, counts, kept
from tests.fakes.offers import BIRTH, OFFERS, TELLS_BIRTH, none_fits, pressed, said
from tests.fakes.questions import ANSWERED, HERE, asks, stored

UNANSWERED = replace(ANSWERED, outcome=Outcome.UNANSWERED)
CHAT = replace(ANSWERED, outcome=Outcome.SMALL_TALK)
GUIDE = replace(ANSWERED, outcome=Outcome.GUIDE)
FEEDBACK = replace(ANSWERED, outcome=Outcome.FEEDBACK)


async def collect(
    database: Database, clock: FrozenClock, desk: Desk, at_once: int = AT_ONCE
) -> int:
    return await collect_left(
        database, UNCHOSEN, clock=clock, desk_of=lambda: desk, at_once=at_once
    )


async def test_who_leaves_without_a_choice_comes_before_the_officials(
    database: Database, later: FrozenClock, little: Desk
) -> None:
    await said(database, WIFI, OFFERS)
    assert await collect(database, later, little) == 1
    assert await kept(database) == [(WIFI, "unchosen")]
    assert await counts(database) == [(WIFI, 0, 0, 1, 0)]
    assert await collect(database, later, little) == 0
    assert await counts(database) == [(WIFI, 0, 0, 1, 0)]


async def test_a_choice_may_still_be_taken_for_half_an_hour(
    database: Database, clock: FrozenClock, little: Desk
) -> None:
    await said(database, WIFI, OFFERS)
    clock.move(PATIENCE - timedelta(seconds=1))
    assert await collect(database, clock, little) == 0
    clock.move(timedelta(seconds=1))
    assert await collect(database, clock, little) == 1


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("1", TELLS_BIRTH),
        ("cái thứ hai", GUIDE),
        ("đăng ký khai sinh", TELLS_BIRTH),
        ("Đăng ký kết hôn", GUIDE),
        ("cho con mới sinh", TELLS_BIRTH),
        ("wifi miễn phí của xã", replace(ANSWERED, procedure="2.000001")),
        (WIFI, asks(WIFI)),
    ],
)
async def test_what_is_typed_may_take_one(
    database: Database, later: FrozenClock, little: Desk, text: str, result: TurnResult
) -> None:
    await said(database, WIFI, OFFERS)
    await said(database, text, result, after=2)
    assert await collect(database, later, little) == 0
    assert (WIFI, "unchosen") not in await kept(database)


@pytest.mark.parametrize("value", [f"p:{BIRTH}", f"a:fee:{BIRTH}"])
async def test_what_is_pressed_takes_one(
    database: Database, later: FrozenClock, little: Desk, value: str
) -> None:
    await said(database, WIFI, OFFERS)
    await pressed(database, value, TELLS_BIRTH)
    assert await collect(database, later, little) == 0


async def test_who_says_that_none_is_right_counts_as_that_alone(
    database: Database, later: FrozenClock, little: Desk
) -> None:
    await said(database, WIFI, OFFERS)
    await pressed(database, "none", none_fits(WIFI))
    assert await collect(database, later, little) == 0
    assert await kept(database) == [(WIFI, "none_fits")]
    assert await counts(database) == [(WIFI, 1, 1, 0, 0)]


@pytest.mark.parametrize(
    ("text", "result", "kind"),
    [
        ("làm hộ chiếu mất bao lâu", replace(ANSWERED, procedure="2.000001"), MessageKind.TEXT),
        ("cảm ơn", CHAT, MessageKind.TEXT),
        ("menu", replace(ANSWERED, outcome=Outcome.MENU), MessageKind.CHOICE),
        ("p:2.000001", replace(ANSWERED, procedure="2.000001"), MessageKind.CHOICE),
        ("nuôi tằm", asks("nuôi tằm"), MessageKind.TEXT),
    ],
)
async def test_who_asks_something_else_took_none(
    database: Database,
    later: FrozenClock,
    little: Desk,
    text: str,
    result: TurnResult,
    kind: MessageKind,
) -> None:
    await said(database, WIFI, OFFERS)
    await said(database, text, result, after=2, kind=kind)
    assert await collect(database, later, little) == 1
    assert (WIFI, "unchosen") in await kept(database)


async def test_a_choice_taken_much_later_is_another_matter(
    database: Database, later: FrozenClock, little: Desk
) -> None:
    await said(database, WIFI, OFFERS)
    await said(database, "1", TELLS_BIRTH, after=31)
    assert await collect(database, later, little) == 1


async def test_one_matter_counts_once_by_its_first_words(
    database: Database, later: FrozenClock, little: Desk
) -> None:
    await said(database, WIFI, OFFERS)
    await said(database, "wifi miễn phí ở xã mình", OFFERS, after=1)
    await said(database, "lệ phí bao nhiêu", OFFERS, after=2)
    await pressed(database, f"c:p:{BIRTH}", OFFERS, after=3)
    await said(database, WIFI, OFFERS, user="mai")
    assert await collect(database, later, little) == 2
    assert await counts(database) == [(WIFI, 0, 0, 2, 0)]


async def test_what_is_asked_again_after_an_answer_counts_anew(
    database: Database, later: FrozenClock, little: Desk
) -> None:
    await said(database, WIFI, OFFERS)
    await said(database, "1", TELLS_BIRTH, after=1)
    await said(database, WIFI, OFFERS, after=2)
    assert await collect(database, later, little) == 1


@pytest.mark.parametrize(
    ("text", "result", "masked"),
    [
        ("tôi muốn góp ý", FEEDBACK, ()),
        ("tố cáo […]", CHAT, ("denunciation",)),
        ("tôi muốn khiếu nại quyết định thu hồi đất", UNANSWERED, ()),
    ],
)
async def test_nothing_of_a_talk_with_a_complaint_or_a_denunciation_enters(
    database: Database,
    later: FrozenClock,
    little: Desk,
    text: str,
    result: TurnResult,
    masked: tuple[str, ...],
) -> None:
    await said(database, text, result, masked=masked, user="mai")
    await said(database, WIFI, OFFERS, after=5, user="mai")
    await said(database, WIFI, OFFERS)
    await said(database, text, result, masked=masked, after=5)
    assert await collect(database, later, little) == 0
    assert await kept(database) == []


async def test_the_same_question_left_open_otherwise_is_one_group(
    database: Database, later: FrozenClock, little: Desk
) -> None:
    shape = tuple(sorted(little.knowledge.read(WIFI).telling))
    left = asks(WIFI)
    assert left.unmet is not None
    await stored(database, replace(left, unmet=replace(left.unmet, shape=shape)), user="mai")
    await said(database, WIFI, OFFERS)
    await said(database, "wifi miễn phí ở nhà văn hóa xã", OFFERS, user="lan")
    await collect(database, later, little)
    await group_alike(database, clock=later, rarity=little.knowledge.index.rarity)
    found = await counts(database)
    assert (found[0][:2], sum(one[3] for one in found)) == ((WIFI, 1), 2)
    assert found[0][3] >= 1


async def test_only_what_was_not_answered_waits_for_officials(
    database: Database, later: FrozenClock, little: Desk
) -> None:
    await said(database, WIFI, OFFERS)
    await collect(database, later, little)
    async with database.reading() as connection:
        assert await pending(connection, [open_questions(None)]) == []
    await stored(database, asks("nuôi tằm"))
    async with database.reading() as connection:
        (one,) = await pending(connection, [open_questions([HERE])])
    assert one.count == 1


@pytest.mark.parametrize(
    ("asked", "before", "after"),
    [(0, -60, "open"), (0, 60, "answered"), (1, -60, "answered")],
)
async def test_an_answered_group_is_opened_by_those_asked_since_alone(
    database: Database, later: FrozenClock, little: Desk, asked: int, before: int, after: str
) -> None:
    reading = little.knowledge.read(WIFI)
    shape = tuple(sorted(set(reading.telling)))
    await stored(database, asks("nuôi tằm"))
    async with database.writing() as connection:
        await connection.execute(
            update(question_groups).values(
                shape_key=key_of(shape),
                status="answered",
                asked=asked,
                unchosen=1,
                answered_at=NOON + timedelta(minutes=before),
            )
        )
    await said(database, WIFI, OFFERS)
    await collect(database, later, little)
    async with database.reading() as connection:
        found = (await connection.execute(select(question_groups))).one()
    assert (found.status, found.unchosen, found.asked) == (after, 2, asked)


async def test_many_are_worked_off_in_their_order_slice_by_slice(
    database: Database, later: FrozenClock, little: Desk
) -> None:
    for number in range(12):
        await said(database, f"wifi miễn phí {number}", OFFERS, user=f"u{number}")
    assert await collect(database, later, little, 7) == 7
    assert await collect(database, later, little, 7) == 5
    assert await collect(database, later, little, 7) == 0
    assert len(await kept(database)) == 12


async def test_two_processes_count_each_once(
    database: Database, later: FrozenClock, little: Desk
) -> None:
    for number in range(10):
        await said(database, WIFI, OFFERS, user=f"u{number}")
    done = await asyncio.gather(*(collect(database, later, little) for _ in range(3)))
    assert sum(done) == 10
    assert await counts(database) == [(WIFI, 0, 0, 10, 0)]


async def test_a_lost_mark_counts_nothing_twice(
    database: Database, later: FrozenClock, little: Desk
) -> None:
    await said(database, WIFI, OFFERS)
    await collect(database, later, little)
    async with database.writing() as connection:
        await connection.execute(delete(progress))
    assert await collect(database, later, little) == 0
    assert await counts(database) == [(WIFI, 0, 0, 1, 0)]
