"""``python -m bot feedback``: cases at the command line, with the rights of the console."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zipfile import is_zipfile

import pytest
from openpyxl import load_workbook
from sqlalchemy import select
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.clock import SystemClock
from bot.feedback.kinds import Kind
from bot.feedback.models import CaseId, Contact, Remark
from bot.feedback.moves import Author
from bot.feedback.reference import new_reference, shown
from bot.handling.filing import Filing, Told
from bot.handling.sealing import Seals
from bot.handling.stepping import By, Step, stepped
from bot.officials.models import OfficerId, Role
from bot.settings import Settings
from bot.storage.case_rows import find_case
from bot.storage.console_tables import audit_entries
from bot.storage.database import Database
from bot.storage.draft_case_rows import keep_draft
from bot.storage.officer_rows import NewOfficer, add_officer, set_grants
from bot.storage.opening import open_database
from bot.storage.unit_rows import UnitWish, add_unit
from bot.vault import open_vaults
from tests.conftest import NOON
from tests.factories import a_citizen
from tests.fakes.enclosures import a_docx, with_part
from tests.fakes.exports import an_export
from tests.fakes.plain_clockwork import PlainClockwork

PEOPLE = (
    ("lan", Role.PREPARER, "mau-xa"),
    ("hoa", Role.APPROVER, "mau-xa"),
    ("minh", Role.LEADER, "mau-xa"),
    ("ba", Role.LEADER, "mau-tinh-ca"),
    ("van", Role.SECRETARIAT, "mau-xa"),
)
PHONE = "0912345678"


async def furnish(database: Database, settings: Settings) -> str:
    people: dict[str, OfficerId] = {}
    async with database.writing() as connection:
        for login, role, office in PEOPLE:
            new = NewOfficer(login=login, name=login.title(), office=office)
            people[login] = await add_officer(connection, new, at=NOON)
            await set_grants(connection, people[login], [(role, office)], at=NOON)
        members = frozenset({people["lan"]})
        await add_unit(connection, UnitWish(office="mau-xa", name="Kinh tế", members=members))
        told = Told(
            office="mau-xa",
            reference=new_reference(),
            kind=Kind.REPORT,
            regime="phan_anh_hien_truong",
            topic="moi_truong",
            words=f"rác đầy ngõ, gọi tôi {PHONE}",
            at=SystemClock().now(),
            address=a_citizen("7"),
            contact=Contact(name="Nguyễn Văn An", phone=PHONE),
        )
        seals = Seals(open_vaults(settings, make=True).data)
        case, _ = await Filing(seals, PlainClockwork()).file(connection, told)
    return shown(case.reference)


@pytest.fixture
def folder(furnished: Path) -> Path:
    return furnished


@pytest.fixture
def reference(folder: Path) -> str:
    """The reference of a case of the commune, number 1."""
    settings = Settings(data_dir=folder)

    async def furnishing() -> str:
        async with open_database(settings) as database:
            return await furnish(database, settings)

    return asyncio.run(furnishing())


def ran(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["feedback", *words], env={"DATA_DIR": str(folder)})


def done(folder: Path, *words: str) -> Any:
    told = ran(folder, *words, "--json")
    assert told.exit_code == 0, told.output
    return json.loads(told.stdout)


def deeds(folder: Path) -> list[tuple[str, str]]:
    async def read() -> list[tuple[str, str]]:
        async with (
            open_database(Settings(data_dir=folder)) as database,
            database.reading() as connection,
        ):
            rows = await connection.execute(select(audit_entries).order_by("seq"))
            return [(one.action, one.actor) for one in rows]

    return asyncio.run(read())


def test_a_case_is_assigned_answered_and_closed(folder: Path, reference: str) -> None:
    (listed,) = done(folder, "list", "--as", "lan", "--open", "--unassigned")
    assert (listed["id"], listed["reference"], listed["state"]) == (1, reference, "received")
    given = done(folder, "assign", "1", "--as", "hoa", "--unit", "Kinh tế", "--officer", "lan")
    assert given["state"] == "assigned"
    early = ran(folder, "close", "1", "--as", "lan", "--reason", "xong")
    assert early.exit_code == 2
    assert "chưa có câu trả lời" in early.stderr
    asked = done(folder, "reply", reference, "--as", "lan", "--ask", "--text", "Ngõ nào ạ?")
    assert asked["state"] == "awaiting_citizen"
    assert [one["did"] for one in asked["history"]] == ["file", "assign", "begin", "ask"]
    told = ran(folder, "show", "1", "--as", "ba")
    assert told.exit_code == 2
    assert "Không có vụ này" in told.stderr
    acts = [action for action, _ in deeds(folder)]
    assert acts == [
        "case_assigned",
        "case_claimed",
        "case_begun",
        "case_asked",
        "case_look_refused",
    ]


def test_each_step_is_told_with_who_did_it_and_a_rating_with_its_level(
    folder: Path, reference: str
) -> None:
    done(folder, "assign", reference, "--as", "hoa", "--officer", "lan")
    done(folder, "reply", "1", "--as", "hoa", "--text", "Đã dọn sạch.")

    async def rate() -> None:
        async with (
            open_database(Settings(data_dir=folder)) as database,
            database.writing() as connection,
        ):
            case = await find_case(connection, CaseId(1), hold=True)
            assert case
            step = Step(did=Remark.RATED, text="Nhanh", data={"level": 4, "factor": ""})
            by = By(author=Author.CITIZEN, at=SystemClock().now())
            await stepped(connection, case, step, by)

    asyncio.run(rate())
    history = done(folder, "show", "1", "--as", "hoa")["history"]
    told = [(one["did"], one["name"], one.get("level")) for one in history]
    assert [told[0], told[1], told[-1]] == [
        ("file", "", None), ("assign", "Hoa", None), ("rated", "", 4),
    ]  # fmt: skip
    lines = [
        one.partition("  ")[2]
        for one in ran(folder, "show", "1", "--as", "hoa").stdout.splitlines()
    ]
    assert "Hoa: Giao xử lý." in lines
    assert "Người gửi: Gửi vụ việc." in lines
    assert lines[-1] == "Người gửi: Đánh giá: 4 trên 5. Nhanh"


def test_who_may_not_answer_lays_the_answer_before_who_may(folder: Path, reference: str) -> None:
    done(folder, "assign", reference, "--as", "hoa", "--officer", "lan")
    submitted = ran(folder, "reply", "1", "--as", "lan", "--text", "Đã dọn sạch.")
    assert submitted.exit_code == 0
    assert "Đã trình câu trả lời vụ số 1" in submitted.stdout
    alone = ran(folder, "reply", "1", "--as", "lan", "--approve")
    assert (alone.exit_code, "quyền" in alone.stderr) == (2, True)
    answered = done(folder, "reply", "1", "--as", "hoa", "--approve")
    assert (answered["state"], answered["result"]) == ("answered", "done")
    closed = done(folder, "close", "1", "--as", "hoa", "--reason", "bà con báo đã sạch")
    assert closed["state"] == "closed"
    over = ran(folder, "close", "1", "--as", "hoa", "--reason", "lần nữa")
    assert (over.exit_code, "đã kết thúc" in over.stderr) == (2, True)


def test_files_go_with_an_answer_or_nothing_is_sent(
    folder: Path, reference: str, tmp_path: Path
) -> None:
    done(folder, "assign", reference, "--as", "hoa", "--officer", "lan")
    good, bad, words = tmp_path / "a.docx", tmp_path / "b.docx", tmp_path / "loi.txt"
    good.write_bytes(a_docx())
    bad.write_bytes(with_part(a_docx(), "word/vbaProject.bin"))
    words.write_text("Đã đo lại, có biên bản.", encoding="utf-8")
    answer = ("reply", "1", "--as", "lan", "--text-file", str(words))
    for more, said in (
        (("--file", str(good), "--file", str(bad)), "b.docx: Tệp có macro"),
        (("--file", str(tmp_path / "khong-co.pdf")), "khong-co.pdf"),
        (("--file", str(good), "--approve"), "--approve"),
    ):
        told = ran(folder, *answer, *more)
        assert told.exit_code == 2, told.output
        assert said in told.stderr
    assert ran(folder, *answer, "--file", str(good), "--file", str(good)).exit_code == 0
    answered = done(folder, "reply", "1", "--as", "hoa", "--approve")
    assert answered["state"] == "answered"
    acts = [action for action, _ in deeds(folder)]
    assert acts[-3:] == ["case_file_added", "case_submitted", "case_answered"]


def test_what_is_refused_or_mistyped_is_said_in_words(folder: Path, reference: str) -> None:
    assert reference
    for words, said in (
        (("show", "99", "--as", "lan"), "Không có vụ này"),
        (("show", "PA-1111-1111-1", "--as", "lan"), "Không có vụ này"),
        (("show", "1", "--as", "ai"), "ai"),
        (("assign", "1", "--as", "lan", "--unit", "1"), "không có quyền"),
        (("assign", "1", "--as", "hoa", "--unit", "Y tế"), "1: Kinh tế"),
        (("assign", "1", "--as", "hoa"), "Hãy chọn bộ phận"),
        (("reply", "1", "--as", "lan", "--text", "x"), "không giao cho bạn"),
        (("reply", "1", "--as", "hoa", "--text", "x", "--result", "hay"), "“hay”"),
        (("reply", "1", "--as", "hoa", "--text", "x"), "bước khác"),
        (("close", "1", "--as", "hoa", "--reason", "x", "--refuse", "y"), "not_ours"),
        (("list", "--as", "lan", "--state", "gì"), "received"),
        (("export", "--as", "lan", "--json"), "không có quyền"),
    ):
        told = ran(folder, *words)
        assert told.exit_code == 2, words
        assert said in told.stderr, words
        assert PHONE not in told.output
    ended = done(
        folder, "close", "1", "--as", "hoa", "--reason", "Đây là tin rao.", "--refuse", "no_matter"
    )
    assert (ended["state"], ended["result"]) == ("refused", "refused")


def test_what_is_taken_away_tells_of_nobody(folder: Path, reference: str, tmp_path: Path) -> None:
    file = tmp_path / "vu-viec.xlsx"
    told = ran(folder, "export", str(file), "--as", "minh")
    assert told.exit_code == 0, told.output
    again = ran(folder, "export", str(file), "--as", "minh")
    assert (again.exit_code, "đã có" in again.stderr) == (2, True)
    rows = list(load_workbook(file).worksheets[0].values)
    assert [rows[1][0], rows[1][1]] == [1, reference]
    (row,) = done(folder, "export", "--as", "minh")
    assert PHONE not in f"{rows}{row}"
    assert "Văn An" not in f"{rows}{row}"
    assert {action for action, _ in deeds(folder)} == {"exported"}
    assert ran(folder, "list", "--as", "minh", "--mine").stdout == "Không có vụ nào.\n"
    (line,) = ran(folder, "list", "--as", "minh").stdout.splitlines()
    assert line.startswith(f"Số 1 · {reference} · ")


def test_a_report_is_told_and_written_and_its_taking_remembered(
    folder: Path, reference: str, tmp_path: Path
) -> None:
    docx, xlsx = tmp_path / "b.docx", tmp_path / "b.xlsx"
    files = ("--docx", str(docx), "--xlsx", str(xlsx))
    told = ran(folder, "report", "--period", "2026", *files, "--json", "--as", "hoa")
    assert told.exit_code == 0, told.output
    known = json.loads(told.stdout)
    assert known["period"] == "2026"
    assert (
        sum(one["received"] for one in known["by"]["topic"].values())
        == (known["this"]["received"])
    )
    assert is_zipfile(docx)
    assert is_zipfile(xlsx)
    assert [action for action, _ in deeds(folder)].count("exported") == 2
    refused = ran(folder, "report", "--period", "2026", "--as", "lan")
    assert "không có quyền" in refused.output
    assert "không đọc được" in ran(folder, "report", "--period", "Q9", "--as", "hoa").output
    assert ran(folder, "report", "--as", "hoa").exit_code == 0
    assert reference not in told.output


def test_what_is_kept_too_long_is_told_before_it_goes(folder: Path, reference: str) -> None:
    assert reference
    old = asyncio.run(left_a_draft(folder))
    told = done(folder, "retain", "--dry-run")
    assert {"purpose": "draft", "count": 1, "since": old} in told
    assert (
        "Viết tiếp lời kể dở: 1, lâu nhất từ 01/01/2026"
        in ran(folder, "retain", "--dry-run").stdout
    )
    for who in ((), ("--as", "lan")):
        refused = ran(folder, "retain", *who)
        assert refused.exit_code == 2
    assert done(folder, "retain", "--dry-run") == told
    gone = done(folder, "retain", "--as", "minh")
    assert {"purpose": "draft", "count": 1, "since": None} in gone
    assert "Không có gì" in ran(folder, "retain", "--dry-run").stdout
    assert deeds(folder) == [("data_erased", "Minh (minh)")]


async def left_a_draft(folder: Path) -> str:
    begun = datetime(2026, 1, 1, 5, tzinfo=UTC)
    async with (
        open_database(Settings(data_dir=folder)) as database,
        database.writing() as connection,
    ):
        await keep_draft(connection, "web:7", office="mau-xa", step="what", sealed=b"x", at=begun)
    return begun.isoformat()


def test_an_export_of_a_hotline_is_tried_imported_once_and_only_by_who_may(
    folder: Path, reference: str, tmp_path: Path
) -> None:
    file = tmp_path / "xuat.xlsx"
    then = {"Thời gian tiếp nhận": "03/03/2025 8:00"}
    file.write_bytes(an_export([then, {**then, "Nội dung phản ánh": ""}]))
    asked = ("import", str(file), "--office", "mau-xa", "--as")
    tried = done(folder, *asked, "van", "--dry-run")
    assert (tried["new"], tried["faulty"], tried["dry_run"]) == (1, 1, True)
    assert tried["unknown_columns"] == ["Ghi chú"]
    told = ran(folder, *asked, "van")
    assert told.exit_code == 0, told.output
    assert "ghi 1 vụ mới" in told.stdout
    assert "xuat.xlsx, dòng 3, cột Nội dung: còn trống" in told.stdout
    again = done(folder, *asked, "van")
    assert [one["fate"] for one in again["fates"]] == ["known", "faulty"]
    (case,) = [one for one in done(folder, "list", "--as", "lan") if one["reference"] != reference]
    assert case["received_at"].startswith("2025-03-03")
    for who, office in (("lan", "mau-xa"), ("van", "mau-tinh-ca"), ("van", "khong-co")):
        refused = ran(folder, "import", str(file), "--office", office, "--as", who)
        assert refused.exit_code == 2
        assert "không có quyền nhập tệp 1022" in refused.stderr
