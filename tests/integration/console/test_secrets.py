"""A day in the console, from the first link to the last spreadsheet: no secret is left anywhere.

Neither the record of deeds nor the logs nor a spreadsheet holds a password, a token, a code or
what a citizen wrote of themselves; the database holds none of it as it was either.
"""

from __future__ import annotations

import asyncio
import base64
import logging
import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer
from argon2 import PasswordHasher
from openpyxl import load_workbook
from structlog.testing import capture_logs

from bot.bootstrap import House, build
from bot.casework.deeds import COMMAND_LINE, acting
from bot.casework.verifying import verify
from bot.console.app import create_console, mount
from bot.console.people import officers
from bot.console.people.hashing import ArgonHasher
from bot.console.people.links import make_link
from bot.console.rooms import ROOMS, ways_of
from bot.conversation.desk import Desk
from bot.officials.keeping import Keeper
from bot.officials.models import EVERYWHERE, Grant, Purpose, Role
from bot.officials.totp import code_at, step_at
from bot.officials.tree import OfficeTree
from bot.settings import Settings
from bot.storage.audit_rows import following
from bot.storage.officer_rows import NewOfficer, find_officer
from bot.web.app import create_app
from tests.conftest import FrozenClock
from tests.fakes.console import Client
from tests.fakes.visitor import Visitor, codes_shown, secret_shown

ROOT, OFFICER, MISTYPED = "thuyền về bến cũ 1987", "con mèo nằm trên mái", "mật khẩu gõ nhầm đây"
CITIZEN = "phien-cua-nguoi-dan-0001"
ID_CARD, PHONE, ODD_WORD = "001099012345", "0912345678", "cá sấu hoa cà"
QUESTION = f"giấy tờ đất {ODD_WORD} ở xã, cccd {ID_CARD}"
LINK = re.compile(r"/console/link\?t=([\w-]{43})")
ONCE = re.compile(r'name="once" value="([\w-]+)"')


@dataclass
class Day:
    """The running program, and every secret that came up."""

    house: House
    client: Client
    clock: FrozenClock
    secrets: dict[str, str] = field(default_factory=dict)
    # Six digits may stand in any number, so these are looked for as words.
    codes: set[str] = field(default_factory=set)

    def visitor(self) -> Visitor:
        return Visitor(self.client)

    def remember(self, visitor: Visitor, who: str) -> None:
        """Every cookie and every token of a form is a secret."""
        for name, value in visitor.cookies.items():
            self.secrets[f"{name} of {who} {value[:4]}"] = value

    async def sets_password(self, link: str, password: str, who: str) -> Visitor:
        self.secrets[f"link of {who}"] = link
        visitor = self.visitor()
        await visitor.get(f"/link?t={link}")
        done = await visitor.post("/link", t=link, password=password, again=password)
        assert done.where == "/console/sign-in?done=link_set"
        self.remember(visitor, who)
        return visitor

    async def signs_in(self, visitor: Visitor, login: str, password: str) -> str:
        shown = await visitor.signs_in(login, password)
        assert shown.status == HTTPStatus.SEE_OTHER
        self.remember(visitor, login)
        return shown.where

    async def says(self, text: str = "", choice: str = "") -> Mapping[str, Any]:
        """Let a citizen write, or press a button, and give the reply."""
        said = {"choice": choice} if choice else {"text": text}
        body = {"session": CITIZEN, **said}
        async with self.client.post("/chat/messages?wait=10", json=body) as answer:
            assert answer.status == HTTPStatus.OK
            told: Mapping[str, Any] = (await answer.json())["replies"][-1]
        return told

    async def presses(self, under: Mapping[str, Any], beginning: str) -> Mapping[str, Any]:
        values = [one["value"] for one in under["choices"]]
        return await self.says(choice=next(one for one in values if one.startswith(beginning)))


@pytest.fixture
async def day(tmp_path: Path, desk: Desk) -> AsyncIterator[Day]:
    settings = Settings.from_env({"DATA_DIR": str(tmp_path), "CONSOLE_SECRET": "bí mật " * 8})
    clock = FrozenClock()
    hasher = ArgonHasher(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    async with build(settings, clock=clock, desk=desk) as house, house.working():
        app = create_app(house)
        mount(app, create_console(house, hasher=hasher))
        async with TestClient(TestServer(app)) as client:
            yield Day(house, client, clock)


async def first_administrator(day: Day) -> Visitor:
    """From the link a shell prints to a second factor with its recovery codes."""
    async with acting(day.house.database, day.clock, COMMAND_LINE) as doing:
        shell = Keeper(officer=None, tree=OfficeTree({}))
        made = await officers.add(doing, shell, NewOfficer(login="root", name="Nam", office=""))
        for role in (Role.ADMINISTRATOR, Role.LEADER):
            await officers.give(doing, shell, Grant(officer=made, role=role, office=EVERYWHERE))
        found = await find_officer(doing.connection, made)
        assert found
        path, _ = await make_link(doing, found, Purpose.FIRST, by=None)
    root = await day.sets_password(path.partition("=")[2], ROOT, "root")
    root.forgets_the_session()
    await root.signs_in("root", MISTYPED)
    assert (await day.signs_in(root, "root", ROOT)).startswith("/console/enrol")
    secret = secret_shown((await root.get("/enrol")).text)
    day.secrets["secret of the second factor"] = secret
    first = code_at(base64.b32decode(secret), step_at(day.clock.now()))
    shown = await root.post("/enrol", code=first)
    codes = codes_shown(shown.text)
    assert len(codes) == 10
    day.secrets.update({f"recovery code {code[:2]}": code for code in codes})
    day.codes.add(first)
    day.remember(root, "root, enrolled")
    await root.post("/sign-out")
    assert await day.signs_in(root, "root", ROOT) == "/console/second?next=/console/"
    assert (await root.post("/second", recovery=codes[0])).status == HTTPStatus.SEE_OTHER
    day.remember(root, "root, by recovery code")
    return root


async def first_officer(day: Day, root: Visitor) -> Visitor:
    """From the form of a new account to an officer who signed in."""
    await root.post("/sure", password=ROOT)
    day.remember(root, "root, sure")
    new = {"login": "lan", "name": "Nguyễn Thị Lan", "title": "Tư pháp", "office": "mau-xa"}
    page = (await root.post("/people/new", **new)).where.partition("?")[0]
    await root.post(f"{page}/grants", role="approver", at="mau-xa")
    shown = await root.post(f"{page}/link", reason="cán bộ mới")
    link = LINK.search(shown.text)
    assert link, shown.text
    lan = await day.sets_password(link[1], OFFICER, "lan")
    assert await day.signs_in(lan, "lan", OFFICER) == "/console/"
    return lan


async def work_of_a_day(day: Day, lan: Visitor) -> None:
    """A citizen asks what nobody knows and wants a person; the officer answers both."""
    offered = await day.says(QUESTION)
    unanswered = await day.presses(offered, "none")
    await day.presses(unanswered, "f:tell")
    await day.says(f"cho tôi gặp cán bộ, số tôi {PHONE}")
    shown = await lan.get("/questions")
    group = re.search(r"/console/questions/(\d+)", shown.text)
    assert group, shown.text
    assert ODD_WORD in shown.text
    answered = await lan.post(
        f"/questions/{group[1]}/answer", text="Mời bà con ra bộ phận một cửa."
    )
    assert answered.status == HTTPStatus.SEE_OTHER
    talk = re.search(r"/console/talks/(\d+)", (await lan.get("/talks")).text)
    assert talk
    page = f"/talks/{talk[1]}"
    await lan.post(f"{page}/take")
    once = ONCE.search((await lan.get(page)).text)
    assert once
    said = await lan.post(f"{page}/say", text="Chào bà con, tôi nghe đây.", once=once[1])
    assert said.status == HTTPStatus.SEE_OTHER, said.text
    await lan.post(f"{page}/back")


async def spreadsheets(root: Visitor) -> str:
    """Every list there is as a spreadsheet, cell by cell."""
    ways = [way for way in ways_of(ROOMS) if way.path.endswith(".xlsx") and "{" not in way.path]
    assert len(ways) >= 4
    cells: list[str] = []
    for way in ways:
        shown = await root.get(f"{way.path}?status=all")
        assert shown.status == HTTPStatus.OK, way.path
        sheets = load_workbook(BytesIO(shown.body)).worksheets
        cells += (str(cell) for sheet in sheets for row in sheet.values for cell in row)
    return "\n".join(cells)


async def test_no_secret_of_a_whole_day_is_left_anywhere(
    day: Day, caplog: pytest.LogCaptureFixture
) -> None:
    with capture_logs() as told, caplog.at_level(logging.WARNING):
        root = await first_administrator(day)
        lan = await first_officer(day, root)
        await work_of_a_day(day, lan)
        given = await spreadsheets(root)
        await lan.post("/sign-out")
    database = day.house.database
    async with database.reading() as connection:
        entries = await following(connection, None, 999)
    assert {
        "link_made", "link_used", "signed_in", "second_on", "recovery_used",
        "granted", "question_answered", "talk_taken", "talk_said", "talk_back", "exported",
    } <= {one.action for one in entries}  # fmt: skip
    assert (await verify(database)).breach is None
    places = {
        "the record": "\n".join(map(repr, entries)),
        "the logs": f"{told}\n{caplog.text}",
        "the spreadsheets": given,
    }
    words = {
        "password of root": ROOT, "password of lan": OFFICER, "password mistyped": MISTYPED,
        "citizen's session": CITIZEN, "identity card": ID_CARD, "telephone": PHONE,
    }  # fmt: skip
    found = {
        (place, name)
        for place, text in places.items()
        for name, secret in (day.secrets | words).items()
        if secret in text
    }
    assert found == set()
    for place, text in places.items():
        assert not day.codes & set(re.findall(r"\b\d{6}\b", text)), place
    for place in ("the record", "the logs"):
        assert ODD_WORD not in places[place]
    assert ODD_WORD in given


def _read(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.glob("hanhchinh.sqlite3*"))


async def test_the_database_keeps_no_secret_as_it_was(day: Day, tmp_path: Path) -> None:
    root = await first_administrator(day)
    lan = await first_officer(day, root)
    await work_of_a_day(day, lan)
    kept = await asyncio.to_thread(_read, tmp_path)
    assert ODD_WORD.encode() in kept
    words = {"root": ROOT, "lan": OFFICER, "identity card": ID_CARD, "telephone": PHONE}
    secrets = day.secrets | words
    assert {name for name, secret in secrets.items() if secret.encode() in kept} == set()
