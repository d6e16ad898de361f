"""What citizens wish done with the data about them: theirs alone, at once, and truly gone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.conversation.desk import Desk
from bot.feedback.wishes import Copy, Data, DataWish, Seal
from bot.handling.own.granting import DAY, MOST, OPEN_FOR
from bot.messages import CitizenAddress
from bot.storage.console_tables import audit_entries
from bot.storage.copy_rows import forget_passes
from bot.storage.database import Database
from bot.storage.feedback_person_tables import consents, copies, data_wishes, sealed_items
from bot.storage.feedback_tables import cases
from bot.storage.outbox_rows import replies_after
from tests.conftest import FrozenClock
from tests.factories import a_citizen
from tests.fakes.filers import Filers
from tests.fakes.own_data import ALL, Person, copies_of, everything, sealed_values, telling

ME, OTHER = a_citizen("7"), a_citizen("8")


@pytest.fixture
def filers(database: Database, clock: FrozenClock, little: Desk) -> Filers:
    return Filers(database, clock, little)


@pytest.fixture
def me(filers: Filers) -> Person:
    return Person(filers, ME, "Xoanlụa")


@pytest.fixture
def other(filers: Filers) -> Person:
    return Person(filers, OTHER, "Bìmbịp")


async def told(filers: Filers, who: CitizenAddress = ME) -> Any:
    async with filers.database.reading() as connection:
        return (await replies_after(connection, who, 0, 500))[-1]


async def copied(filers: Filers, who: CitizenAddress = ME) -> str:
    """Ask for a copy and open it."""
    await filers.says(Copy(), text="dữ liệu của tôi", who=who)
    (one,) = (await told(filers, who)).reply.enclosures
    content = await copies_of(filers).fetched(one.file, who)
    assert content is not None
    return content.decode()


async def test_a_copy_holds_all_that_is_kept_as_it_was_typed(me: Person, other: Person) -> None:
    await other.does("open")
    (case,) = await me.filers.rows(cases)
    await me.does(*ALL, other=case.id)
    page = await copied(me.filers)
    for word in (
        *("Nguyễn Văn Xoanlụa", "0912345678", "ngõ Xoanlụa", "rác Xoanlụa đổ đầy ngõ"),
        *("Bản viết dở", "Nhận tin", "đang nhận tin", "Việc đang theo dõi", "data:image/jpeg"),
        *("Những điều đã được báo, đã đồng ý", "Tin nhắn còn giữ", "đã tiếp nhận"),
    ):
        assert word in page, word
    assert other.mark not in page
    assert "<script" not in page


async def test_words_of_a_citizen_are_never_markup(me: Person) -> None:
    await me.filers.says(text="<script>alert(1)</script>", who=ME)
    page = await copied(me.filers)
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


async def test_a_copy_opens_for_its_chat_alone_and_not_for_long(me: Person) -> None:
    await me.does("open")
    await copied(me.filers)
    (one,) = (await told(me.filers)).reply.enclosures
    made, clock = copies_of(me.filers), me.filers.clock
    assert await made.fetched(one.file, OTHER) is None
    assert await made.fetched(one.file + 1, ME) is None
    clock.move(OPEN_FOR - timedelta(seconds=1))
    assert await made.fetched(one.file, ME) is not None
    assert await made.copy(one.file) is not None
    clock.move(timedelta(seconds=1))
    assert await made.fetched(one.file, ME) is None
    assert await made.copy(one.file) is None


async def test_so_many_copies_a_day_and_no_more(me: Person) -> None:
    for _ in range(MOST):
        await copied(me.filers)
    await me.filers.says(Copy())
    last = (await told(me.filers)).reply
    assert last.enclosures == ()
    assert "đã lấy đủ" in last.text
    assert len(await me.filers.rows(copies)) == MOST
    await me.filers.says(Copy(), who=OTHER)
    assert (await told(me.filers, OTHER)).reply.enclosures
    me.filers.clock.move(DAY)
    await copied(me.filers)


async def test_erasing_begins_no_day_of_copies_anew_and_leaves_nobody_in_what_is_counted(
    me: Person,
) -> None:
    for _ in range(MOST):
        await copied(me.filers)
    (last,) = (await told(me.filers)).reply.enclosures
    await me.filers.says(Data(DataWish.ERASE), text="có", who=ME)
    assert await copies_of(me.filers).copy(last.file) is None
    rows = await me.filers.rows(copies)
    assert len(rows) == MOST
    assert not any(ME.conversation in str(row) for row in rows)
    await me.filers.says(Copy(), who=ME)
    assert "đã lấy đủ" in (await told(me.filers)).reply.text
    me.filers.clock.move(DAY)
    await copied(me.filers)


async def test_passes_are_forgotten_after_they_ended(me: Person) -> None:
    await copied(me.filers)
    async with me.filers.database.writing() as connection:
        assert await forget_passes(connection, me.filers.clock.now()) == 0
        assert await forget_passes(connection, me.filers.clock.now() + DAY) == 1


async def test_nothing_that_was_shown_is_left_when_no_case_is_open(
    me: Person, other: Person
) -> None:
    await other.does(*ALL)
    before = await everything(me.filers)
    (case, *_) = await me.filers.rows(cases)
    await me.does(*(one for one in ALL if one != "open"), other=case.id)
    await copied(me.filers)
    full = await everything(me.filers)
    await me.filers.says(Data(DataWish.ERASE), text="có", who=ME)
    after = await everything(me.filers)
    assert telling(after, me.mark) == {}
    gone = sealed_values(full) - sealed_values(before)
    assert gone
    assert gone.isdisjoint(sealed_values(after))
    assert telling(after, other.mark) == telling(before, other.mark)
    # The message that wished it, and what was said to it.
    left = {name: len(rows) for name, rows in telling(after, ME.conversation).items()}
    assert left == {"inbox": 1, "outbox": 2}
    assert "Đã xóa lúc" in (await told(me.filers)).reply.text
    assert "1 việc đã trả lời" in (await told(me.filers)).reply.text
    assert await me.filers.rows(data_wishes) == []


async def test_an_open_case_stays_whole_and_waits_for_a_person(me: Person) -> None:
    await me.does("ended", "open", "news")
    ended, open_one = sorted(await me.filers.rows(cases), key=lambda one: one.id)
    await me.filers.says(Data(DataWish.ERASE), text="có", who=ME)
    after = {row.id: row for row in await me.filers.rows(cases)}
    assert after[open_one.id] == open_one
    assert (after[ended.id].words, after[ended.id].conversation) == ("", "")
    (wish,) = await me.filers.rows(data_wishes)
    assert (wish.wish, wish.status) == (DataWish.ERASE, "waiting")
    said = (await told(me.filers)).reply.text
    assert "Còn 1 việc đang giải quyết" in said
    assert f"số {wish.id}" in said
    left = {row.case: row.withdrawn_at is None for row in await me.filers.rows(consents)}
    assert left == {ended.id: False, open_one.id: True}
    await me.filers.says(Data(DataWish.ERASE), text="có", who=ME)
    assert len(await me.filers.rows(data_wishes)) == 1


async def test_what_is_sealed_for_its_reader_is_neither_shown_nor_erased(me: Person) -> None:
    await me.filers.says(Seal("ông B nhận hối lộ"), who=ME)
    assert "hối lộ" not in await copied(me.filers)
    await me.filers.says(Data(DataWish.ERASE), who=ME)
    assert len(await me.filers.rows(sealed_items)) == 1


async def test_a_copy_by_the_office_is_noted_once_with_its_day(me: Person) -> None:
    for _ in range(2):
        await me.filers.says(Data(DataWish.EXPORT))
    (wish,) = await me.filers.rows(data_wishes)
    assert wish.wish == DataWish.EXPORT
    assert wish.due_at - wish.asked_at == timedelta(days=20)
    assert f"số {wish.id}" in (await told(me.filers)).reply.text


async def test_the_audit_tells_what_was_done_and_not_of_whom(me: Person) -> None:
    await me.does("ended", "open")
    await copied(me.filers)
    await me.filers.says(Data(DataWish.ERASE), who=ME)
    entries = await me.filers.rows(audit_entries)
    done = ["own_copy_given", "own_data_erased", "wish_recorded"]
    assert [one.action for one in entries] == done
    assert {one.actor for one in entries} == {"citizen"}
    assert not any(word in repr(entries) for word in (me.mark, ME.conversation, "0912"))
