"""A list of readers is taken over: the good kept, the rest named, nobody brought back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from bot.channels.zalo.accounts import AccountStatus
from bot.newsroom.reader_file import UnreadableList, write_readers
from bot.newsroom.reader_giving import given
from bot.newsroom.reader_lists import Taken, Taking
from bot.officials.audit import By
from bot.storage import audit_rows
from bot.storage.broadcast_tables import subscriber_topics, subscribers
from bot.storage.database import Database
from bot.storage.subscriber_rows import opt_out
from bot.storage.zalo_tables import zalo_accounts
from broadcasts.models import SubscriberStatus
from broadcasts.reading import topics
from tests.conftest import NOON, FrozenClock
from tests.factories import a_citizen
from tests.fakes.readers import a_reader, statuses, subscribe_all

FIRST, SECOND = topics()[:2]
GOOD = f"""channel,address,office,kind,topics
telegram,1001,xa,citizen,{FIRST.code};{SECOND.code}
web,phien-1,thon,cán bộ,
"""


async def _take(database: Database, path: Path, *, dry_run: bool = False) -> Taken:
    by = By(officer=None, actor="command_line")
    taking = Taking(
        database=database, clock=FrozenClock(), by=by, offices=("xa", "thon"), dry_run=dry_run
    )
    return await taking.take(path)


def _file(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "danh-sach.csv"
    path.write_bytes(text.encode(encoding))
    return path


async def _stored(database: Database) -> dict[str, dict[str, Any]]:
    async with database.reading() as connection:
        rows = (await connection.execute(select(subscribers))).mappings().all()
        chosen = (await connection.execute(select(subscriber_topics))).all()
    return {
        row["address"]: {
            **row,
            "topics": sorted(topic for number, topic in chosen if number == row["id"]),
        }
        for row in rows
    }


@pytest.mark.parametrize(
    ("encoding", "sign", "heads"),
    [
        ("utf-8", ",", "channel,address,office,kind,topics"),
        ("utf-8-sig", ";", "Kênh,ĐỊA CHỈ,mã cơ quan,Đối tượng,loại tin"),
        ("utf-16", "\t", "kênh,địa chỉ,cơ quan,đối tượng,chủ đề"),
        ("utf-8-sig", "\t", "kenh,dia chi,co quan,doi tuong,chu de"),
    ],
)
async def test_a_list_is_read_however_a_spreadsheet_wrote_it(
    database: Database, tmp_path: Path, encoding: str, sign: str, heads: str
) -> None:
    rows = [heads, "telegram,1001,xa,người dân,", "zalo,9:77,xa,CÁN BỘ,", ",,,,"]
    text = "\r\n".join(rows).replace(",", sign)
    if sign != ";":
        text = text.replace(f"dân{sign}", f"dân{sign}{FIRST.label.split(',')[0]}")
    taken = await _take(database, _file(tmp_path, text, encoding))
    assert (taken.new, taken.faults) == (2, [])
    stored = await _stored(database)
    assert {key: (one["channel"], one["kind"]) for key, one in stored.items()} == {
        "1001": ("telegram", "citizen"),
        "9:77": ("zalo", "official"),
    }
    assert stored["1001"]["topics"] == ([FIRST.code] if sign != ";" else [])


async def test_an_id_of_zalo_counts_within_the_account_of_its_office(
    database: Database, tmp_path: Path
) -> None:
    """Alone it is completed, and a fault where the office has none; with one it stays as it is."""
    account = "4318281827364550001"
    row = {"oa_id": account, "office": "xa", "name": "Xã", "status": AccountStatus.CONNECTED}
    async with database.writing() as connection:
        await connection.execute(insert(zalo_accounts).values(row))
    cells = ["zalo,77,xa", f"zalo,{account}:77,xa", "zalo,88,thon", "zalo,9:99,xa", "zalo,x:1,xa"]
    lines = ["channel,address,office,kind", *(f"{one},người dân" for one in cells)]
    taken = await _take(database, _file(tmp_path, "\n".join(lines)))
    assert (taken.new, taken.duplicates, taken.faulty) == (2, [(3, 2)], 2)
    assert [(one.row, one.column) for one in taken.faults] == [(4, "địa chỉ"), (6, "địa chỉ")]
    assert "chưa nối Trang" in taken.faults[0].why
    assert sorted(await _stored(database)) == sorted([f"{account}:77", "9:99"])


async def test_topics_stand_in_the_last_cells_where_a_semicolon_parts_cells(
    database: Database, tmp_path: Path
) -> None:
    text = f"channel;address;office;kind;topics\nweb;a;xa;citizen;{FIRST.code};{SECOND.code}\n"
    await _take(database, _file(tmp_path, text))
    assert (await _stored(database))["a"]["topics"] == sorted([FIRST.code, SECOND.code])


async def test_a_list_says_how_and_when_people_agreed_and_again_it_changes_nothing(
    database: Database, tmp_path: Path
) -> None:
    path = _file(tmp_path, GOOD)
    first = await _take(database, path)
    assert (first.rows, first.new) == (2, 2)
    one = (await _stored(database))["1001"]
    assert (one["consent"], one["agreed_at"], len(one["words"])) == ("import", NOON, 64)
    again = await _take(database, path)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 2)
    changed = _file(tmp_path, GOOD.replace("1001,xa", "1001,thon").replace(f";{SECOND.code}", ""))
    third = await _take(database, changed)
    assert (third.new, third.changed, third.unchanged) == (0, 1, 1)
    one = (await _stored(database))["1001"]
    assert (one["office"], one["topics"]) == ("thon", [FIRST.code])


async def test_a_list_without_topics_leaves_those_people_chose(
    database: Database, tmp_path: Path
) -> None:
    await _take(database, _file(tmp_path, GOOD))
    plain = "channel,address,office,kind\ntelegram,1001,thon,citizen\n"
    assert (await _take(database, _file(tmp_path, plain))).changed == 1
    assert len((await _stored(database))["1001"]["topics"]) == 2


async def test_who_left_is_not_brought_back_and_that_is_told(
    database: Database, tmp_path: Path
) -> None:
    path = _file(tmp_path, GOOD)
    await _take(database, path)
    async with database.writing() as connection:
        assert await opt_out(connection, a_citizen("phien-1"), NOON)
    taken = await _take(database, path)
    assert (taken.left, taken.unchanged) == ([3], 1)
    assert (await statuses(database))["phien-1"] == "opted_out"


async def test_who_blocked_us_stays_so(database: Database, tmp_path: Path) -> None:
    gone = a_reader("telegram", "1001", office="thon", status=SubscriberStatus.BLOCKED)
    await subscribe_all(database, [gone])
    assert (await _take(database, _file(tmp_path, GOOD))).changed == 1
    assert (await statuses(database))["1001"] == "blocked"


async def test_every_fault_is_named_by_row_and_column_and_the_good_is_kept(
    database: Database, tmp_path: Path
) -> None:
    text = f"""channel,address,office,kind,topics
sms,1,xa,citizen,
telegram,1.2E+9,xa,citizen,
telegram,@lan,nha,lạ,tin gì
web,,xa,citizen,
web,có cách,xa,citizen,
telegram,5,xa,citizen,{FIRST.code}
telegram,5,thon,citizen,
web,thiếu
"""
    taken = await _take(database, _file(tmp_path, text))
    assert [(one.row, one.column) for one in taken.faults] == [
        (2, "kênh"), (3, "địa chỉ"), (4, "địa chỉ"), (4, "cơ quan"), (4, "đối tượng"),
        (4, "chủ đề"), (5, "địa chỉ"), (6, "địa chỉ"), (9, "cơ quan"), (9, "đối tượng"),
    ]  # fmt: skip
    assert "Excel đã rút gọn" in taken.faults[1].why
    assert taken.duplicates == [(8, 7)]
    assert (taken.rows, taken.new, taken.faulty) == (8, 1, 6)
    assert (await _stored(database))["5"]["office"] == "xa"


@pytest.mark.parametrize(
    ("text", "encoding", "why"),
    [
        ("kênh,cơ quan\nweb,xa\n", "utf-8", "thiếu cột địa chỉ, đối tượng"),
        ("", "utf-8", "thiếu cột"),
        (GOOD, "cp1258", "CSV UTF-8"),
        ('channel,address,office,kind\nweb,"' + "a" * 200_000, "utf-8", "ngoặc kép"),
    ],
)  # fmt: skip
async def test_what_is_no_list_is_told_and_nothing_stored(
    database: Database, tmp_path: Path, text: str, encoding: str, why: str
) -> None:
    path = tmp_path / "danh-sach.csv"
    path.write_bytes(text.encode(encoding, errors="replace").replace(b"?", b"\xff"))
    with pytest.raises(UnreadableList, match=why):
        await _take(database, path)
    with pytest.raises(UnreadableList, match="không mở được"):
        await _take(database, tmp_path / "nowhere.csv")
    assert await statuses(database) == {}


async def test_a_trial_stores_nothing_but_tells_all(database: Database, tmp_path: Path) -> None:
    taken = await _take(database, _file(tmp_path, GOOD), dry_run=True)
    assert taken.new == 2
    assert await statuses(database) == {}
    async with database.reading() as connection:
        assert await audit_rows.following(connection, None, 9) == ()


async def test_the_audit_tells_counts_and_nobodys_address(
    database: Database, tmp_path: Path
) -> None:
    await _take(database, _file(tmp_path, GOOD))
    async with database.reading() as connection:
        (entry,) = await audit_rows.following(connection, None, 9)
    assert entry.action == "subscribers_imported"
    assert "1001" not in entry.body
    assert '"new":2' in entry.body.replace(" ", "")


async def test_what_is_given_opens_no_talk_and_is_taken_again_alike(
    database: Database, tmp_path: Path
) -> None:
    readers = [
        a_reader("zalo", "9:42"),
        a_reader("telegram", "7", office="thon"),
        a_reader("telegram", "8", status=SubscriberStatus.OPTED_OUT),
        a_reader("web", "who-knows-this-reads-the-talk"),
    ]
    await subscribe_all(database, readers, [[FIRST.code, SECOND.code], []])
    path = tmp_path / "ra.csv"
    rows = [row async for row in given(database, None)]
    assert write_readers(path, rows) == 2
    text = path.read_text(encoding="utf-8-sig")
    assert "zalo,9:42,xa,citizen," in text
    assert "talk" not in text
    assert path.stat().st_mode & 0o077 == 0
    assert (await _take(database, path)).unchanged == 2
    with pytest.raises(FileExistsError):
        write_readers(path, rows)
    assert write_readers(path, rows[:1], overwrite=True) == 1
    assert not list(tmp_path.glob("*.part"))  # noqa: ASYNC240 - a test may wait
    assert [row[1] async for row in given(database, ["thon"])] == ["7"]


def test_what_is_given_runs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "ra.csv"
    write_readers(path, [("web", "=1+1", "xa", "citizen", "")])
    assert "web,'=1+1,xa,citizen," in path.read_text(encoding="utf-8-sig")


async def test_a_long_list_is_taken_in_parts(database: Database, tmp_path: Path) -> None:
    lines = [f"telegram,{number},xa,citizen,{FIRST.code}" for number in range(1, 2_502)]
    path = _file(tmp_path, "\n".join(["channel,address,office,kind,topics", *lines]))
    seen: list[int] = []
    taking = Taking(
        database=database,
        clock=FrozenClock(),
        by=By(officer=None, actor="command_line"),
        offices=("xa",),
        progress=seen.append,
    )
    assert (await taking.take(path)).new == 2_501
    assert seen == [1_000, 2_000, 2_501]
    assert len([row async for row in given(database, None)]) == 2_501
