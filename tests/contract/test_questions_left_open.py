"""Questions left open, on both databases: kept once, counted by shape, forgotten in time."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import IntegrityError

from bot.channels.kept import KEPT
from bot.messages import ChannelName
from bot.storage.console_tables import question_groups, questions
from bot.storage.database import Database
from bot.storage.finished import Finished
from bot.storage.inbox_rows import store_finished
from bot.storage.retention_rows import GROUPS_LONGER, forget_before
from tests.conftest import NOON
from tests.factories import a_citizen
from tests.fakes.questions import (
    ANSWERED,
    HERE,
    NO_MORE,
    agrees,
    asks,
    groups,
    received,
    stored,
    wishes,
)


async def test_what_was_answered_leaves_nothing_and_costs_nothing(database: Database) -> None:
    statements: list[str] = []
    engine = database.engine.sync_engine
    one, other = await received(
        database, [(a_citizen("a"), ANSWERED), (a_citizen("b"), asks("x"))]
    )

    def note(*told: object) -> None:
        statements.append(str(told[2]))

    event.listen(engine, "before_cursor_execute", note)
    async with database.writing() as connection:
        await store_finished(connection, [one], KEPT)
    answered = statements.copy()
    statements.clear()
    async with database.writing() as connection:
        await store_finished(connection, [other], KEPT)
    event.remove(engine, "before_cursor_execute", note)
    assert not [said for said in answered if "question_groups" in said or "follow_ups" in said]
    # The group and the question itself.
    assert len(statements) == len(answered) + 2
    assert await groups(database) == [("x", 1, 0, "web")]


async def test_the_same_words_are_one_group_of_their_office(database: Database) -> None:
    await stored(database, asks("nuôi tằm"))
    await stored(database, asks("tằm nuôi"), user="7", channel=ChannelName.TELEGRAM)
    await stored(database, asks("nuôi tằm"), user="an")
    await stored(database, asks("nuôi tằm", office="phuong"))
    assert await groups(database) == [
        ("nuôi tằm", 3, 0, "web,telegram"),
        ("nuôi tằm", 1, 0, "web"),
    ]
    async with database.reading() as connection:
        kept = (await connection.execute(select(questions.c.text, questions.c.office))).all()
    assert sorted(map(tuple, kept)) == sorted(
        [("nuôi tằm", HERE), ("tằm nuôi", HERE), ("nuôi tằm", HERE), ("nuôi tằm", "phuong")]
    )


async def test_several_of_one_shape_in_one_round_are_all_counted(database: Database) -> None:
    turns = [(a_citizen(f"c{number}"), asks("nuôi tằm")) for number in range(5)]
    done = await received(database, turns)
    async with database.writing() as connection:
        await store_finished(connection, done, KEPT)
    assert await groups(database) == [("nuôi tằm", 5, 0, "web")]


async def test_processes_counting_at_once_lose_nothing(database: Database) -> None:
    """Each has several groups, in other orders."""
    said = ["a", "b", "c"]
    rounds = [
        await received(
            database,
            [(a_citizen(f"p{n}{text}"), asks(text)) for text in said[n % 3 :] + said[: n % 3]],
        )
        for n in range(6)
    ]

    async def store(done: list[Finished]) -> None:
        async with database.writing() as connection:
            await store_finished(connection, done, KEPT)

    await asyncio.gather(*map(store, rounds))
    assert sorted(await groups(database)) == [(text, 6, 0, "web") for text in said]


async def test_a_turn_stored_twice_is_counted_once(database: Database) -> None:
    (one,) = await received(database, [(a_citizen(), asks("nuôi tằm"))])
    async with database.writing() as connection:
        await store_finished(connection, [one], KEPT)
    with pytest.raises(IntegrityError):
        async with database.writing() as connection:
            await store_finished(connection, [one], KEPT)
    assert await groups(database) == [("nuôi tằm", 1, 0, "web")]


async def test_a_name_too_long_for_its_column_is_left_out_not_cut(database: Database) -> None:
    await stored(database, asks("nuôi tằm", near="x" * 40))
    async with database.reading() as connection:
        assert (await connection.execute(select(question_groups.c.near))).scalar() == ""


async def test_who_agrees_is_noted_once_for_their_own_question(database: Database) -> None:
    first = await stored(database, asks("nuôi tằm"))
    await stored(database, asks("nuôi ong"))
    await stored(database, agrees(first))
    await stored(database, agrees(first))
    assert await wishes(database) == [("nam", "waiting")]
    assert [row[:3] for row in await groups(database)] == [("nuôi tằm", 1, 1), ("nuôi ong", 1, 0)]


async def test_nobody_agrees_to_anothers_question(database: Database) -> None:
    first = await stored(database, asks("nuôi tằm"))
    await stored(database, agrees(first), user="mai")
    await stored(database, agrees("never asked"))
    assert await wishes(database) == []


async def test_an_agreement_is_taken_back_and_given_again(database: Database) -> None:
    first = await stored(database, asks("nuôi tằm"))
    second = await stored(database, asks("nuôi ong"))
    other = await stored(database, asks("nuôi ong"), user="mai")
    for one in (first, second):
        await stored(database, agrees(one))
    await stored(database, agrees(other), user="mai")
    await stored(database, NO_MORE)
    assert await wishes(database) == [
        ("nam", "withdrawn"),
        ("nam", "withdrawn"),
        ("mai", "waiting"),
    ]
    assert [row[2] for row in await groups(database)] == [0, 1]
    await stored(database, agrees(first))
    assert (await wishes(database))[0] == ("nam", "waiting")


async def test_questions_are_forgotten_with_their_messages_groups_later(
    database: Database,
) -> None:
    old = await stored(database, asks("nuôi tằm"), at=NOON - timedelta(days=2))
    await stored(database, agrees(old), at=NOON)
    await stored(database, asks("nuôi ong"))
    await forget_before(database, NOON - timedelta(days=1), kept=KEPT)
    assert await wishes(database) == []
    assert [row[:3] for row in await groups(database)] == [("nuôi tằm", 1, 0), ("nuôi ong", 1, 0)]
    async with database.reading() as connection:
        assert (await connection.execute(select(questions.c.text))).scalars().all() == ["nuôi ong"]
    await forget_before(database, NOON - timedelta(days=1) + GROUPS_LONGER, kept=KEPT)
    assert [row[0] for row in await groups(database)] == ["nuôi ong"]
