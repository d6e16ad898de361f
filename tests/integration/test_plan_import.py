"""``python -m bot plan import``: what was read, as JSON or for people, and what was stored."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.officials.models import Role
from bot.settings import Settings
from bot.storage.officer_rows import NewOfficer, add_officer, set_grants
from bot.storage.opening import open_database
from tests.conftest import NOON
from tests.unit.broadcasts.plans import making

TOP = ["number", "date", "issuer", "entries"]
KEYS = {
    "no", "content", "forms", "lead", "cooperating", "time_text", "timing", "audience",
    "entries", "flags", "source",
}  # fmt: skip


def ran(folder: Path, *words: str | Path) -> Result:
    told = ["plan", "import", *map(str, words)]
    return CliRunner().invoke(app, told, env={"DATA_DIR": str(folder)})


def read(folder: Path, *words: str | Path, exit_code: int = 0) -> dict[str, Any]:
    told = ran(folder, *words, "--json")
    assert told.exit_code == exit_code, told.output
    shown: dict[str, Any] = json.loads(told.stdout)
    assert list(shown)[:4] == TOP
    return shown


def test_a_dry_run_tells_all_that_was_read_and_needs_no_database(tmp_path: Path) -> None:
    plan = making.ward_plan(tmp_path / "p.docx")
    told = read(tmp_path / "none", plan, "--year", "2026", "--office", "mau-xa", "--dry-run")
    assert (told["number"], told["date"]) == ("45/KH-UBND", "2026-01-12")
    assert all(set(entry) >= KEYS for entry in told["entries"])
    assert [len(entry["entries"]) for entry in told["entries"]] == [0, 0, 2, 0, 0]
    below = told["entries"][2]["entries"][1]
    assert (below["timing"]["kind"], below["timing"]["per"]) == ("recurring", "quarter")
    assert "stored" not in told
    assert not (tmp_path / "none").exists()


def test_people_read_entries_with_units_times_and_doubts(tmp_path: Path) -> None:
    plan = making.department_plan(tmp_path / "p.docx")
    told = ran(tmp_path, plan, "--year", "2026", "--dry-run").stdout
    assert "Số: /KH-STP · Ngày: (chưa rõ) · Cơ quan ban hành: Sở Tư pháp" in told
    assert "Chủ trì: Văn phòng Sở" in told
    assert "Phối hợp: Phòng Hộ tịch; Thanh tra Sở" in told
    assert "! Chưa hiểu thời gian “vào dịp thích hợp”" in told
    assert told.endswith("Chạy thử, chưa lưu gì.\n")


def test_a_plan_is_stored_once_and_another_document_shows_what_differs(furnished: Path) -> None:
    words = (furnished / "p.xlsx", "--year", "2026", "--office", "mau-xa")
    making.dates_sheet(furnished / "p.xlsx")
    first = read(furnished, *words)["stored"]
    assert first["outcome"] == "stored"
    assert read(furnished, *words)["stored"] == {
        "outcome": "unchanged", "plan": first["plan"], "differences": [],
    }  # fmt: skip
    making.months_sheet(furnished / "p.xlsx")
    second = read(furnished, *words)["stored"]
    assert second["outcome"] == "replaced"
    assert {one["change"] for one in second["differences"]} == {"changed", "removed", "added"}


def test_people_are_told_where_the_draft_is(furnished: Path) -> None:
    plan = making.text_plan(furnished / "p.txt")
    told = ran(furnished, plan, "--year", "2026", "--office", "mau-xa")
    assert told.exit_code == 0
    assert "Đã lưu thành bản nháp số 1." in told.stdout


def test_a_draft_is_dropped_by_an_officer_who_is_sure(furnished: Path) -> None:
    plan = making.text_plan(furnished / "p.txt")
    ran(furnished, plan, "--year", "2026", "--office", "mau-xa")
    asyncio.run(_people(furnished))
    told = [
        dropped(furnished, "lan", "ừ", "--yes"),
        dropped(furnished, "xem", "Đọc nhầm tệp", "--yes"),
        dropped(furnished, "lan", "Đọc nhầm tệp"),
        dropped(furnished, "lan", "Đọc nhầm tệp", "--yes"),
        dropped(furnished, "lan", "Đọc nhầm tệp", "--yes"),
    ]
    assert [one.exit_code for one in told] == [2, 2, 1, 0, 2]
    assert "Đã bỏ bản đọc kế hoạch số 1." in told[3].stdout


def dropped(folder: Path, login: str, reason: str, *more: str) -> Result:
    words = ["plan", "drop", "1", "--as", login, "--reason", reason, *more]
    return CliRunner().invoke(app, words, env={"DATA_DIR": str(folder)})


async def _people(folder: Path) -> None:
    async with open_database(Settings(data_dir=folder)) as house, house.writing() as connection:
        for login, role in (("lan", Role.PREPARER), ("xem", Role.LEADER)):
            new = NewOfficer(login=login, name=login.title(), office="mau-xa")
            officer = await add_officer(connection, new, at=NOON)
            await set_grants(connection, officer, [(role, "mau-xa")], at=NOON)


def test_an_office_nobody_knows_is_refused(furnished: Path) -> None:
    plan = making.text_plan(furnished / "p.txt")
    told = ran(furnished, plan, "--year", "2026", "--office", "khong-co")
    assert (told.exit_code, told.stdout) == (2, "")
    assert "khong-co" in told.stderr


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [("a.doc", b"\xd0\xcf\x11\xe0", "kiểu cũ"), ("a.txt", b"", "tệp trống")],
)
def test_a_file_that_is_no_plan_is_told_on_standard_error(
    tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(data)
    told = ran(tmp_path, tmp_path / name, "--year", "2026", "--json")
    assert (told.exit_code, told.stdout) == (1, "")
    assert words in told.stderr


def test_a_year_no_plan_has_is_refused(tmp_path: Path) -> None:
    plan = making.text_plan(tmp_path / "p.txt")
    told = ran(tmp_path, plan, "--year", "26", "--dry-run")
    assert (told.exit_code, told.stdout) == (1, "")
    assert told.stderr
