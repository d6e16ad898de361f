"""``bot knowledge sync`` as an official runs it, against a portal on loopback."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete

from bot.commands.wording import words
from bot.storage.database import create_database
from bot.storage.tables import leases
from knowledge.layers import OfficeEdit
from knowledge.portal import DETAIL
from knowledge.repository import SqlSnapshotStore
from tests.conftest import NOON
from tests.fakes.forked import Forked, fork_command
from tests.fakes.portal import FakePortal, Illness, a_catalogue, a_row

HURRIED = {"PORTAL_PAUSE_MS": "0", "PORTAL_RETRY_SECONDS": "0.1,0.2"}


@pytest.fixture
async def portal() -> AsyncIterator[FakePortal]:
    async with FakePortal(rows=a_catalogue(60)).serving() as serving:
        yield serving


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def report(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.out)
        return told


def start(folder: Path, portal: FakePortal, *options: str) -> Forked:
    environment = {
        "PATH": os.defpath,
        "DATA_DIR": str(folder),
        "PORTAL_URL": portal.url,
        **HURRIED,
    }
    words = ("knowledge", "sync", *options)
    return fork_command(words, environment, out=folder / "out", err=folder / "err")


async def run(folder: Path, portal: FakePortal, *options: str) -> Ran:
    return await ended(folder, start(folder, portal, *options))


async def ended(folder: Path, process: Forked) -> Ran:
    code = await asyncio.wait_for(process.wait(), 60)
    out, err = ((folder / name).read_text(encoding="utf-8") for name in ("out", "err"))
    return Ran(code, out, err)


async def test_the_first_walk_reads_everything_and_the_second_finds_nothing(
    furnished: Path, portal: FakePortal
) -> None:
    first = await run(furnished, portal)
    assert first.code == 0, first.err
    assert "Mới: 60" in first.out
    assert "… và 50 thủ tục nữa" in first.out
    second = await run(furnished, portal)
    assert "Không có gì thay đổi." in second.out
    assert portal.count(DETAIL) == 60


async def test_a_walk_cut_in_the_middle_tells_of_nothing_new_until_it_has_gone_on_to_the_end(
    furnished: Path, portal: FakePortal
) -> None:
    portal.rows = a_catalogue(120)
    portal.ills.extend([None, None, None, *[Illness.FIREWALL] * 3])
    cut = await run(furnished, portal)
    assert (cut.code, "Mới" in cut.out, "Không có gì" in cut.out) == (1, False, False)
    assert words("sync")["unconfirmed"].format(count=100) in cut.out
    whole = await run(furnished, portal)
    assert (whole.code, "Mới: 120" in whole.out) == (0, True)


async def test_a_code_the_portal_gives_twice_is_remarked_and_fails_nothing(
    tmp_path: Path, portal: FakePortal
) -> None:
    portal.rows.append({**a_row(" 1.000001", "Tên thứ hai"), "id": "khác"})
    told = await run(tmp_path, portal)
    assert (told.code, "Lưu ý: " in told.out, "cột “1.000001”" in told.out) == (0, True, True)


async def test_what_changed_is_told_and_an_offices_words_stay(
    furnished: Path, portal: FakePortal
) -> None:
    await run(furnished, portal)
    database = create_database(f"sqlite+aiosqlite:///{furnished / 'hanhchinh.sqlite3'}")
    store = SqlSnapshotStore(database)
    edit = OfficeEdit(office="", code="1.000001", fields={"everyday_name": "Tên của xã"})
    await store.save_edits([edit], at=NOON)
    portal.rows[0] = a_row("1.000001", "Tên mới trên Cổng")
    portal.rows[1:2] = []
    portal.rows.append(a_row("1.999999", "Thủ tục vừa ban hành"))
    told = await run(furnished, portal)
    assert "Thay đổi: 1" in told.out
    assert "1.999999  Thủ tục vừa ban hành" in told.out
    assert "Không còn trên Cổng: 1" in told.out
    known = {str(one.code): one for one in (await store.load()).procedures}
    await database.close()
    assert known["1.000001"].everyday_name == "Tên của xã"
    assert known["1.000001"].official_name == "Tên mới trên Cổng"
    assert "1.000002" not in known


async def test_killed_in_the_middle_it_goes_on_where_it_stood(
    furnished: Path, portal: FakePortal
) -> None:
    portal.ills.extend([None] * 20 + [Illness.SLOW])
    process = start(furnished, portal)
    async with asyncio.timeout(60):
        while portal.count(DETAIL) < 10:
            portal.heard.clear()
            await portal.heard.wait()
    process.kill()
    await process.wait()
    refused = await run(furnished, portal)
    assert refused.code == 1
    assert "Một lượt đồng bộ khác đang chạy" in refused.err
    await _time_passes(furnished)
    told = await run(furnished, portal, "--json")
    assert told.code == 0, told.err
    assert len(told.report["changes"]) == 60
    assert portal.count(DETAIL) <= 62


async def test_interrupted_by_hand_it_says_so_and_goes_on_at_once(
    furnished: Path, portal: FakePortal
) -> None:
    portal.ills.extend([None] * 20 + [Illness.SLOW])
    process = start(furnished, portal)
    async with asyncio.timeout(60):
        while len(portal.asked) < 21:
            portal.heard.clear()
            await portal.heard.wait()
    process.send_signal(signal.SIGINT)
    cut = await asyncio.wait_for(ended(furnished, process), 10)
    assert cut.code == 130
    assert words("sync")["interrupted"] in cut.err
    told = await run(furnished, portal, "--json")
    assert told.code == 0, told.err
    assert len(told.report["changes"]) == 60
    assert portal.count(DETAIL) == 61


async def _time_passes(folder: Path) -> None:
    database = create_database(f"sqlite+aiosqlite:///{folder / 'hanhchinh.sqlite3'}")
    async with database.writing() as connection:
        await connection.execute(delete(leases))
    await database.close()


async def test_a_portal_out_of_reach_is_told_with_what_to_do(furnished: Path) -> None:
    told = await run(furnished, FakePortal(url="http://127.0.0.1:9"))
    assert told.code == 1
    assert "không nối được tới Cổng" in told.out
    assert "chạy lại lệnh này để đọc tiếp" in told.out
