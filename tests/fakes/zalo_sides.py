"""The citizen's end of an Official Account of Zalo: the emulator calls the program's webhook."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from aiohttp.test_utils import TestServer
from sqlalchemy import select

from bot.bootstrap import House, build
from bot.channels.zalo.addresses import Follower
from bot.channels.zalo.pairs import Pair
from bot.channels.zalo.rendering import PRESSED
from bot.conversation.desk import Desk
from bot.messages import ChannelName, CitizenAddress
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.tables import OutboxStatus, outbox
from bot.storage.zalo_connecting_rows import Connected, connect_account
from bot.vault import Vault
from bot.web.app import create_app
from tests.fakes.furnished import settled
from tests.fakes.listening import Heard, unblocked
from tests.fakes.numbered_menus import offered, read, typed
from tests.fakes.zalo import FakeZalo, Rules, serving_zalo
from tests.fakes.zalo.citizens import Citizen
from tests.fakes.zalo.events import Event
from tests.fakes.zalo.people import Json, Seen

OFFICE: Final = "xa-quy-nhon"


@dataclass
class ZaloSide:
    """Followers of one account of a house."""

    house: House
    zalo: FakeZalo
    name: ChannelName = ChannelName.ZALO
    has_buttons: bool = False
    listed: bool = False

    def citizen(self, user: str = "7") -> Citizen:
        return self.zalo.citizen(user)

    def address(self, user: str = "7") -> CitizenAddress:
        return Follower(self.zalo.oa.oa_id, self.citizen(user).user_id).address

    async def says(self, text: str, user: str = "7") -> Event:
        return await self.citizen(user).says(text)

    async def presses(self, value: str, user: str = "7") -> Event:
        """Press a button that is or once was there; where there are none, type what means it."""
        if self.has_buttons and not await self._numbered(value, user):
            return await self.citizen(user).presses(f"{PRESSED}{value}")
        return await self.says(typed(value, await self.shown(user)), user)

    async def _numbered(self, value: str, user: str) -> bool:
        """Tell whether a choice stands by number under the last message: there were too many."""
        shown = self.citizen(user).shown[-1:]
        buttons = [one for seen in shown for one in (*seen.buttons, *seen.elements)]
        last = [one for heard in (await self.shown(user))[-1:] for one in heard.choices]
        return not buttons and value in dict(last).values()

    async def sends_photo(self, content: bytes, user: str = "7") -> Event:
        return await self.citizen(user).sends_image(content)

    async def shows_place(self, latitude: float, longitude: float, user: str = "7") -> Event:
        return await self.citizen(user).shows_place(latitude, longitude, "")

    async def publishes(self, content: bytes) -> str:  # noqa: ARG002 - Zalo is brought it
        return ""

    async def delivers_again(self, receipt: Event) -> None:
        assert await self.zalo.webhooks.deliver(receipt) == 200

    async def makes_noise(self) -> None:
        for name, told in noise(self.citizen()):
            event = await self.zalo.webhooks.tell(self.zalo.oa, name, told)
            assert event.acknowledged, name

    async def shown(self, user: str) -> list[Heard]:
        """Give what arrived; a list is read with the text before it, once both are there."""
        known = await offered(self.house, self.address(user))
        going = self.listed and await self._is_going(user)
        found: list[Heard] = []
        for one in self.citizen(user).shown:
            if one.elements:
                found[-1] = replace(found[-1], choices=_listed(one))
            else:
                found.append(_heard(one, known))
        return found[:-1] if going else found

    async def _is_going(self, user: str) -> bool:
        """Tell whether a list may still be on its way behind the last text."""
        mine = select(outbox.c.id).where(
            outbox.c.conversation == self.address(user).conversation,
            outbox.c.status.in_((OutboxStatus.CREATED, OutboxStatus.SENDING)),
        )
        async with self.house.database.reading() as connection:
            return (await connection.execute(mine.limit(1))).first() is not None


def noise(who: Citizen) -> list[tuple[str, Json]]:
    """Events that are nobody's word to us, and some of shapes never promised."""
    oa = who.account.oa_id
    said = {"sender": {"id": who.user_id}, "recipient": {"id": oa}}
    ours = {"sender": {"id": oa}, "recipient": {"id": who.user_id}}
    text = {"msg_id": "1", "text": "menu"}
    return [
        ("oa_send_text", ours | {"message": text}),
        ("user_seen_message", ours | {"message": {"msg_ids": ["1", 2, None]}}),
        ("user_received_message", ours | {"message": {"msg_id": "1"}}),
        ("user_reacted_message", said | {"message": {"msg_id": "1", "react_icon": "/-heart"}}),
        ("user_click_chatnow", {"oa_id": oa, "user_id": who.user_id}),
        ("add_user_to_tag", {"oa_id": oa, "tag": {"user_ids": [who.user_id], "name": "x"}}),
        ("anonymous_send_text", said | {"conversation_id": "1", "message": text}),
        ("user_send_group_text", said | {"group_id": "1", "message": text}),
        ("user_send_text", said | {"message": {"text": "menu"}}),
        ("user_send_text", said | {"message": "menu"}),
        ("user_send_text", {"recipient": {"id": oa}, "message": text}),
        ("user_send_text", said | {"sender": {"id": "một hai"}, "message": text}),
        ("change_template_status", {"oa_id": oa, "template_id": "1"}),
        ("what_comes_next_year", {"oa_id": oa, "x": [{}]}),
    ]


def _heard(seen: Seen, known: Mapping[str, str]) -> Heard:
    text, choices, links = read(seen.text, known)
    pressed = [(one.title, one.value) for one in seen.buttons if one.type == "oa.query.show"]
    opened = [(one.title, one.value) for one in seen.buttons if one.type == "oa.open.url"]
    shown = tuple((title, value.removeprefix(PRESSED)) for title, value in pressed)
    return Heard(text, choices + shown, links + tuple(opened), seen.images, seen.files)


def _listed(seen: Seen) -> tuple[tuple[str, str], ...]:
    return tuple((one.title, one.link.removeprefix(PRESSED)) for one in seen.elements)


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
        listed = buttons == "list" and told.lists
        pressed = listed or (buttons == "buttons" and told.buttons)
        yield ZaloSide(house, zalo, has_buttons=pressed, listed=listed)


@asynccontextmanager
async def a_buttoned_zalo_side(folder: Path, desk: Desk) -> AsyncIterator[ZaloSide]:
    async with a_zalo_side(folder, desk, rules=Rules(buttons=True), buttons="buttons") as side:
        yield side


@asynccontextmanager
async def a_listed_zalo_side(folder: Path, desk: Desk) -> AsyncIterator[ZaloSide]:
    async with a_zalo_side(folder, desk, rules=Rules(lists=True), buttons="list") as side:
        yield side


@asynccontextmanager
async def a_refusing_zalo_side(folder: Path, desk: Desk) -> AsyncIterator[ZaloSide]:
    """Open a house that offers buttons where Zalo takes none: it falls back on numbers."""
    async with a_zalo_side(folder, desk, buttons="buttons") as side:
        yield side


async def connect(house: House, zalo: FakeZalo, office: str = OFFICE) -> None:
    """Connect the emulator's first account with an office of ``house``."""
    assert house.vaults.data
    await connect_pair(house.database, house.vaults.data, zalo, house.clock.now(), office=office)


async def connect_pair(
    database: Database, vault: Vault, zalo: FakeZalo, at: datetime, *, office: str = OFFICE
) -> None:
    """Connect the emulator's first account by a pair it mints, as if asked for at a moment."""
    pair = zalo.mint()
    async with database.writing() as connection:
        await connect_account(
            connection,
            vault,
            Connected(oa_id=zalo.oa.oa_id, office=office, name=zalo.oa.name, officer=None),
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
