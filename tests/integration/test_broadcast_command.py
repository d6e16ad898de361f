"""``python -m bot broadcast``: from draft to the ledger, with the rights of the console."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import func, select, update
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.clock import VIETNAM, SystemClock
from bot.newsroom.dispatch import dispatch
from bot.newsroom.realm import Realm
from bot.officials.models import EVERYWHERE, Role
from bot.officials.office_entries import Stood
from bot.settings import Settings
from bot.storage.broadcast_tables import broadcast_versions, deliveries, files
from bot.storage.console_tables import audit_entries
from bot.storage.officer_rows import NewOfficer, add_officer, set_grants
from bot.storage.opening import open_database
from knowledge.repository import SqlSnapshotStore
from tests.conftest import NOON, FrozenClock
from tests.fakes.plans import put_entry, put_plan
from tests.fakes.readers import a_reader, keep_talks, subscribe_all

STATUS = ["id", "state", "total", "sent", "failed", "uncertain", "pending", "skipped"]
PEOPLE = (
    ("lan", Role.PREPARER, "mau-xa"),
    ("hoa", Role.APPROVER, "mau-xa"),
    ("minh", Role.APPROVER, "mau-tinh"),
    ("son", Role.ADMINISTRATOR, EVERYWHERE),
    ("xa", Role.APPROVER, "mau-tinh-ca"),
)
READERS = ("web", "telegram")
# Of EXIF: who made the camera.
MAKER = 0x010F


@pytest.fixture
def folder(furnished: Path) -> Path:
    """The shipped offices, five officers and two readers of the commune."""

    async def people() -> None:
        async with open_database(Settings(data_dir=furnished)) as database:
            async with database.writing() as connection:
                for login, role, office in PEOPLE:
                    new = NewOfficer(login=login, name=login.title(), office="mau-xa")
                    officer = await add_officer(connection, new, at=NOON)
                    await set_grants(connection, officer, [(role, office)], at=NOON)
            readers = [a_reader(one, "1", office="mau-xa", person=one) for one in READERS]
            await subscribe_all(database, readers)
            await keep_talks(database, readers)

    asyncio.run(people())
    return furnished


def ran(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["broadcast", *words], env={"DATA_DIR": str(folder)})


def done(folder: Path, *words: str) -> dict[str, Any]:
    told = ran(folder, *words, "--json")
    assert told.exit_code == 0, told.output
    shown: dict[str, Any] = json.loads(told.stdout)
    assert list(shown)[: len(STATUS)] == STATUS
    return shown


def refused(folder: Path, *words: str) -> str:
    told = ran(folder, *words)
    assert (told.exit_code, told.stdout) == (2, ""), told.output
    return told.stderr


def created(folder: Path, *words: str, by: str = "lan") -> str:
    told = ("--title", "Nghỉ Tết", "--text", "Xã nghỉ Tết từ ngày 14/02.")
    return str(done(folder, "create", "--as", by, *told, *words)["id"])


def approved(folder: Path, *words: str) -> str:
    number = created(folder, *words)
    done(folder, "submit", number, "--as", "lan")
    assert done(folder, "approve", number, "--as", "hoa")["state"] == "approved"
    return number


async def _rows(folder: Path, table: Any) -> Sequence[Any]:
    async with (
        open_database(Settings(data_dir=folder)) as database,
        database.reading() as connection,
    ):
        return (await connection.execute(select(table))).all()


def rows(folder: Path, table: Any) -> Sequence[Any]:
    return asyncio.run(_rows(folder, table))


def change_one(folder: Path, **values: object) -> None:
    async def change() -> None:
        async with (
            open_database(Settings(data_dir=folder)) as database,
            database.writing() as connection,
        ):
            first = deliveries.c.id == select(func.min(deliveries.c.id)).scalar_subquery()
            await connection.execute(update(deliveries).where(first).values(values))

    asyncio.run(change())


def told_of_by_zalo(folder: Path, number: str) -> None:
    """Let Zalo tell of one message, and see it beside the counts."""
    change_one(folder, status="sent", route="zalo_cs", received_at=NOON)
    shown = done(folder, "status", number)
    assert shown["receipts"] == {"sent": 1, "received": 1, "seen": 0}
    assert "1 tin đã tới máy, 0 tin đã xem" in ran(folder, "status", number).output


def test_a_picture_and_files_go_along_under_the_consoles_checks(folder: Path) -> None:
    photo, paper = folder / "một cửa.jpg", folder / "giấy mời.pdf"
    taken = Image.Exif()
    taken[MAKER] = "Nokia"
    Image.new("RGB", (64, 48), "red").save(photo, "JPEG", exif=taken)
    paper.write_bytes(b"%PDF-1.7")
    depicted = ("--depicted", "Quầy số 3")
    twice = ("--attach", str(paper)) * 2
    created(folder, "--picture", str(photo), *twice, *depicted)
    kept = {row.name: row for row in rows(folder, files)}
    assert set(kept) == {"một cửa.jpg", "giấy mời.pdf"}
    assert b"Nokia" in photo.read_bytes()
    assert b"Nokia" not in kept["một cửa.jpg"].content
    (version,) = rows(folder, broadcast_versions)
    parts = json.loads(version.parts)
    assert parts["picture"] == kept["một cửa.jpg"].id
    assert (parts["files"], parts["depicted"]) == ([kept["giấy mời.pdf"].id], "Quầy số 3")
    words = folder / "lời.txt"
    words.write_text("Lời")
    create = ("create", "--as", "lan", "--title", "a", "--text", "b")
    for option, file, wrong in (
        ("--picture", paper, "không phải ảnh"),
        ("--picture", folder / "không có.jpg", "Không đọc được tệp"),
        ("--attach", words, "Chỉ nhận ảnh"),
    ):
        told = refused(folder, *create, option, str(file))
        assert wrong in told
        assert str(file) in told
    assert len(rows(folder, broadcast_versions)) == 1


def test_news_of_a_plan_are_of_the_kind_its_activity_tells(folder: Path) -> None:
    async def plan() -> int:
        async with (
            open_database(Settings(data_dir=folder)) as database,
            database.writing() as connection,
        ):
            made = await put_plan(connection, "mau-xa")
            return await put_entry(connection, made, content="Thi tìm hiểu cải cách hành chính")

    entry = str(asyncio.run(plan()))
    steps = "cach_tham_gia=Quét mã\nTrả lời"
    create = ("create", "--as", "lan", "--entry", entry)
    shown = done(folder, *create, "--fill", steps)
    assert (shown["kind"], shown["title"]) == ("cuoc_thi", "Cuộc thi {ten_cuoc_thi}")
    (version,) = rows(folder, broadcast_versions)
    assert json.loads(version.parts)["variables"] == {"cach_tham_gia": "Quét mã\nTrả lời"}
    assert done(folder, *create, "--kind", "khac", "--title", "a")["kind"] == "khac"


def test_a_text_goes_from_its_author_by_another_person_to_the_ledger(folder: Path) -> None:
    number = created(folder)
    assert "Người soạn" not in refused(folder, "approve", number, "--as", "hoa")
    assert done(folder, "submit", number, "--as", "lan")["state"] == "submitted"
    assert "Tài khoản lan không được duyệt" in refused(folder, "approve", number, "--as", "lan")
    assert done(folder, "approve", number, "--as", "minh")["state"] == "approved"
    assert "lan không được hẹn giờ" in refused(folder, "start", number, "--as", "lan")
    tomorrow = SystemClock().now().astimezone(VIETNAM) + timedelta(days=1)
    at = f"{tomorrow:%Y-%m-%d} 08:00"
    shown = done(folder, "start", number, "--as", "hoa", "--at", at)
    assert (shown["state"], shown["total"]) == ("scheduled", 0)
    assert shown["next_at"] == f"{tomorrow:%Y-%m-%d}T08:00:00+07:00"
    assert shown["schedule"] == f"Một lần, 8 giờ, ngày {tomorrow:%d/%m/%Y}"
    assert [one["at"] for one in shown["times"]] == [shown["next_at"]]
    assert done(folder, "cancel", number, "--as", "hoa")["state"] == "cancelled"
    assert rows(folder, deliveries) == []


def test_an_urgent_text_is_in_the_ledger_at_once(folder: Path) -> None:
    urgent = ("--urgent", "--kind", "khan_cap")
    assert "Tin khẩn cần lý do" in refused(folder, "create", "--as", "hoa", *urgent)
    words = (*urgent, "--reason", "Bão số 9")
    assert "lan không được phát tin khẩn" in refused(folder, "create", "--as", "lan", *words)
    number = created(folder, *words, by="hoa")
    assert "lan không được" in refused(folder, "start", number, "--as", "lan")
    shown = done(folder, "start", number, "--as", "hoa")
    assert (shown["state"], shown["total"], shown["pending"]) == ("running", 2, 2)
    assert {row.route for row in rows(folder, deliveries)} == set(READERS)
    assert done(folder, "pause", number, "--as", "hoa")["state"] == "paused"
    assert "không có lượt gửi nào" in refused(folder, "pause", number, "--as", "hoa")
    assert done(folder, "resume", number, "--as", "hoa")["state"] == "running"
    shown = done(folder, "retry", number, "--as", "hoa")
    assert (shown["failed"], shown["retried"]) == (0, 0)
    told = ran(folder, "retry", number, "--as", "hoa")
    assert told.exit_code == 0
    assert "không có tin hỏng nào gửi lại được" in told.stdout
    assert "run_retried" not in {row.action for row in rows(folder, audit_entries)}
    change_one(folder, status="failed")
    told = ran(folder, "retry", number, "--as", "hoa")
    assert "Đã cho gửi lại 1 tin hỏng" in told.stdout
    shown = done(folder, "cancel", number, "--as", "hoa")
    assert (shown["state"], shown["pending"], shown["skipped"]) == ("cancelled", 0, 2)
    acts = [(row.actor, row.address, row.action) for row in rows(folder, audit_entries)]
    assert ("Hoa (hoa)", "command_line", "run_begun") in acts
    assert acts[-1][2] == "broadcast_cancelled"
    assert (shown["receipts"], shown["target"]) == (None, {})
    told_of_by_zalo(folder, number)


def test_what_is_scheduled_goes_out_when_its_time_comes(folder: Path) -> None:
    number = approved(folder)
    assert "không gắn lượt nào" in refused(folder, "start", number, "--as", "hoa", "--at", "slot")
    now = SystemClock().now()
    at = (now.astimezone(VIETNAM) + timedelta(days=1)).replace(hour=8, minute=0)
    done(folder, "start", number, "--as", "hoa", "--at", f"{at:%Y-%m-%d %H:%M}")

    async def tomorrow() -> int:
        async with open_database(Settings(data_dir=folder)) as database:
            snapshot = (await SqlSnapshotStore(database).layers()).snapshot()
            realm = Realm.of(snapshot, Stood())
            clock = FrozenClock(at + timedelta(seconds=5))
            return await dispatch(database, clock, lambda: realm)

    assert asyncio.run(tomorrow()) == 1
    shown = done(folder, "status", number)
    assert (shown["state"], shown["total"], shown["pending"]) == ("running", 2, 2)
    assert {row.address for row in rows(folder, deliveries)} == {"1"}


def test_the_author_approves_nothing_of_their_own(folder: Path) -> None:
    number = created(folder, by="hoa")
    done(folder, "submit", number, "--as", "hoa")
    assert "không tự duyệt" in refused(folder, "approve", number, "--as", "hoa")
    told = refused(folder, "approve", number, "--as", "minh", "--return", "")
    assert "cần ghi lý do" in told
    shown = done(folder, "approve", number, "--as", "minh", "--return", "Thiếu giờ")
    assert shown["state"] == "returned"


def test_what_lies_outside_ones_offices_is_not_there(folder: Path) -> None:
    number = created(folder)
    for act in ("approve", "start", "status", "cancel"):
        assert "Không có bản tin này" in refused(folder, act, number, "--as", "xa")
    assert "Không có bản tin này" in refused(folder, "status", "404")
    assert "Không có tài khoản nam" in refused(folder, "submit", number, "--as", "nam")
    assert "son không được xem" in refused(folder, "status", number, "--as", "son")


def test_a_text_is_told_in_lines_for_people(folder: Path) -> None:
    told = ran(folder, "create", "--as", "lan", "--title", "Tin", "--text", "Lời")
    assert told.stdout.splitlines()[1] == "Số 1: Tin: bản nháp"
    assert "broadcast submit 1" in told.stdout
    assert ran(folder, "status", "1").output == "Số 1: Tin: bản nháp\n"


def test_what_is_incomplete_says_what_is_wanted(folder: Path) -> None:
    number = created(folder, "--kind", "lich_doi_thoai", "--text", "Lúc {gio}, hết {gi_do}.")
    told = refused(folder, "submit", number, "--as", "lan")
    assert "Chưa điền: giờ {gio}." in told
    told = ran(folder, "status", number).stderr
    assert told.startswith("Xem lại: Chưa điền: giờ {gio}.")
    assert "Không rõ chỗ trống {gi_do}." in told


def test_the_same_text_again_wants_a_word(folder: Path) -> None:
    first, second = approved(folder), approved(folder)
    done(folder, "start", first, "--as", "hoa")
    told = refused(folder, "start", second, "--as", "hoa")
    assert f"bản tin số {first}" in told
    assert "--again" in told
    done(folder, "start", second, "--as", "hoa", "--again")


def test_who_belongs_to_no_office_speaks_for_the_one_that_answers(folder: Path) -> None:
    environment = {"DATA_DIR": str(folder)}
    new = (
        "officer",
        "add",
        "--login",
        "van-phong",
        "--name",
        "Văn phòng",
        "--role",
        "secretariat",
    )
    assert CliRunner().invoke(app, new, env=environment).exit_code == 0
    assert done(folder, "status", created(folder, by="van-phong"))["office"] == "mau-xa"


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        (("--office", "mat-dau"), "Không có cơ quan mang mã mat-dau"),
        (("--to", "mau-tinh"), "ngoài phạm vi"),
        (("--kind", "quang_cao"), "Không có loại tin “quang_cao”"),
        (("--topic", "bong_da"), "Không có chủ đề “bong_da”"),
        (("--entry", "9"), "ngoài phạm vi"),
    ],
)
def test_what_cannot_be_written_is_told(folder: Path, words: tuple[str, ...], wrong: str) -> None:
    assert wrong in refused(folder, "create", "--as", "lan", "--title", "a", *words)
