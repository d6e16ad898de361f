"""What was typed stands in the tables sealed until it is answered; of what is withheld nothing."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
from prometheus_client import CollectorRegistry
from sqlalchemy import insert, select

from bot.bell import Bell
from bot.conversation.outcomes import Outcome
from bot.conversation.turn import ConversationState, TurnResult
from bot.handling.typed import AsTyped
from bot.intake.inbox import Inbox
from bot.intake.worker import Worker
from bot.messages import ChannelName, IncomingMessage, Reply
from bot.metrics import Metrics
from bot.privacy import PersonalData, mask
from bot.storage.database import Database
from bot.storage.feedback_person_tables import drafts
from bot.storage.inbox_rows import empty_typed
from bot.storage.tables import inbox as inbox_table
from bot.vault import Keyring, Vault, Vaults
from bot.vault.keyring import new_key
from tests.conftest import NOON, FrozenClock
from tests.factories import a_citizen, a_message

VAULTS = Vaults(
    data=Vault(Keyring.parse(new_key("data"))), sealed=Vault(Keyring.parse(new_key("sealed")))
)
TYPED = AsTyped(VAULTS)
TOLD = "gọi em 0912345678, nhà số 8 đường Lê Lợi"


@dataclass
class Reading:
    """Answers nothing and remembers the words it was given as typed."""

    read: list[str] = field(default_factory=list)

    def answer(
        self, message: IncomingMessage, state: ConversationState, *, now: datetime
    ) -> TurnResult:
        self.read.append(TYPED.words(message))
        return TurnResult(outcome=Outcome.MEDIA, replies=(), state=replace(state, spoken_at=now))


def _keep(message: IncomingMessage) -> IncomingMessage:
    for word, kind in (("tố", PersonalData.DENUNCIATION), ("khiếu", PersonalData.COMPLAINT)):
        if message.text.startswith(word):
            return replace(message, text=kind.mark, masked=(kind,))
    hidden = mask(message.text)
    return replace(message, text=hidden.text, masked=hidden.kinds)


async def _stored(database: Database, *texts: str, typed: AsTyped = TYPED) -> list[bytes | None]:
    door = Inbox(database, Bell(), Metrics.on(CollectorRegistry()), keep=_keep, seal=typed.sealed)
    writing = asyncio.create_task(door.writing())
    await door.accept([a_message(text, external_id=str(at)) for at, text in enumerate(texts)])
    writing.cancel()
    return await _sealed(database)


async def _sealed(database: Database) -> list[bytes | None]:
    async with database.reading() as connection:
        rows = await connection.execute(select(inbox_table.c.sealed).order_by(inbox_table.c.id))
        return list(rows.scalars())


async def _read(database: Database, clock: FrozenClock) -> list[str]:
    reading = Reading()
    worker = Worker(
        database, reading, clock=clock, bell=Bell(), metrics=Metrics.on(CollectorRegistry()),
        apology=Reply("x"), kept=frozenset(),
    )  # fmt: skip
    while await worker.round():
        pass
    return reading.read


async def test_the_turn_reads_what_was_typed_and_then_it_is_gone(
    database: Database, clock: FrozenClock
) -> None:
    sealed, plain = await _stored(database, TOLD, "đèn đường hỏng")
    assert sealed
    assert b"0912345678" not in sealed
    assert plain is None, "where nothing was hidden the words stand there as they are"
    async with database.reading() as connection:
        texts = list((await connection.execute(select(inbox_table.c.text))).scalars())
    assert not any("0912345678" in text for text in texts)
    assert await _read(database, clock) == [TOLD, "đèn đường hỏng"]
    assert await _sealed(database) == [None, None]


async def test_it_opens_for_its_own_message_alone(database: Database) -> None:
    sealed, other = await _stored(database, TOLD, TOLD)
    assert sealed != other
    first = replace(_keep(a_message(TOLD, external_id="0")), sealed=sealed)
    assert TYPED.words(first) == TOLD
    elsewhere = replace(first, address=a_citizen("s1", ChannelName.TELEGRAM))
    for wrong in (replace(first, external_id="1"), elsewhere):
        assert TYPED.words(wrong) == first.text == mask(TOLD).text


@pytest.mark.parametrize(
    "said", ["khiếu nại ông A 0912345678", "tố cáo ông A", "mật khẩu vneid của tôi là Abc@12345"]
)
async def test_of_these_nothing_is_kept_even_sealed(database: Database, said: str) -> None:
    assert await _stored(database, said) == [None]


async def test_a_denunciation_after_the_warning_is_sealed_for_its_reader_alone(
    database: Database, clock: FrozenClock
) -> None:
    async with database.writing() as connection:
        talk = a_message().address.conversation
        row = {"conversation": talk, "step": "x", "told_sealed": b""}
        await connection.execute(insert(drafts).values(**row, begun_at=NOON, changed_at=NOON))
    (sealed,) = await _stored(database, "tố cáo ông A ăn tiền")
    assert sealed
    kept = replace(_keep(a_message("tố cáo ông A ăn tiền", external_id="0")), sealed=sealed)
    assert TYPED.words(kept) == "tố cáo ông A ăn tiền"
    without = AsTyped(replace(VAULTS, sealed=VAULTS.data))
    assert without.words(kept) == PersonalData.DENUNCIATION.mark
    await _read(database, clock)
    assert await _sealed(database) == [None]


async def test_without_keys_masked_words_are_all_there_is(
    database: Database, clock: FrozenClock
) -> None:
    assert await _stored(database, TOLD, typed=AsTyped(Vaults(data=None, sealed=None))) == [None]
    assert await _read(database, clock) == [mask(TOLD).text]


async def test_what_waits_too_long_is_answered_by_masked_words(
    database: Database, clock: FrozenClock
) -> None:
    await _stored(database, TOLD)
    async with database.writing() as connection:
        assert await empty_typed(connection, NOON - timedelta(hours=1)) == 0
        assert await empty_typed(connection, NOON + timedelta(days=1)) == 1
    assert await _read(database, clock) == [mask(TOLD).text]
