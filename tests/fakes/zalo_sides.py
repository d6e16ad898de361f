"""The citizen's end of an Official Account of Zalo: the emulator calls the program's webhook."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from aiohttp.test_utils import TestServer

from bot.bootstrap import House, build
from bot.channels.zalo.addresses import Follower
from bot.channels.zalo.pairs import Pair
from bot.conversation.desk import Desk
from bot.messages import ChannelName, CitizenAddress
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.zalo_connecting_rows import Connected, connect_account
from bot.vault import Vault
from bot.web.app import create_app
from tests.fakes.furnished import settled
from tests.fakes.listening import Heard, unblocked
from tests.fakes.zalo import FakeZalo, Rules, serving_zalo
from tests.fakes.zalo.citizens import Citizen
from tests.fakes.zalo.events import Event
from tests.fakes.zalo.people import Seen

OFFICE: Final = "xa-quy-nhon"


@dataclass
class ZaloSide:
    """Followers of one account of a house."""

    house: House
    zalo: FakeZalo
    name: ChannelName = ChannelName.ZALO

    def citizen(self, user: str = "7") -> Citizen:
        return self.zalo.citizen(user)

    def address(self, user: str = "7") -> CitizenAddress:
        return Follower(self.zalo.oa.oa_id, self.citizen(user).user_id).address

    async def says(self, text: str, user: str = "7") -> Event:
        return await self.citizen(user).says(text)

    async def presses(self, value: str, user: str = "7") -> Event:
        """Press what was offered, as the value of a button or as a typed number."""
        return await self.citizen(user).presses(value)

    async def sends_photo(self, content: bytes, user: str = "7") -> Event:
        return await self.citizen(user).sends_image(content)

    async def shows_place(self, latitude: float, longitude: float, user: str = "7") -> Event:
        return await self.citizen(user).shows_place(latitude, longitude, "")

    async def delivers_again(self, receipt: Event) -> None:
        assert await self.zalo.webhooks.deliver(receipt) == 200

    async def shown(self, user: str) -> list[Heard]:
        return [_heard(one) for one in self.citizen(user).shown]


def _heard(seen: Seen) -> Heard:
    return Heard(
        seen.text,
        tuple((one.title, one.value) for one in seen.buttons if one.type == "oa.query.show"),
        tuple((one.title, one.value) for one in seen.buttons if one.type == "oa.open.url"),
        seen.images,
        seen.files,
    )


@asynccontextmanager
async def a_zalo_side(
    folder: Path, desk: Desk, *, rules: Rules | None = None, buttons: str = "off"
) -> AsyncIterator[ZaloSide]:
    told = replace(rules or Rules(), receipts=False, oa_rate=100_000)
    async with (
        serving_zalo(rules=told) as zalo,
        build(zalo_settings(folder, zalo, ZALO_BUTTONS=buttons), desk=desk) as house,
        house.working(),
        TestServer(create_app(house)) as server,
        unblocked(),
    ):
        zalo.app.events_to = str(server.make_url("/webhooks/zalo"))
        await connect(house, zalo)
        yield ZaloSide(house, zalo)


async def connect(house: House, zalo: FakeZalo) -> None:
    """Connect the emulator's first account with the office of ``house``."""
    assert house.vaults.data
    await connect_pair(house.database, house.vaults.data, zalo, house.clock.now())


async def connect_pair(database: Database, vault: Vault, zalo: FakeZalo, at: datetime) -> None:
    """Connect the emulator's first account by a pair it mints, as if asked for at a moment."""
    pair = zalo.mint()
    async with database.writing() as connection:
        await connect_account(
            connection,
            vault,
            Connected(oa_id=zalo.oa.oa_id, office=OFFICE, name=zalo.oa.name, officer=None),
            Pair(
                access=pair["access_token"],
                refresh=pair["refresh_token"],
                lasts=timedelta(seconds=int(pair["expires_in"])),
            ),
            at,
        )


def zalo_settings(folder: Path, zalo: FakeZalo, **more: str) -> Settings:
    """Give the settings of a house whose app is that of the emulator."""
    return settled(folder, **zalo_told(zalo, **more))


def zalo_told(zalo: FakeZalo, **more: str) -> dict[str, str]:
    """Give the environment of a house whose app is that of the emulator."""
    told = {
        "ZALO_APP_ID": zalo.app.app_id,
        "ZALO_APP_SECRET": zalo.app.secret,
        "ZALO_WEBHOOK_SECRETS": zalo.app.webhook_secret,
        "ZALO_OAUTH_URL": zalo.oauth_url,
        "ZALO_API_URL": zalo.api_url,
        "ZALO_BUSINESS_URL": zalo.business_url,
        "ZALO_RATE": "4000",
        "ZALO_FILE_HOSTS": zalo.url.removeprefix("http://"),
        "PUBLIC_URL": "https://example.vn",
    }
    return told | more
