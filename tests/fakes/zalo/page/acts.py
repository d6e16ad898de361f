"""What is done on the pages: each form names its act."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final

from aiohttp import web
from aiohttp.web_request import FileField

from tests.fakes.zalo.citizens import Citizen
from tests.fakes.zalo.events import Event
from tests.fakes.zalo.rare import happens

PICTURES: Final = ("image/jpeg", "image/png")
Field = str | bytearray | bytes | FileField


@dataclass(frozen=True)
class Form:
    """The fields of a form that was sent."""

    fields: Mapping[str, Field]

    @classmethod
    async def of(cls, request: web.Request) -> Form:
        return cls(dict(await request.post()))

    def __getitem__(self, name: str) -> str:
        value = self.fields.get(name, "")
        return value.strip() if isinstance(value, str) else ""

    @property
    def file(self) -> tuple[str, str, bytes] | None:
        """Name, media type and content of the file, if one was chosen."""
        found = self.fields.get("file")
        if not isinstance(found, FileField) or not found.filename:
            return None
        return found.filename, found.content_type, found.file.read()


Act = Callable[[Citizen, Form], Awaitable[Event | None]]


async def _says(citizen: Citizen, form: Form) -> Event | None:
    return await citizen.says(form["text"]) if form["text"] else None


async def _sends(citizen: Citizen, form: Form) -> Event | None:
    chosen = form.file  # once: what is read of it is gone
    if chosen is None:
        return None
    name, media, content = chosen
    if media in PICTURES:
        return await citizen.sends_image(content, form["text"], name)
    if media == "image/gif":
        return await citizen.sends_gif(content)
    return await citizen.sends_file(content, name)


async def _places(citizen: Citizen, form: Form) -> Event | None:
    return await citizen.shows_place(form["latitude"], form["longitude"], form["name"])


async def _submits(citizen: Citizen, form: Form) -> Event | None:
    return await citizen.submits_info(name=form["name"], phone=form["phone"])


async def _reacts(citizen: Citizen, form: Form) -> Event | None:
    seen = next((one for one in citizen.shown if one.message_id == form["message"]), None)
    return await citizen.reacts(seen, "/-heart") if seen else None


async def _hears_manager(citizen: Citizen, form: Form) -> Event | None:
    return await citizen.hears_manager(form["text"]) if form["text"] else None


ACTS: Final[Mapping[str, Act]] = {
    "says": _says,
    "sends": _sends,
    "places": _places,
    "submits": _submits,
    "reacts": _reacts,
    "manager": _hears_manager,
    "follows": lambda citizen, _form: citizen.follows_oa(),
    "unfollows": lambda citizen, _form: citizen.unfollows(),
    "presses": lambda citizen, form: citizen.presses(form["value"]),
    "sticker": lambda citizen, _form: citizen.sends_sticker(),
    "link": lambda citizen, form: citizen.sends_link(form["url"]),
    "card": lambda citizen, _form: citizen.sends_business_card(),
    "sees": lambda citizen, _form: citizen.sees(),
    "opens_chat": lambda citizen, _form: citizen.opens_chat(),
    "happens": lambda citizen, form: happens(citizen, form["name"]),
    "withdraws": lambda citizen, _form: citizen.withdraws(),
}
