"""``bot knowledge check`` as an official runs it; the probe against sites of every temper."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.storage.database import create_database
from knowledge.layers import OfficeEdit
from knowledge.link_probe import Courtesy, LinkProbe
from knowledge.lint.links import Health, Visit
from knowledge.repository import SqlSnapshotStore
from tests.conftest import NOON

ROOT = Path(__file__).parents[2]
QUICK = Courtesy(pause=0, timeout=0.3)
GUIDE = """
[[guide]]
id = "huong_dan_thu"
title = "Hướng dẫn thử"
aliases = ["câu chỉ dùng để thử"]
steps = ["{step}"]
link = "{link}"
source = {{ name = "Nguồn thử", seen = 2999-01-01 }}
"""


class Site:
    """A small website that counts who comes and how many at once."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.inside = 0
        self.most_inside = 0

    async def answer(self, request: web.Request) -> web.Response:
        self.asked.append((request.method, request.path))
        self.inside += 1
        self.most_inside = max(self.most_inside, self.inside)
        await asyncio.sleep(5 if request.path == "/slow" else 0.01)
        self.inside -= 1
        if request.path == "/moved":
            raise web.HTTPFound("/200")
        if request.path == "/get-only":
            return web.Response(status=405 if request.method == "HEAD" else 200)
        return web.Response(status=int(request.path.strip("/") or 200))

    def count(self, path: str) -> int:
        return sum(asked == path for _, asked in self.asked)


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
async def url(site: Site) -> AsyncIterator[str]:
    paper = web.Application()
    paper.router.add_route("*", "/{path:.*}", site.answer)
    async with TestServer(paper) as server:
        yield str(server.make_url("")).rstrip("/")


async def nobody_watches(done: int, total: int) -> None:
    assert done <= total


async def visit(*urls: str, courtesy: Courtesy = QUICK) -> dict[str, Visit]:
    async with LinkProbe.opened(courtesy) as probe:
        return await probe.visit(urls, nobody_watches)


@pytest.mark.parametrize(("path", "health"), [
    ("/200", Health.ALIVE),
    ("/moved", Health.ALIVE),
    ("/get-only", Health.ALIVE),
    ("/404", Health.DEAD),
    ("/410", Health.DEAD),
    ("/403", Health.UNREACHABLE),
    ("/503", Health.UNREACHABLE),
    ("/slow", Health.UNREACHABLE),
])  # fmt: skip
async def test_gone_is_told_from_out_of_reach(url: str, path: str, health: Health) -> None:
    (told,) = (await visit(url + path)).values()
    assert told.health is health


async def test_each_address_is_visited_once_and_counted(url: str, site: Site) -> None:
    told = await visit(url + "/200", url + "/404", url + "/200")
    assert len(told) == 2
    assert site.asked.count(("HEAD", "/200")) == 1
    assert ("GET", "/200") not in site.asked


async def test_one_host_is_visited_one_at_a_time(url: str, site: Site) -> None:
    await visit(*(f"{url}/200?{number}" for number in range(6)))
    assert site.count("/200") == 6
    assert site.most_inside == 1


async def test_a_silent_host_is_left_alone_after_a_few_visits(url: str, site: Site) -> None:
    told = await visit(*(f"{url}/slow?{number}" for number in range(6)))
    assert {one.health for one in told.values()} == {Health.UNREACHABLE}
    assert site.count("/slow") == QUICK.patience


async def test_a_host_that_is_not_there_is_out_of_reach() -> None:
    (told,) = (await visit("http://127.0.0.1:9/")).values()
    assert told.health is Health.UNREACHABLE
    assert "không kết nối được" in told.why


def run(folder: Path, *arguments: str) -> Result:
    environment = {"DATA_DIR": str(folder), "COLUMNS": "160"}
    return CliRunner().invoke(app, ["knowledge", "check", *arguments], env=environment)


def a_file(folder: Path, step: str = "Đăng nhập.", link: str = "https://dichvucong.gov.vn") -> str:
    file = folder / "huong_dan.toml"
    file.write_text(GUIDE.format(step=step, link=link), encoding="utf-8")
    return str(file)


def test_a_sound_file_passes(furnished: Path) -> None:
    told = run(furnished, a_file(furnished))
    assert told.exit_code == 0, told.output
    assert "Lỗi: 0. Cảnh báo: 0. Gợi ý: 0." in told.output


def test_a_faulty_file_is_told_in_words_and_fails(furnished: Path) -> None:
    told = run(furnished, a_file(furnished, step="Ra [b] UBND huyện nộp."))
    assert told.exit_code == 1
    assert "Còn nhắc cơ quan cấp huyện: 1." in told.output
    assert "huong_dan_thu Hướng dẫn thử" in told.output
    assert "Lỗi: 1." in told.output
    # What goes into a file or to another program is not broken at a terminal's eighty letters.
    assert any(len(line.rstrip()) > 80 for line in told.output.splitlines())


def test_the_counts_come_first_and_a_long_group_is_cut_unless_all_is_wanted(
    furnished: Path,
) -> None:
    steps = '", "'.join(f"Ra UBND huyện {number} nộp." for number in range(25))
    laid = a_file(furnished, step=steps)
    short, long = run(furnished, laid).output, run(furnished, laid, "--all").output
    assert short.startswith("Đã soát")
    assert "district" not in short
    assert "--all" in short
    assert short.count("Bước thứ") == 20
    assert long.count("Bước thứ") == 25


def test_a_file_that_cannot_be_read_is_told_and_fails(furnished: Path) -> None:
    file = furnished / "hong.toml"
    file.write_text("[[guide]\n", encoding="utf-8")
    told = run(furnished, str(file), "--json")
    assert told.exit_code == 1
    (finding,) = json.loads(told.output)
    assert (finding["rule"], finding["subject"]) == ("content_fault", "hong.toml")


def test_content_that_cannot_be_published_is_told_beside_its_good_records(tmp_path: Path) -> None:
    for package in ("bot", "broadcasts"):
        (tmp_path / package).symlink_to(ROOT / package)
    few = shutil.ignore_patterns("procedures")
    shutil.copytree(ROOT / "knowledge", tmp_path / "knowledge", ignore=few)
    laws = tmp_path / "knowledge" / "data" / "laws.toml"
    laws.write_text("[[law]]\nnumber = 1\ntitle = 'Luật'\n" + laws.read_text("utf-8"), "utf-8")
    told = subprocess.run(
        [sys.executable, "-m", "bot", "knowledge", "check", "--json"],
        cwd=tmp_path, env={"PATH": os.defpath, "DATA_DIR": str(tmp_path)}, check=False,
        capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert told.returncode == 1, told.stderr
    findings: list[dict[str, Any]] = json.loads(told.stdout)
    assert (findings[0]["rule"], findings[0]["subject"]) == ("content_fault", "laws.toml")
    place = [findings[0][part] for part in ("field", "row", "label")]
    assert place == ["[[law]] number", 2, "Dòng 2, văn bản, số ký hiệu"]
    assert "sample_office" in {one["rule"] for one in findings}


async def test_what_is_published_is_checked_with_the_offices_edits(furnished: Path) -> None:
    """Only what an edit adds is asserted: what time does to our own content is not this test's."""
    database = create_database(f"sqlite+aiosqlite:///{furnished / 'hanhchinh.sqlite3'}")
    edit = OfficeEdit(
        office="", code="1.001193", fields={"where_note": "Nộp tại Phòng Tư pháp.", "steps": ()}
    )
    await SqlSnapshotStore(database).save_edits([edit], at=NOON)
    await database.close()
    told = await asyncio.to_thread(run, furnished, "--json", "--months", "1200")
    assert told.exit_code == 1
    findings: list[dict[str, Any]] = json.loads(told.output)
    assert {
        "rule": "district",
        "severity": "error",
        "subject": "1.001193",
        "field": "where_note",
        "row": None,
        "label": "Địa điểm thực hiện",
        "message": "“Phòng Tư pháp”: cấp huyện không còn từ ngày 01/7/2025. Ghi cơ quan cấp xã "
        "hoặc cấp tỉnh đang giải quyết; nếu nói chuyện cũ thì ghi rõ “trước 1/7/2025”.",
    } in findings
    assert "old" not in {one["rule"] for one in findings}


async def test_what_another_office_tells_is_checked_when_it_is_named(furnished: Path) -> None:
    database = create_database(f"sqlite+aiosqlite:///{furnished / 'hanhchinh.sqlite3'}")
    fields = {"where_note": "Nộp tại Phòng Tư pháp."}
    edit = OfficeEdit(office="mau-xa-ca", code="1.001193", fields=fields)
    await SqlSnapshotStore(database).save_edits([edit], at=NOON)
    await database.close()
    ours = await asyncio.to_thread(run, furnished, "--json")
    theirs = await asyncio.to_thread(run, furnished, "--json", "--office", "mau-xa-ca")
    told = ["Phòng Tư pháp" in one.output for one in (ours, theirs)]
    assert told == [False, True]
    nobody = await asyncio.to_thread(run, furnished, "--office", "la")
    assert nobody.exit_code == 2


async def test_dead_links_are_found_when_asked(furnished: Path, url: str) -> None:
    file = a_file(furnished, link=f"{url}/404")
    unasked = await asyncio.to_thread(run, furnished, file)
    assert unasked.exit_code == 0
    told = await asyncio.to_thread(run, furnished, file, "--links")
    assert told.exit_code == 1
    assert "Đường dẫn không còn: 1." in told.output
    away = await asyncio.to_thread(run, furnished, a_file(furnished, link=f"{url}/503"), "--links")
    assert away.exit_code == 0
    assert "Cảnh báo: 1." in away.output
