"""What a citizen does in the Zalo app, and what an official does in OA Manager."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from tests.fakes.zalo.echoes import ECHOES, echo
from tests.fakes.zalo.events import Event
from tests.fakes.zalo.media import Media
from tests.fakes.zalo.messages import Messages
from tests.fakes.zalo.people import Button, Json, Person, Seen, new_id
from tests.fakes.zalo.shapes import Draft
from tests.fakes.zalo.webhooks import Webhooks
from tests.fakes.zalo.world import World

PLACE: Final = "Phường Quy Nhơn, Gia Lai"


@dataclass
class Doors:
    """Where the acts of people go to."""

    world: World
    webhooks: Webhooks
    messages: Messages
    media: Media


@dataclass
class Citizen(Person):
    """Acts of one person with one OA; each gives the event it made."""

    doors: Doors = field(kw_only=True, repr=False)

    async def follows_oa(self, source: str = "oa_profile") -> Event:
        self.follows = True
        self._active()
        return await self._tell("follow", self._follower(source))

    async def unfollows(self) -> Event:
        self.follows = False
        self.left_at = self.doors.world.clock.now()
        self.told.clear()
        self.left_told = lambda: False
        event = await self._tell("unfollow", self._follower("oa_profile"))
        self.left_told = lambda: event.acknowledged
        return event

    async def says(self, text: str, *, quotes: str = "") -> Event:
        """Write; ``quotes`` is the id of the message that is answered."""
        quoted = {"quote_msg_id": quotes} if quotes else {}
        return await self._send("text", {"text": text, **quoted}, text)

    async def presses(self, button: Button | str) -> Event:
        """Press a button, or the one with this value: a query arrives as a word of theirs."""
        if isinstance(button, Button):
            assert button.type.startswith("oa.query."), "nothing is sent by this button"
            button = button.value
        return await self.says(button)

    async def sends_image(self, content: bytes, text: str = "", name: str = "anh.jpg") -> Event:
        words = {"text": text} if text else {}
        url = self.doors.media.link(content, name)
        return await self._attach("image", {"thumbnail": url, "url": url}, words)

    async def sends_gif(self, content: bytes) -> Event:
        url = self.doors.media.link(content, "anh.gif")
        return await self._attach("gif", {"thumbnail": url, "url": url})

    async def sends_file(self, content: bytes, name: str) -> Event:
        return await self._attach("file", self.doors.media.attachment(content, name))

    async def sends_audio(self, content: bytes) -> Event:
        return await self._attach("audio", {"url": self.doors.media.link(content, "noi.amr")})

    async def sends_video(self, content: bytes, text: str = "") -> Event:
        url = self.doors.media.link(content, "phim.mp4")
        payload = {"url": url, "thumbnail": url, "description": text}
        return await self._attach("video", payload)

    async def sends_sticker(self, known: str = "bfe458bf64fa8da4d4eb") -> Event:
        url = f"{self.doors.world.url}/media/sticker/{known}"
        return await self._attach("sticker", {"url": url, "id": known})

    async def shows_place(
        self, latitude: float | str, longitude: float | str, name: str = PLACE
    ) -> Event:
        """Send a place; the figures arrive as text."""
        at = {"latitude": str(latitude), "longitude": str(longitude)}
        return await self._attach("location", {"coordinates": at}, {"text": name})

    async def sends_link(self, url: str, description: str = "") -> Event:
        payload = {"thumbnail": "", "description": description, "url": url}
        return await self._attach("link", payload)

    async def sends_business_card(self, phone: str = "0912345678") -> Event:
        payload = {"thumbnail": "", "description": f'{{"phone":"{phone}"}}', "url": ""}
        return await self._attach("business_card", payload)

    async def submits_info(self, *, older: bool = False, **info: str) -> Event:
        """Hand in what request_user_info asked for, in either of its two shapes."""
        shared = {"name": self.name, "phone": self.phone or "84912345678"}
        full = {"user_city": "Gia Lai", "user_ward": "Quy Nhơn", "user_address": "1 Trần Phú"}
        old = {"address": "1 Trần Phú", "city": "Gia Lai", "district": "", "ward": "Quy Nhơn"}
        newer = {"user_dob": "01/01/1990", "gender": "Nam", "full_address": full}
        self.shared = shared | info
        told = {"info": {**shared, **(old if older else newer), **info}}
        return await self._tell("user_submit_info", self._between() | told)

    async def sees(self, *seen: Seen) -> Event:
        """Open the chat: these messages, or all, are seen."""
        known = [one.message_id for one in seen or self.shown]
        return await self._tell("user_seen_message", self._to_me({"msg_ids": known}))

    async def reacts(self, seen: Seen, icon: str = "/-heart") -> Event:
        message = {"msg_id": seen.message_id, "react_icon": icon}
        return await self._tell("user_reacted_message", self._between() | {"message": message})

    async def opens_chat(self) -> Event:
        """Press the message button of the OA's page."""
        self._active()
        told = {"oa_id": self.account.oa_id, "user_id": self.user_id}
        return await self._tell("user_click_chatnow", told | {"user_id_by_app": self.by_app})

    async def withdraws(self) -> Event:
        """Take the consent to use one's data back: it has to be erased."""
        return await self._tell("user_withdraw", self._follower("oa_profile"))

    async def hears_manager(self, text: str, admin: str = "6000000000000000001") -> Event:
        """A person answers in OA Manager instead of the program."""
        draft = Draft(kind="text", text=text)
        seen = self.doors.messages.show(self, draft, route="manager")
        return await self._tell(ECHOES["text"], echo(self, seen, admin))

    async def is_tagged(self, tag: str) -> Event:
        self.tags.append(tag)
        told = {"oa_id": self.account.oa_id, "tag": {"user_ids": [self.user_id], "name": tag}}
        return await self._tell("add_user_to_tag", told)

    async def does(self, event_name: str, **told: Any) -> Event:
        """Make any event between the two, known to this product or not."""
        return await self._tell(event_name, self._between() | told)

    def _active(self) -> None:
        self.interacts(self.doors.world.clock.now())

    async def _attach(self, kind: str, payload: Json, words: Json | None = None) -> Event:
        said = words or {}
        message = {**said, "attachments": [{"type": kind, "payload": payload}]}
        return await self._send(kind, message, said.get("text", ""))

    async def _send(self, kind: str, message: Json, text: str) -> Event:
        self._active()
        known = new_id()
        self.talk.append({
            "src": 1, "time": self.doors.world.clock.ms(), "message_id": known, "type": kind,
            "message": text, "from_id": self.user_id, "to_id": self.account.oa_id,
            **_link_of(message),
        })  # fmt: skip
        told = self._between() | {"message": {"msg_id": known, **message}}
        return await self._tell(f"user_send_{kind}", told)

    def _between(self) -> Json:
        return {
            "sender": {"id": self.user_id},
            "recipient": {"id": self.account.oa_id},
            "user_id_by_app": self.by_app,
        }

    def _to_me(self, message: Json) -> Json:
        return {
            "sender": {"id": self.account.oa_id},
            "recipient": {"id": self.user_id},
            "user_id_by_app": self.by_app,
            "message": message,
        }

    def _follower(self, source: str) -> Json:
        return {
            "oa_id": self.account.oa_id,
            "follower": {"id": self.user_id},
            "user_id_by_app": self.by_app,
            "source": source,
        }

    async def _tell(self, name: str, told: Json) -> Event:
        return await self.doors.webhooks.tell(self.account, name, told)


def _link_of(message: Json) -> Json:
    """Where the file of a message lies, if it brought one."""
    links = [one["payload"].get("url") for one in message.get("attachments", ())]
    return {"url": links[0]} if any(links) else {}
