"""A province after a busy quarter: what the console's pages are timed over."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Table, insert, text

from bot.conversation.outcomes import Outcome
from bot.messages import ChannelName
from bot.officials.audit import By, Deed
from bot.storage import audit_rows, tables
from bot.storage.console_tables import changes, follow_ups, question_groups, questions
from bot.storage.database import Database

QUESTIONS: Final = 100_000
GROUPS: Final = 20_000
DEEDS: Final = 50_000
CHANGES: Final = 10_000
BATCH: Final = 1_000
DAYS: Final = 90
NOW: Final = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
SAID: Final = """giấy phép xây nhà đất sổ hộ khẩu con nhỏ học bổng vay vốn chăn nuôi lợn gà cấp
đổi thẻ bảo hiểm y tế mất xe máy đường điện nước chợ họp ngày phiên thuê mặt bằng
cây đổ rác thải nộp phạt"""
WORDS: Final = SAID.split()
Row = dict[str, Any]


async def seed(database: Database, offices: list[str]) -> None:
    """Fill an empty database; ``offices`` share the work, most of it at the first."""
    chance = random.Random(20261120)
    asked = list(_asked(chance, offices))
    for table, rows in (
        (tables.inbox, map(_inbox, asked)),
        (tables.turns, map(_turn, asked)),
        (tables.outbox, map(_outbox, asked)),
        (question_groups, _groups(chance, offices)),
        (questions, map(_question, asked)),
        (follow_ups, map(_follow_up, asked[::20])),
        (changes, _changes(chance, offices)),
    ):
        await _fill(database, table, list(rows))
    by = By(officer=1, actor="Nguyễn Thị Đo", address="127.0.0.1")
    deeds = [_deed(number, chance.choice(offices)) for number in range(DEEDS)]
    for first in range(0, DEEDS, BATCH):
        async with database.writing() as connection:
            at = NOW - timedelta(minutes=DEEDS - first)
            await audit_rows.append(connection, deeds[first : first + BATCH], at=at, by=by)
    await _settle(database)


async def _settle(database: Database) -> None:
    """Let new rows be numbered after these, and the planner know of them, as after some days."""
    async with database.writing() as connection:
        if not database.embedded:
            for table in (tables.inbox, tables.outbox, question_groups, changes):
                await connection.execute(
                    text(
                        f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'),"
                        f" (SELECT max(id) FROM {table.name}))"
                    )
                )
        await connection.execute(text("ANALYZE"))


async def _fill(database: Database, table: Table, rows: list[Row]) -> None:
    async with database.writing() as connection:
        for first in range(0, len(rows), BATCH):
            await connection.execute(insert(table), rows[first : first + BATCH])


def _asked(chance: random.Random, offices: list[str]) -> Iterator[Row]:
    for number in range(1, QUESTIONS + 1):
        channel = chance.choice(list(ChannelName))
        user = f"u{number % 30_000}"
        yield {
            "id": number,
            "channel": channel,
            "user": user,
            "conversation": f"{channel}:{user}",
            "text": " ".join(chance.choices(WORDS, k=9)),
            "at": NOW - timedelta(seconds=(QUESTIONS - number) * DAYS * 86_400 // QUESTIONS),
            "office": offices[0] if chance.random() < 0.8 else chance.choice(offices),
            "group": chance.randint(1, GROUPS),
            "outcome": chance.choice(list(Outcome)),
        }


def _inbox(one: Row) -> Row:
    return {
        "id": one["id"],
        "channel": one["channel"],
        "external_id": f"x{one['id']}",
        "user_id": one["user"],
        "conversation": one["conversation"],
        "kind": "text",
        "text": one["text"],
        "masked": "",
        "received_at": one["at"],
        "attempts": 1,
        "done": True,
    }


def _turn(one: Row) -> Row:
    return {
        "inbox_id": one["id"],
        "conversation": one["conversation"],
        "channel": one["channel"],
        "question": one["text"],
        "outcome": one["outcome"],
        "procedure": "",
        "aspect": "overview",
        "hits": "[]",
        "took_ms": 8,
        "created_at": one["at"],
        "office": one["office"],
    }


def _outbox(one: Row) -> Row:
    return {
        "inbox_id": one["id"],
        "seq": 0,
        "channel": one["channel"],
        "user_id": one["user"],
        "conversation": one["conversation"],
        "text": "Xin lỗi, tôi chưa tìm được câu trả lời chắc chắn.",
        "choices": "[]",
        "status": tables.OutboxStatus.SENT,
        "attempts": 1,
        "not_before": one["at"],
        "external_id": "",
        "error_code": "",
        "created_at": one["at"],
        "author": "bot",
    }


def _question(one: Row) -> Row:
    return {
        "inbox_id": one["id"],
        "group": one["group"],
        "office": one["office"],
        "channel": one["channel"],
        "conversation": one["conversation"],
        "text": one["text"],
        "asked_at": one["at"],
    }


def _follow_up(one: Row) -> Row:
    return {
        "inbox_id": one["id"],
        "group": one["group"],
        "office": one["office"],
        "channel": one["channel"],
        "user_id": one["user"],
        "conversation": one["conversation"],
        "agreed_at": one["at"],
        "words": "",
        "status": "waiting",
    }


def _groups(chance: random.Random, offices: list[str]) -> Iterator[Row]:
    for number in range(1, GROUPS + 1):
        last = NOW - timedelta(minutes=chance.randint(0, DAYS * 1440))
        yield {
            "id": number,
            "office": offices[0] if chance.random() < 0.8 else chance.choice(offices),
            "shape": " ".join(chance.choices(WORDS, k=5)),
            "shape_key": f"{number:064d}",
            "sample": " ".join(chance.choices(WORDS, k=9)),
            "near": "",
            "status": "open" if chance.random() < 0.6 else "answered",
            "asked": chance.randint(1, 60),
            "wishes": chance.randint(0, 5),
            "channels": "web,telegram",
            "first_at": last - timedelta(days=1),
            "last_at": last,
            "compared": True,
        }


def _changes(chance: random.Random, offices: list[str]) -> Iterator[Row]:
    for number in range(1, CHANGES + 1):
        yield {
            "kind": "procedure",
            "office": chance.choice(offices),
            "ref": f"1.{number % 900:06d}",
            "title": " ".join(chance.choices(WORDS, k=6)),
            "before": "{}",
            "after": '{"notes": ["Ghi chú thử"]}',
            "token": "0.0",
            "reason": "Sửa thử",
            "status": "waiting" if number % 50 == 0 else "published",
            "needs": "knowledge_publish",
            "author": 1,
            "made_at": NOW - timedelta(minutes=CHANGES - number),
        }


def _deed(number: int, office: str) -> Deed:
    return Deed(
        action="change_published",
        office=office,
        kind="procedure",
        subject=f"1.{number % 900:06d}",
        before={"code": "1"},
        after={"code": "2"},
        note="Sửa thử",
    )
