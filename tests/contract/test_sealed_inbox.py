"""The sealed inbox: one reader, every look a deed, nothing wiped unread, nothing kept too long."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.casework.deeds import Acting, acting
from bot.channels.kept import KEPT
from bot.conversation.desk import Desk
from bot.feedback.purposes import Purpose, retention
from bot.feedback.sealed import Decision, SealedItem
from bot.feedback.wishes import Seal
from bot.handling.offering import NobodyToAsk, Offering
from bot.handling.sealed_inbox import (
    SealedInbox,
    appoint_reader,
    decidable,
    dismiss_reader,
    erase_decided,
)
from bot.handling.sealing import Seals
from bot.officials.audit import By
from bot.storage import audit_rows
from bot.storage.database import Database
from bot.storage.feedback_person_tables import sealed_items
from bot.storage.sealed_rows import find_item, items_of, offices_read_by
from bot.storage.tables import outbox
from tests.conftest import FrozenClock
from tests.fakes.filers import OFFICE, Desks, Filers

READER, OTHER = 5, 6
WORDS = "ông A nhận tiền của bà B"


# Written out, all knowledge would be.
@dataclass(repr=False)
class Box:
    filers: Filers
    inbox: SealedInbox
    clock: FrozenClock
    database: Database

    @asynccontextmanager
    async def acting(self) -> AsyncIterator[Acting]:
        by = By(officer=READER, actor="reader")
        async with acting(self.database, self.clock, by) as doing:
            yield doing

    async def one(self) -> SealedItem:
        async with self.database.reading() as connection:
            (item,) = await items_of(connection, OFFICE, before=None, limit=9)
            assert await find_item(connection, item.id) == item
        return item

    async def erase(self) -> None:
        async with self.acting() as doing:
            await erase_decided(doing, 9)

    async def deeds(self) -> list[str]:
        async with self.database.reading() as connection:
            entries = await audit_rows.following(connection, 0, 99)
        return [entry.action for entry in entries]


@pytest.fixture
async def box(database: Database, clock: FrozenClock, desk: Desk) -> Box:
    filers = Filers(database, clock, desk)
    offering = Offering(
        desks=Desks(desk), seals=Seals(filers.vault), kept=KEPT, step="what", yes="y", no="n"
    )
    inbox = SealedInbox(
        vault=filers.sealed, offering=offering, kept=lambda _: retention(Purpose.SEALED)
    )
    made = Box(filers, inbox, clock, database)
    async with made.acting() as doing:
        await appoint_reader(doing, OFFICE, READER, "QĐ 12/QĐ-UBND", by=1)
    await filers.says(Seal(WORDS))
    return made


async def test_the_reader_alone_opens_and_every_look_is_a_deed(box: Box) -> None:
    item = await box.one()
    async with box.acting() as doing:
        assert await box.inbox.listed(doing, OFFICE, READER, before=None, limit=9) == (item,)
        assert await box.inbox.opened(doing, item, READER) == WORDS
    for officer in (OTHER, None):
        async with box.acting() as doing:
            assert await box.inbox.listed(doing, OFFICE, officer, before=None, limit=9) is None
            assert await box.inbox.opened(doing, item, officer) is None
            assert not await box.inbox.decide(doing, item, Decision.UNUSABLE, officer)
    assert (await box.one()).opened == 1
    refused = ["sealed_look_refused"] * 6
    looked = ["sealed_reader_appointed", "sealed_listed", "sealed_opened"]
    assert await box.deeds() == looked + refused


async def test_the_audit_holds_no_word_of_it(box: Box) -> None:
    item = await box.one()
    async with box.acting() as doing:
        await box.inbox.opened(doing, item, READER)
    async with box.database.reading() as connection:
        entries = await audit_rows.following(connection, 0, 99)
    assert not any("nhận tiền" in entry.body for entry in entries)


async def test_who_is_dismissed_opens_nothing_more(box: Box) -> None:
    async with box.acting() as doing:
        await dismiss_reader(doing, OFFICE)
        await dismiss_reader(doing, OFFICE)
    item = await box.one()
    async with box.acting() as doing:
        assert await box.inbox.opened(doing, item, READER) is None
    async with box.database.reading() as connection:
        assert await offices_read_by(connection, READER) == ()


@pytest.mark.parametrize(
    ("decision", "kept"), [(Decision.HANDED_OVER, timedelta(days=30)), (Decision.UNUSABLE, None)]
)
async def test_what_was_decided_is_erased_in_time(
    box: Box, decision: Decision, kept: timedelta | None
) -> None:
    item = await box.one()
    async with box.acting() as doing:
        assert await box.inbox.decide(doing, item, decision, READER)
    decided = await box.one()
    assert decidable(decided) == ()
    async with box.acting() as doing:
        await box.inbox.decide(doing, decided, Decision.NONE, READER)
    assert (await box.one()).decision is decision
    if kept:
        await box.erase()
        assert len(await box.filers.rows(sealed_items)) == 1
        box.clock.move(kept)
    await box.erase()
    assert await box.filers.rows(sealed_items) == []
    assert (await box.deeds())[-1] == "sealed_erased"


async def test_nothing_undecided_is_ever_erased(box: Box) -> None:
    box.clock.move(timedelta(days=3650))
    await box.erase()
    assert len(await box.filers.rows(sealed_items)) == 1


async def _offer(box: Box, item: SealedItem) -> None:
    async with box.acting() as doing:
        await box.inbox.decide(doing, item, Decision.OFFERED, READER)


async def test_what_is_no_denunciation_becomes_the_citizens_own_draft(box: Box) -> None:
    item = await box.one()
    async with box.acting() as doing:
        await box.inbox.decide(doing, item, Decision.OFFERED, READER)
    draft = (await box.filers.says()).draft
    assert draft is not None
    assert draft.words == WORDS
    asked = [row for row in await box.filers.rows(outbox) if row.author == "office"]
    assert len(asked) == 1
    assert "nhận tiền" not in asked[0].text
    await box.erase()
    assert await box.filers.rows(sealed_items) == []


async def test_who_files_something_else_is_not_asked_over_it(box: Box) -> None:
    item = await box.one()
    async with box.acting() as doing:
        await box.inbox.decide(doing, item, Decision.OFFERED, READER)
    await box.filers.says(Seal(WORDS))
    async with box.database.reading() as connection:
        newest, _ = await items_of(connection, OFFICE, before=None, limit=9)
    with pytest.raises(NobodyToAsk):
        await _offer(box, newest)
    assert len(await box.filers.rows(sealed_items)) == 2
