"""From one key to the next: nothing is lost on the way, wherever it is killed."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, select, update

from bot.conversation.desk import Desk
from bot.feedback.models import Contact
from bot.feedback.wishes import File, Keep, Say, Seal
from bot.handling.rekeying import (
    OF_CITIZENS,
    OF_DENUNCIATIONS,
    OF_ZALO,
    Standing,
    rotate,
    standing,
)
from bot.storage.database import Database
from bot.storage.feedback_person_tables import drafts
from bot.storage.feedback_tables import cases, events, feedback_files
from bot.storage.rekeying_rows import PORTION
from bot.storage.tables import metadata
from bot.storage.zalo_tables import arrivals, zalo_accounts, zalo_apps, zalo_consents
from bot.vault import Keyring, Vault, Vaults, place
from bot.vault.keyring import new_key
from tests.conftest import NOON, FrozenClock
from tests.factories import a_citizen
from tests.fakes.filers import Filers, a_draft

OLD, NEW = new_key("2026a"), new_key("2026b")
BEFORE = Vault(Keyring.parse(OLD))
ALONE = Vault(Keyring.parse(NEW))
BOTH = Vault(Keyring.parse(f"{NEW},{OLD}"))
CHANGING = Vaults(data=BOTH, sealed=BOTH)
MANY = PORTION + 7


class Killed(BaseException):
    """Stands for the end of the process between two portions."""


@pytest.fixture
def filers(database: Database, clock: FrozenClock, desk: Desk) -> Filers:
    return Filers(database, clock, desk, vault=BEFORE, sealed=BEFORE)


async def _tell_everything(filers: Filers) -> None:
    contact = Contact(name="Nguyễn Văn An", phone="0912 345 678")
    draft = a_draft((await filers.says()).reserved, anonymous=False, contact=contact)
    await filers.says(File(draft))
    (case,) = (await filers.says()).cases
    await filers.says(Say(case=case.id, words="vẫn chưa ai dọn"), Seal("ông A nhận tiền"))
    other = a_citizen("8")
    await filers.says(Keep(a_draft((await filers.says(who=other)).reserved)), who=other)
    row = {"conversation": "web:7", "media": "image/jpeg", "size": 1, "digest": "d" * 64}
    where = place("feedback_files", "content_sealed", "d" * 64)
    async with filers.database.writing() as connection:
        sealed = {"content_sealed": BEFORE.seal(b"photo", where), "made_at": NOON}
        await connection.execute(insert(feedback_files).values(row | sealed))


async def _connect_an_account(database: Database) -> None:
    where = place("zalo_accounts", "access_sealed", "1")
    account = {
        "oa_id": "1", "office": "p", "status": "connected",
        "access_sealed": BEFORE.seal("access", where),
        "refresh_sealed": BEFORE.seal("refresh", place("zalo_accounts", "refresh_sealed", "1")),
    }  # fmt: skip
    verifier = BEFORE.seal("verifier", place("zalo_apps", "verifier_sealed", "2"))
    begun = BEFORE.seal("verifier", place("zalo_consents", "verifier_sealed", "s"))
    consent = {"state": "s", "office": "p", "officer": 1, "made_at": NOON}
    where = place("arrivals", "body_sealed", "zalo", "k")
    call = {"channel": "zalo", "key": "k", "subject": "k", "event": "x", "attempts": 0}
    at = {"happened_at": NOON, "received_at": NOON, "done": False}
    sealed = {"body_sealed": BEFORE.seal("call", where)}
    async with database.writing() as connection:
        await connection.execute(insert(arrivals).values(call | at | sealed))
        await connection.execute(insert(zalo_accounts).values(account))
        await connection.execute(
            insert(zalo_apps).values(app_id="2", verifier_sealed=verifier, made_at=NOON)
        )
        await connection.execute(insert(zalo_consents).values(verifier_sealed=begun, **consent))


async def _fill(database: Database) -> None:
    """Store more events than a portion holds."""
    rows = [
        {
            "case": 10_000 + at, "version": 1, "at": NOON, "author": "citizen", "did": "x",
            "state": "received", "public": False, "text": "", "data": "{}",
            "text_sealed": BEFORE.seal(
                f"lời {at}", place("feedback_events", "text_sealed", 10_000 + at, 1)
            ),
        }
        for at in range(MANY)
    ]  # fmt: skip
    async with database.writing() as connection:
        await connection.execute(insert(events), rows)


def _left(stood: tuple[Standing, ...]) -> int:
    return sum(one.left for one in stood)


def test_every_sealed_column_there_is_is_gone_through() -> None:
    named = {
        str(column)
        for table in metadata.tables.values()
        for column in table.columns
        if column.name.endswith("_sealed")
    }
    assert named == {str(one.values) for one in (*OF_CITIZENS, *OF_DENUNCIATIONS, *OF_ZALO)}


async def test_everything_sealed_is_sealed_anew_and_found_again(filers: Filers) -> None:
    await _tell_everything(filers)
    await _connect_an_account(filers.database)
    before = await standing(filers.database, CHANGING)
    held = {one.column for one in before if one.keys}
    assert held == {str(one.values) for one in (*OF_CITIZENS, *OF_ZALO, OF_DENUNCIATIONS[0])}
    assert all(one.left == sum(one.keys.values()) for one in before)
    assert _left(await rotate(filers.database, CHANGING)) == 0
    alone = Vaults(data=ALONE, sealed=ALONE)
    after = await standing(filers.database, alone)
    assert {name for one in after for name in one.keys} == {"2026b"}
    assert not any(one.shut for one in after)
    (case,) = await filers.rows(cases)
    assert case.contact_digest == ALONE.digest("0912345678", "telephone")
    filers.vault = ALONE
    assert (await filers.says(who=a_citizen("8"))).draft is not None


async def test_killed_between_two_portions_it_goes_on_with_what_is_left(
    database: Database,
) -> None:
    await _fill(database)

    def kill(_column: str, moved: int) -> None:
        assert moved == PORTION
        raise Killed

    with pytest.raises(Killed):
        await rotate(database, CHANGING, kill)
    stood = await standing(database, CHANGING)
    assert (_left(stood), [one.shut for one in stood if one.shut]) == (MANY - PORTION, [])
    assert _left(await rotate(database, CHANGING)) == 0
    async with database.reading() as connection:
        rows = (await connection.execute(select(events).order_by(events.c.id))).all()
    opened = [
        ALONE.words(row.text_sealed, place("feedback_events", "text_sealed", row.case, 1))
        for row in rows
    ]
    assert opened == [f"lời {at}" for at in range(MANY)]


async def test_what_no_key_opens_stays_and_is_told(filers: Filers) -> None:
    await _tell_everything(filers)
    alone = Vaults(data=ALONE, sealed=None)
    stood = await rotate(filers.database, alone)
    assert {one.shut for one in stood if one.keys} == {("2026a",)}
    assert _left(stood) == sum(sum(one.keys.values()) for one in stood) > 0
    assert _left(await rotate(filers.database, CHANGING)) == 0


async def test_what_was_stored_before_there_was_a_key_is_left_alone(filers: Filers) -> None:
    await _tell_everything(filers)
    async with filers.database.writing() as connection:
        await connection.execute(update(drafts).values(told_sealed=b'{"step":"x"}'))
    assert _left(await rotate(filers.database, CHANGING)) == 0
    (draft,) = await filers.rows(drafts)
    assert draft.told_sealed == b'{"step":"x"}'
