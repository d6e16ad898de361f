"""An office's list of what it gave away is what a plain look at every event finds, in order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import import_module
from random import Random
from typing import Any, Final

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, insert

from bot.feedback.models import CaseId
from bot.feedback.moves import Act, CaseState
from bot.feedback.reference import new_reference
from bot.officials.models import OfficerId
from bot.storage import sent_case_rows
from bot.storage.case_reach_rows import sent_from
from bot.storage.conflict_rows import Complained, put_complained
from bot.storage.database import Database
from bot.storage.feedback_tables import cases, events
from bot.storage.sent_case_rows import WantedSent, find_sent, list_sent
from tests.conftest import NOON

OFFICES: Final = ("xa-a", "xa-b", "xa-c", "tinh")
ME: Final = OfficerId(1)
MANY: Final = 120
FAR: Final = datetime(9999, 1, 1, tzinfo=UTC)
STATES: Final = (CaseState.RECEIVED, CaseState.ASSIGNED, CaseState.IN_PROGRESS, CaseState.CLOSED)


@dataclass
class Life:
    """A case with all that was done to it, as plain records."""

    number: int
    office: str
    due_at: datetime | None
    steps: list[dict[str, Any]]

    @property
    def state(self) -> CaseState:
        return CaseState(self.steps[-1]["state"])

    @property
    def is_open(self) -> bool:
        return self.state is not CaseState.CLOSED

    @property
    def senders(self) -> set[str]:
        return {one["sent_from"] for one in self.steps} - {None}

    @property
    def since(self) -> datetime:
        """Go back from the last step as long as the state is the same and nobody gave it away."""
        at: datetime = self.steps[-1]["at"]
        for one in reversed(self.steps):
            if one["state"] != self.state:
                break
            at = one["at"]
            if one["did"] == Act.TRANSFER:
                break
        return at

    def row(self) -> dict[str, Any]:
        return {
            "id": self.number, "office": self.office, "reference": new_reference(),
            "kind": "phan_anh", "topic": "moi_truong", "grade": "simple", "words": "rác",
            "state": self.state, "is_open": self.is_open, "source": "chat", "anonymous": True,
            "received_at": NOON, "due_at": self.due_at, "version": len(self.steps),
        }  # fmt: skip


def _lived(number: int, chance: Random) -> Life:
    due = chance.choice((None, NOON + timedelta(hours=chance.randrange(-90, 90))))
    life = Life(number=number, office=chance.choice(OFFICES), due_at=due, steps=[])
    for version in range(1, chance.randrange(2, 9)):
        given = chance.choice((None, None, *OFFICES))
        sent = given not in {None, life.office}
        state = CaseState.RECEIVED if sent else chance.choice(STATES)
        did = Act.TRANSFER if sent else Act.ASSIGN
        life.steps.append({
            "case": number, "version": version, "at": NOON + timedelta(hours=version),
            "author": "officer", "did": did, "state": state, "public": False,
            "sent_from": life.office if sent else None,
        })  # fmt: skip
        life.office = given if sent and given else life.office
    return life


@pytest.fixture
async def lives(database: Database) -> list[Life]:
    chance = Random(20_261_122)
    told = [_lived(number, chance) for number in range(1, MANY + 1)]
    async with database.writing() as connection:
        await connection.execute(insert(cases), [one.row() for one in told])
        await connection.execute(insert(events), [step for one in told for step in one.steps])
    return told


def _expected(lives: list[Life], wanted: WantedSent) -> list[int]:
    ours = set(OFFICES if wanted.offices is None else wanted.offices)
    found = [
        one
        for one in lives
        if (one.senders & ours) - {one.office}
        and (one.is_open if wanted.state is None else one.state is wanted.state)
    ]
    if wanted.state is CaseState.CLOSED:
        found.sort(key=lambda one: -one.number)
    else:
        found.sort(key=lambda one: (one.due_at or FAR, one.number))
    return [one.number for one in found]


async def _pages(database: Database, wanted: WantedSent, size: int = 7) -> list[CaseId]:
    found, after = [], ""
    async with database.reading() as connection:
        while True:
            page = await list_sent(connection, wanted, ME, after=after, size=size)
            found += [one.id for one in page.rows]
            after = page.next
            if not after:
                return found


async def test_it_lists_what_one_of_its_offices_gave_away_and_has_not_again(
    database: Database, lives: list[Life]
) -> None:
    seen = 0
    for offices in (None, (), ("xa-a",), ("xa-b", "tinh"), OFFICES):
        for state in (None, *STATES):
            wanted = WantedSent(offices=offices, state=state)
            expected = _expected(lives, wanted)
            assert await _pages(database, wanted) == expected, wanted
            seen += len(expected)
    assert seen > MANY


async def test_of_what_has_ended_the_newest_are_listed(
    database: Database, lives: list[Life], monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = WantedSent(offices=OFFICES, state=CaseState.CLOSED)
    monkeypatch.setattr(sent_case_rows, "WINDOW", 9)
    given = [step["case"] for one in lives for step in one.steps if step["sent_from"]]
    newest = sorted(given, reverse=True)[:9]
    assert await _pages(database, wanted) == [
        one for one in _expected(lives, wanted) if one in newest
    ]


async def test_since_when_a_case_stands_there_is_what_its_events_tell(
    database: Database, lives: list[Life]
) -> None:
    async with database.reading() as connection:
        for one in lives:
            found = await find_sent(connection, CaseId(one.number))
            assert (found.state, found.since) == (one.state, one.since), one
            assert await sent_from(connection, CaseId(one.number)) == one.senders


async def test_what_complains_of_the_reader_is_not_listed(
    database: Database, lives: list[Life]
) -> None:
    wanted = WantedSent(offices=("xa-a",))
    first, *others = _expected(lives, wanted)
    async with database.writing() as connection:
        await put_complained(connection, CaseId(first), Complained(officer=ME))
    assert await _pages(database, wanted) == others


def _as_before(connection: Connection) -> None:
    """Take the tables one step back, note in them what was given away, and come back."""
    step = import_module("bot.storage.migrations.versions.0037_sent_from")
    told = '{"from": "xa-a", "to": "xa-b", "reason": "nói \\"rõ\\""}'
    with Operations.context(MigrationContext.configure(connection)):
        step.downgrade()
        for version, did, data in ((1, "file", '{"from": "x"}'), (2, "transfer", told)):
            connection.exec_driver_sql(
                'INSERT INTO feedback_events ("case", version, at, author, did, state, public,'
                f" text, data) VALUES (1, {version}, '{NOON.isoformat()}', 'officer', '{did}',"
                f" 'received', true, '', '{data}')"
            )
        step.upgrade()


async def test_what_was_given_away_before_is_found_by_its_sender_after_the_migration(
    database: Database,
) -> None:
    async with database.writing() as connection:
        await connection.run_sync(_as_before)
        assert await sent_from(connection, CaseId(1)) == {"xa-a"}
