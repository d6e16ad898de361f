"""An office with officers whose passwords are known, and the telephones they carry."""

from __future__ import annotations

import asyncio
import base64
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus

from aiohttp import web
from sqlalchemy import func, select

from bot.casework.deeds import COMMAND_LINE, acting
from bot.console.keys import DOORWAY, PORCH
from bot.console.people.links import make_link
from bot.console.people.porch import AT_ONCE, MOST
from bot.officials.models import OfficerId, Purpose, Role
from bot.officials.totp import code_at, step_at
from bot.storage.console_tables import audit_entries
from bot.storage.credential_rows import set_password
from bot.storage.officer_rows import NewOfficer, add_officer, find_officer, set_grants
from tests.conftest import NOON
from tests.fakes.console import HERE, Client, ConsoleHouse
from tests.fakes.hashing import PlainHasher
from tests.fakes.visitor import Visitor, codes_shown, secret_shown

PASSWORD = "con mèo nằm trên mái"
ANOTHER = "thuyền về bến cũ 1987"


@dataclass
class Office:
    """The console with officers whose passwords are known."""

    house: ConsoleHouse
    client: Client

    async def hires(
        self, login: str, role: Role | None = Role.PREPARER, *, password: str = PASSWORD
    ) -> OfficerId:
        async with self.house.database.writing() as connection:
            new = NewOfficer(login=login, name="Trần Văn Bình", office=HERE)
            officer = await add_officer(connection, new, at=NOON)
            wanted = [] if role is None else [(role, HERE)]
            await set_grants(connection, officer, wanted, at=NOON)
            if password:
                await set_password(connection, officer, f"plain {password}", at=NOON)
        return officer

    async def links(self, officer: OfficerId, purpose: Purpose = Purpose.INVITE) -> str:
        """Make a link and give its path."""
        house = self.house
        async with acting(house.database, house.clock, COMMAND_LINE) as doing:
            found = await find_officer(doing.connection, officer)
            assert found
            return (await make_link(doing, found, purpose, by=None))[0]

    def visitor(self) -> Visitor:
        return Visitor(self.client)

    async def is_crowded(self) -> None:
        """Wait until nobody more is let onto the porch, and those at work have come to a hash."""
        porch = _console(self.client)[PORCH]
        while porch._inside < MOST or len(self.hasher.asked) < AT_ONCE:  # noqa: ASYNC110 - nobody else is told of it
            await asyncio.sleep(0)

    @property
    def hasher(self) -> PlainHasher:
        hasher = _console(self.client)[DOORWAY].hasher
        assert isinstance(hasher, PlainHasher)
        return hasher

    async def enrolled(self, login: str = "lan") -> tuple[Visitor, Application, list[str]]:
        """Give an administrator who just set up the second factor, with application and codes."""
        await self.hires(login, Role.ADMINISTRATOR)
        visitor = self.visitor()
        shown = await visitor.signs_in(login, PASSWORD)
        assert shown.where.startswith("/console/enrol")
        page = await visitor.get("/enrol")
        application = Application(self.house, base64.b32decode(secret_shown(page.text)))
        shown = await visitor.post("/enrol", code=application.code())
        assert shown.status == HTTPStatus.OK, shown.text
        self.house.clock.move(timedelta(seconds=30))
        return visitor, application, codes_shown(shown.text)

    async def count(self, table: object, *where: object) -> int:
        async with self.house.database.reading() as connection:
            wanted = select(func.count()).select_from(table).where(*where)  # type: ignore[arg-type]
            return (await connection.execute(wanted)).scalar_one()

    async def deeds(self) -> list[str]:
        async with self.house.database.reading() as connection:
            wanted = select(audit_entries.c.action).order_by(audit_entries.c.seq)
            return list((await connection.execute(wanted)).scalars())


@dataclass
class Application:
    """An authenticator application, its clock that of the house."""

    house: ConsoleHouse
    secret: bytes

    def code(self, late: int = 0) -> str:
        return code_at(self.secret, step_at(self.house.clock.now()) + late)


def _console(client: Client) -> web.Application:
    app = client.app
    assert app
    (console,) = app._subapps
    return console
