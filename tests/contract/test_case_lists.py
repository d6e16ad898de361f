"""The inbox lists what a plain look at every row finds, tab by tab, filter by filter, in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from random import Random
from typing import Any, Final

import pytest
from sqlalchemy import insert

from bot.clock import VIETNAM
from bot.feedback.kinds import Kind
from bot.feedback.models import CaseId, Source, UnitId
from bot.feedback.moves import CaseState
from bot.feedback.reference import new_reference, shown
from bot.officials.models import OfficerId
from bot.storage.case_answer_rows import DraftStatus
from bot.storage.case_list_rows import Wanted, list_cases
from bot.storage.case_tab_rows import NOT_TOLD, Desk, Tab, count_tabs
from bot.storage.database import Database
from bot.storage.feedback_tables import answers, cases, notices
from bot.storage.notice_rows import NoticeStatus
from tests.conftest import NOON

Row = dict[str, Any]
MANY: Final = 80
HERE, THERE, FAR = "xa-a", "xa-b", "xa-c"
ME: Final = OfficerId(1)
MINE: Final = (UnitId(1), UnitId(2))
NEVER: Final = datetime(9999, 1, 1, tzinfo=UTC)
DESK: Final = Desk(officer=ME, units=MINE, now=NOON, soon=NOON + timedelta(days=1))
OPEN: Final = frozenset(set(CaseState) - {CaseState.ANSWERED, CaseState.CLOSED, CaseState.REFUSED})
PIECES: Final = ("rác đầu ngõ", "Đèn đường 100%", "loa_phường", "ngõ 'sâu'", "CỐNG tắc")


def _row(number: int, chance: Random) -> Row:
    state = chance.choice(list(CaseState))
    desk = chance.random() < 0.3
    received = NOON - timedelta(hours=chance.randrange(2_000))
    return {
        "id": number,
        "office": chance.choice((HERE, HERE, THERE, FAR)),
        "reference": new_reference(),
        "kind": chance.choice((Kind.REPORT, Kind.PROPOSAL, Kind.PRAISE)),
        "topic": chance.choice(("moi_truong", "chieu_sang")),
        "grade": "simple",
        "urgent": chance.random() < 0.1,
        "state": state,
        "is_open": state in OPEN,
        "words": chance.choice(PIECES),
        "place": chance.choice(("", *PIECES)),
        "hamlet": chance.choice(("", "Thôn 1", "Thôn 10")),
        "source": Source.DESK if desk else Source.CHAT,
        "channel": "" if desk else chance.choice(("web", "telegram")),
        "anonymous": True,
        "unit": chance.choice((None, 1, 2, 3)),
        "officer": chance.choice((None, None, 1, 2)),
        "received_at": received,
        "due_at": chance.choice((None, NOON, NOON + timedelta(hours=chance.randrange(-99, 99)))),
        "version": 1,
    }


@pytest.fixture
async def rows(database: Database) -> list[Row]:
    """Cases of each office, answers on their way, notices some of which nobody heard."""
    chance = Random(20_261_122)
    kept = [_row(number, chance) for number in range(1, MANY + 1)]
    for one in kept:
        one["status"] = chance.choice((*NoticeStatus, None, None))
        one["draft"] = chance.choice((*DraftStatus, None, None))
    async with database.writing() as connection:
        for one in kept:
            await connection.execute(
                insert(cases).values({key: one[key] for key in one.keys() - {"status", "draft"}})
            )
            if one["draft"]:
                await connection.execute(
                    insert(answers).values(
                        case=one["id"], version=1, result="done", text="xong", author=1,
                        status=one["draft"], changed_at=NOON,
                    )
                )  # fmt: skip
            if one["status"]:
                await connection.execute(
                    insert(notices).values(
                        case=one["id"], version=1, conversation="web:1", channel="web",
                        user_id="1", office=one["office"], status=one["status"], at=NOON,
                    )
                )  # fmt: skip
    return kept


def _stands(one: Row, tab: Tab) -> bool:
    due = one["due_at"]
    free = one["unit"] in MINE and one["officer"] is None
    submitted = one["draft"] is DraftStatus.SUBMITTED
    return {
        Tab.MINE: one["is_open"] and (one["officer"] == ME or free),
        Tab.UNASSIGNED: one["is_open"] and one["state"] is CaseState.RECEIVED,
        Tab.TO_SIGN: submitted and one["state"] in (CaseState.IN_PROGRESS, CaseState.ANSWERED),
        Tab.SOON: one["is_open"] and due is not None and NOON <= due <= DESK.soon,
        Tab.OVERDUE: one["is_open"] and due is not None and due < NOON,
        Tab.UNTOLD: one["status"] in NOT_TOLD,
        Tab.ALL: True,
    }[tab]


def _fits(one: Row, wanted: Wanted) -> bool:
    said = f"{one['words']}\n{one['place']}".lower()
    received = one["received_at"].astimezone(VIETNAM).date()
    named = ("state", "kind", "topic", "unit", "officer")
    return (
        (wanted.offices is None or one["office"] in wanted.offices)
        and all(getattr(wanted, name) in (None, "", one[name]) for name in named)
        and wanted.hamlet.lower() in one["hamlet"].lower()
        and wanted.channel in ("", one["channel"], one["source"])
        and (wanted.text.lower() in said or wanted.text == shown(one["reference"]))
        and (wanted.first is None or received >= wanted.first)
        and (wanted.last is None or received <= wanted.last)
        and _stands(one, wanted.tab)
    )


def _expected(kept: list[Row], wanted: Wanted) -> list[int]:
    found = [one for one in kept if _fits(one, wanted)]
    if wanted.tab is Tab.ALL:
        found.sort(key=lambda one: (one["received_at"], one["id"]), reverse=True)
    else:
        found.sort(key=lambda one: (one["due_at"] or NEVER, one["id"]))
    return [one["id"] for one in found]


def _filters(kept: list[Row]) -> Iterator[Wanted]:
    """Give each tab under each filter, and under two that few cases fit together."""
    day = NOON.date() - timedelta(days=30)
    narrow: list[Row] = [
        {},
        {"state": CaseState.RECEIVED},
        {"kind": Kind.PRAISE},
        {"topic": "chieu_sang", "hamlet": "thôn 1"},
        {"channel": "telegram"},
        {"channel": "desk", "unit": 3},
        {"officer": 2},
        {"first": day, "last": day + timedelta(days=9)},
        {"text": "100%"},
        {"text": "a_p"},
        {"text": "rác"},
        {"text": "cống"},
        {"text": "ĐÈN"},
        {"text": shown(kept[7]["reference"])},
    ]
    for tab, more in product(Tab, narrow):
        for offices in (None, (HERE,), (HERE, FAR), ()):
            yield replace(Wanted(offices=offices, tab=tab), **more)


async def _pages(database: Database, wanted: Wanted) -> list[CaseId]:
    found, after = [], ""
    async with database.reading() as connection:
        while True:
            page = await list_cases(connection, wanted, DESK, after=after, size=7)
            found += [one.id for one in page.rows]
            after = page.next
            if not after:
                return found


async def test_each_tab_under_each_filter_lists_what_a_plain_look_finds(
    database: Database, rows: list[Row]
) -> None:
    known = [one for one in _filters(rows) if await _pages(database, one) != _expected(rows, one)]
    assert known == []
    assert sum(bool(_expected(rows, one)) for one in _filters(rows)) > 150


async def test_each_tab_counts_what_it_lists(database: Database, rows: list[Row]) -> None:
    for offices in (None, (HERE,), (THERE, FAR), ()):
        async with database.reading() as connection:
            counted = await count_tabs(connection, offices, DESK)
        assert counted == {
            tab: len(_expected(rows, Wanted(offices=offices, tab=tab)))
            for tab in Tab
            if tab is not Tab.ALL
        }
