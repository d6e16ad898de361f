"""A console to knock at: a small tree of offices, little content, officers signed in by hand."""

from __future__ import annotations

import asyncio
import io
import re
import secrets
import shutil
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from aiohttp import DummyCookieJar, FormData, web
from aiohttp.test_utils import TestClient, TestServer
from jinja2 import FileSystemBytecodeCache
from multidict import CIMultiDict

from bot.bell import Bell
from bot.casework.zalo.port import Reading, Zalo
from bot.console import ports
from bot.console.app import create_console, mount
from bot.console.cookies import fresh_token, hash_of
from bot.console.origin import form_token
from bot.console.render import read_templates
from bot.console.rooms import ROOMS
from bot.console.routing import Room
from bot.conversation.asked import Details, Questions
from bot.conversation.card import CardWriter
from bot.conversation.days import Calendar
from bot.conversation.desk import Desk
from bot.conversation.edition import Edition
from bot.conversation.intents import Intents, shipped_intents
from bot.conversation.labels import Labels
from bot.conversation.opening import home_office
from bot.conversation.orders import Orders
from bot.conversation.pipeline import Conversation
from bot.conversation.places import Places
from bot.conversation.wording import Wording
from bot.officials.models import OfficerId, Role, Session, Stage
from bot.settings import Settings
from bot.storage.database import Database, create_database
from bot.storage.officer_rows import NewOfficer, add_officer, set_grants, switch
from bot.storage.session_rows import begin_session
from bot.storage.standing_rows import SqlStandingStore
from bot.vault import Keyring, Vault, Vaults
from bot.vault.keyring import new_key
from bot.web.app import create_app
from bot.web.runner import Runner
from knowledge.lexicon import Lexicon
from knowledge.library import KnowledgeBase
from knowledge.models import Guide, GuideId, Hotline, Office, OfficeCode, Snapshot, Source
from knowledge.repository import SqlSnapshotStore
from knowledge.testing import SEEN, OursAlone, make_procedure
from tests.conftest import NOON, FrozenClock
from tests.fakes.furnished import EARLIER, shaped
from tests.fakes.hashing import PlainHasher
from tests.fakes.house import PaperHouse
from tests.fakes.paper_zalo import PaperReading, PaperZalo

Client = TestClient[web.Request, web.Application]
HERE = "xa-a"
SOURCE = Source(name="Nguồn thử", seen=SEEN)
VAULTS = Vaults(
    data=Vault(Keyring.parse(new_key("test-data"))), sealed=Vault(Keyring.parse(new_key("test-2")))
)


def an_office(code: str, name: str, parent: str = "") -> Office:
    above = OfficeCode(parent) if parent else None
    return Office(code=OfficeCode(code), name=name, province="01", parent=above)


A_GUIDE = Guide(
    id=GuideId("cai-vneid"),
    title="Cài VNeID thế nào",
    aliases=("tải vneid",),
    steps=(),
    intro="Mở kho ứng dụng, tìm VNeID.",
    source=SOURCE,
)
A_HOTLINE = Hotline(
    phone="1022", name="Đường dây nóng", purpose="Hỏi đáp", aliases=(), source=SOURCE
)
# A province, two communes, and a unit of the first; xa-a is the office that answers.
LITTLE = Snapshot(
    procedures=(
        make_procedure(has_card=True, aliases=("làm giấy khai sinh",)),
        make_procedure("1.000894", "Đăng ký kết hôn", has_card=True),
    ),
    guides=(A_GUIDE,),
    hotlines=(A_HOTLINE,),
    offices=(
        an_office("tinh", "Tỉnh Mẫu"),
        an_office("xa-a", "Xã A", "tinh"),
        an_office("xa-b", "Xã B", "tinh"),
        an_office("xa-a-mot-cua", "Một cửa xã A", "xa-a"),
    ),
)


@cache
def _words() -> tuple[Wording, Lexicon, Intents, Questions, Details]:
    """What every desk shares, read once."""
    return (
        Wording.load(), OursAlone.load(), shipped_intents(), Questions.load(), Details.load(),
    )  # fmt: skip


def little_desk(
    snapshot: Snapshot = LITTLE, office: str = HERE, *, earlier: Desk | None = None
) -> Desk:
    """Lay out a desk in milliseconds: it knows no word of what is not in ``snapshot``."""
    wording, lexicon, intents, asked, details = _words()
    home = home_office(snapshot.offices, office)
    places = Places.near(snapshot.offices, office, wording.card["desks"])
    return Desk(
        knowledge=earlier.knowledge.renewed(snapshot)
        if earlier
        else KnowledgeBase.build(snapshot, lexicon),
        wording=wording,
        intents=intents,
        asked=asked,
        details=details,
        labels=Labels.of(wording),
        card=CardWriter.of(snapshot, wording, places.units),
        office=home,
        places=places,
        calendar=Calendar.of(snapshot.days_off),
        province="01",
        portal_hotline="",
    )


@dataclass
class ConsoleHouse:
    """The parts of the house that the console asks for, over a real database."""

    database: Database
    clock: FrozenClock = field(default_factory=FrozenClock)
    settings: Settings = field(default_factory=Settings)
    bell: Bell = field(default_factory=Bell)
    vaults: Vaults = VAULTS
    # Telegram is set up and cannot be reached.
    channels: dict[str, str] = field(default_factory=lambda: {"telegram": "timeout"})
    zalo: Zalo | None = field(default_factory=PaperZalo)
    zalo_reading: Reading | None = field(default_factory=PaperReading)
    conversation: Conversation = field(init=False)
    edition: Edition = field(init=False)
    orders: Orders = field(init=False)

    def __post_init__(self) -> None:
        self.conversation = Conversation(little_desk())
        self.edition = Edition(
            SqlSnapshotStore(self.database), self.conversation, office=HERE, opened=little_desk
        )
        self.orders = Orders(SqlStandingStore(self.database), self.conversation)

    def channel_faults(self) -> Mapping[str, str]:
        return self.channels


class AsServed(TestServer):
    """Serves as the program does: aiohttp's own ends what is made for a browser that has left."""

    async def _make_runner(self, **_: object) -> web.BaseRunner:
        return Runner(self.app, access_log=None)


@asynccontextmanager
async def console_client(
    house: ConsoleHouse, rooms: Sequence[Room] = ROOMS
) -> AsyncIterator[Client]:
    """Serve the console with the web around it; the client keeps no cookies of its own.

    Passwords cost nothing here.
    """
    app = create_app(PaperHouse(settings=house.settings))
    mount(app, create_console(house, rooms, hasher=PlainHasher()))
    async with TestClient(AsServed(app), cookie_jar=DummyCookieJar()) as client:
        yield client


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a browser was given."""

    status: int
    text: str
    headers: CIMultiDict[str]
    body: bytes

    @property
    def where(self) -> str:
        """Where the browser is led on to."""
        return self.headers.get("Location", "")

    @property
    def heading(self) -> str:
        """The page's ``h1``."""
        found = re.search(r"<h1[^>]*>(.*?)</h1>", self.text, re.DOTALL)
        return found[1].strip() if found else ""


@dataclass(slots=True)
class Seat:
    """A browser at the console, with the cookie of its session when somebody is signed in."""

    client: Client
    token: str = ""
    officer: OfficerId | None = None
    session: int = 0
    cookie: str = "__Host-console"

    async def get(self, path: str, **headers: str) -> Shown:
        """Open a page of the console; ``path`` begins behind /console."""
        return await self._ask("GET", path, None, headers)

    async def post(self, path: str, _csrf: str | None = None, **fields: str) -> Shown:
        """Send a form as a page of ours would."""
        token = form_token(self.token) if _csrf is None else _csrf
        return await self.send(path, {"_csrf": token, **fields})

    async def upload(
        self, path: str, *files: tuple[str, bytes], field: str = "file", **fields: str
    ) -> Shown:
        """Send a form with files in its ``field``: the name of each, and what is in it."""
        form = FormData(quote_fields=False, default_to_multipart=True)
        form.add_field("_csrf", form_token(self.token))
        for name, value in fields.items():
            form.add_field(name, value)
        kind = "application/octet-stream"
        for name, body in files:
            form.add_field(field, io.BytesIO(body), filename=name, content_type=kind)
        return await self.send(path, form)

    async def leave_out(self, path: str, files: Sequence[str], **fields: str) -> Shown:
        """Send a form as a browser does where nobody chose ``files``: nameless, and empty."""
        told = {"_csrf": form_token(self.token), **fields}
        parts = [f'name="{name}"\r\n\r\n{value}' for name, value in told.items()]
        kind = "Content-Type: application/octet-stream"
        parts += [f'name="{name}"; filename=""\r\n{kind}\r\n\r\n' for name in files]
        body = "".join(f"--x\r\nContent-Disposition: form-data; {one}\r\n" for one in parts)
        headers = {"Content-Type": "multipart/form-data; boundary=x"}
        return await self.send(path, f"{body}--x--\r\n".encode(), **headers)

    async def send(
        self, path: str, form: Mapping[str, str] | FormData | bytes | str, **headers: str
    ) -> Shown:
        """Send anything; a mapping as a form."""
        if isinstance(form, Mapping):
            headers |= {"Content-Type": "application/x-www-form-urlencoded"}
            form = urlencode(form)
        return await self._ask("POST", path, form, headers)

    async def _ask(
        self, method: str, path: str, data: object, headers: Mapping[str, str]
    ) -> Shown:
        kept = {"Cookie": f"{self.cookie}={self.token}"} if self.token else {}
        async with self.client.request(
            method,
            f"/console{path}",
            data=data,
            headers={**kept, **headers},
            allow_redirects=False,
        ) as answer:
            return Shown(
                status=answer.status,
                text=await answer.text(errors="replace"),
                headers=answer.headers.copy(),
                body=await answer.read(),
            )


@dataclass
class Reception:
    """Makes officers, signs them in and gives them a seat; all by rows, without the door."""

    house: ports.ConsoleHouse
    client: Client

    async def __call__(
        self,
        *roles: Role,
        office: str = HERE,
        stage: Stage = Stage.FULL,
        sure: bool = False,
    ) -> Seat:
        """Give the seat of a new officer of ``office`` who holds ``roles`` there, or none."""
        async with self.house.database.writing() as connection:
            login = f"can-bo-{secrets.token_hex(4)}"
            new = NewOfficer(login=login, name="Nguyễn Thị Lan", office=office)
            officer = await add_officer(connection, new, at=NOON)
            await set_grants(connection, officer, [(role, office) for role in roles], at=NOON)
        return await self.again(officer, stage=stage, sure=sure)

    async def again(
        self, officer: OfficerId, *, stage: Stage = Stage.FULL, sure: bool = False
    ) -> Seat:
        """Give the seat of an officer who signs in now."""
        token, now = fresh_token(), self.house.clock.now()
        async with self.house.database.writing() as connection:
            session = Session(
                id=secrets.randbelow(2**53),
                officer=officer,
                stage=stage,
                began_at=now,
                seen_at=now,
                until=now + timedelta(hours=12),
                address="127.0.0.1",
                agent="trình duyệt thử",
                sure_at=now if sure else None,
            )
            await begin_session(connection, session, hash_of(token))
        return Seat(self.client, token, officer, session.id)

    async def switch_off(self, seat: Seat) -> None:
        """Switch the account of ``seat`` off, as when somebody leaves."""
        assert seat.officer is not None
        async with self.house.database.writing() as connection:
            await switch(connection, seat.officer, on=False, at=NOON)


# Templates of the console are compiled by the first process that needs them, for all others too.
read_templates().bytecode_cache = FileSystemBytecodeCache(str(EARLIER), "template-%s")
_EARLIER = tempfile.TemporaryDirectory(prefix="console-", ignore_cleanup_errors=True)


def empty_console_database(folder: Path) -> Database:
    """Give a database in this release's shape that holds ``LITTLE`` and nothing else."""
    made, wanted = Path(_EARLIER.name) / "console.sqlite3", folder / "console.sqlite3"
    if not made.exists():
        # In a thread of its own, for those who come with a running loop.
        with ThreadPoolExecutor(1) as aside:
            aside.submit(asyncio.run, _publish(shaped(made))).result()
    shutil.copyfile(made, wanted)
    return create_database(f"sqlite+aiosqlite:///{wanted}")


async def _publish(file: Path) -> None:
    database = create_database(f"sqlite+aiosqlite:///{file}")
    await SqlSnapshotStore(database).publish_content(LITTLE, name="thử")
    await database.close()
