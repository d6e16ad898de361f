"""``python -m bot subscribers``: lists in and out, with codes of exit that scripts go by."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.officials.models import Role
from bot.settings import Settings
from bot.storage.officer_rows import NewOfficer, add_officer, set_grants
from bot.storage.opening import open_database
from knowledge.models import Snapshot
from tests.conftest import NOON
from tests.fakes.readers import a_reader, statuses, subscribe_all

HEADS = "channel,address,office,kind,topics\n"


def _run(folder: Path, *words: str) -> Result:
    env = {"DATA_DIR": str(folder), "PORT": "8099"}
    return CliRunner().invoke(app, ["subscribers", *words], env=env)


def test_before_the_first_start_the_offices_are_those_shipped(
    tmp_path: Path, snapshot: Snapshot
) -> None:
    path = tmp_path / "vao.csv"
    path.write_text(f"{HEADS}telegram,1001,{snapshot.offices[0].code},citizen,\n", "utf-8")
    assert _run(tmp_path / "new", "import", str(path)).exit_code == 0


def test_a_list_goes_in_and_comes_out_again(
    furnished: Path, tmp_path: Path, snapshot: Snapshot
) -> None:
    office = snapshot.offices[0].code
    path, out = tmp_path / "vao.csv", tmp_path / "ra.csv"
    rows = f"telegram,1001,{office},citizen,\nweb,secret,{office},citizen,\n"
    path.write_text(HEADS + rows, encoding="utf-8")
    tried = _run(furnished, "import", str(path), "--dry-run")
    assert (tried.exit_code, "thêm mới 2" in tried.stdout) == (0, True)
    assert tried.stdout.startswith("Chạy thử")
    assert json.loads(_run(furnished, "import", str(path), "--json").stdout)["new"] == 2
    told = _run(furnished, "export", str(out), "--office", office)
    assert (told.exit_code, "1 người nhận" in told.stdout) == (0, True)
    given = out.read_text(encoding="utf-8-sig")
    assert "telegram,1001," in given
    # Whoever knows an address of the web chat reads the talk.
    assert "secret" not in given
    assert _run(furnished, "export", str(out)).exit_code == 2
    assert _run(furnished, "export", str(out), "--overwrite").exit_code == 0
    unknown = _run(furnished, "export", str(tmp_path / "x.csv"), "--office", "nowhere")
    assert (unknown.exit_code, "nowhere" in unknown.stderr) == (2, True)


def test_what_is_wrong_is_told_by_row_and_column(furnished: Path, tmp_path: Path) -> None:
    path = tmp_path / "vao.csv"
    path.write_text(f"{HEADS}web,a,nowhere,citizen,\nweb,a,nowhere,lạ,\n", encoding="utf-8")
    told = _run(furnished, "import", str(path))
    assert told.exit_code == 1
    assert "vao.csv, dòng 2, cột cơ quan: " in told.stdout
    assert "vao.csv, dòng 3, cột đối tượng: " in told.stdout
    as_json = json.loads(_run(furnished, "import", str(path), "--json").stdout)
    assert as_json["faults"][0] | {"why": ""} == {"row": 2, "column": "cơ quan", "why": ""}
    assert _run(furnished, "import", str(tmp_path / "nowhere.csv")).exit_code == 2


def test_who_asks_is_forgotten_by_an_officer_who_may(furnished: Path, snapshot: Snapshot) -> None:
    office = str(snapshot.offices[0].code)
    asyncio.run(_people(furnished, office))
    why = ("--reason", "Gọi điện ngày 20/11")
    for told in (
        _run(furnished, "forget", "zalo", "77", "--as", "lan", *why),
        _run(furnished, "forget", "zalo", "78", "--as", "van", *why),
        _run(furnished, "forget", "zalo", "77", "--as", "van", "--reason", "ừ"),
        _run(furnished, "forget", "zalo", "77", "--as", "nobody", *why),
    ):
        assert (told.exit_code, told.stdout) == (2, "")
    assert asyncio.run(_left(furnished)) == {"77": "active"}
    told = _run(furnished, "forget", "zalo", "77", "--as", "van", *why)
    assert (told.exit_code, "Đã xóa người nhận" in told.stdout) == (0, True)
    assert asyncio.run(_left(furnished)) == {}


async def _people(folder: Path, office: str) -> None:
    async with open_database(Settings(data_dir=folder)) as database:
        async with database.writing() as connection:
            for login, role in (("lan", Role.PREPARER), ("van", Role.SECRETARIAT)):
                new = NewOfficer(login=login, name=login.title(), office=office)
                officer = await add_officer(connection, new, at=NOON)
                await set_grants(connection, officer, [(role, office)], at=NOON)
        await subscribe_all(database, [a_reader("zalo", "77", office=office)])


async def _left(folder: Path) -> dict[str, str]:
    async with open_database(Settings(data_dir=folder)) as database:
        return await statuses(database)
