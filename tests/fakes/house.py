"""A house of paper: keeps what it is given, answers as told, fails as told."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

from prometheus_client import CollectorRegistry

from bot.casework.attaching import examined_photo
from bot.channels.errors import ForgedWebhook, UnreadableWebhook
from bot.channels.port import Brought, WebhookChannel
from bot.feedback.board.releases import AskedReleases, Release
from bot.feedback.kinds import Kind
from bot.feedback.models import CaseId
from bot.feedback.reports.report import Report
from bot.feedback.reports.stretches import Length, Stretch
from bot.feedback.way_gaps import OfficeFacts
from bot.feedback.ways import WayPage, way
from bot.messages import (
    ChannelName,
    CitizenAddress,
    Enclosure,
    IncomingMessage,
    MessageKind,
    OutgoingMessage,
    QuickReply,
    Reply,
)
from bot.officials.notices import Notice
from bot.privacy import mask
from bot.settings import Settings
from bot.web.ports.mail import Door
from broadcasts.calendar.feed import Published
from broadcasts.posts import Post, PostedFile
from tests.conftest import FrozenClock
from tests.factories import a_citizen
from tests.fakes.shelf import PaperAnswerFiles, PaperCopies

KEY = b"what the provider and we know"


@dataclass
class PaperInbox:
    """Stores in a dictionary; ``fault`` is raised instead when there is one."""

    stored: dict[str, IncomingMessage] = field(default_factory=dict)
    fault: Exception | None = None

    async def part(self, left: Sequence[CitizenAddress], at: datetime) -> None:
        """Nobody is written to from here."""

    async def accept(self, messages: Sequence[IncomingMessage]) -> tuple[int, ...]:
        if self.fault:
            raise self.fault
        for message in messages:
            self.stored.setdefault(message.external_id, message)
        return tuple(list(self.stored).index(one.external_id) + 1 for one in messages)

    def as_kept(self, message: IncomingMessage) -> IncomingMessage:
        hidden = mask(message.text)
        return replace(message, text=hidden.text, masked=hidden.kinds)


@dataclass
class PaperMailbox:
    """Holds replies; it is never patient for longer than a moment.

    With ``slowness``, in seconds, they come one by one.
    """

    replies: list[OutgoingMessage] = field(default_factory=list)
    fault: Exception | None = None
    slowness: float = 0.0

    def put(self, text: str, session: str = "s1") -> None:
        number = len(self.replies) + 1
        address = a_citizen(session)
        self.replies.append(OutgoingMessage(id=number, address=address, reply=Reply(text)))

    async def replies_to(self, inbox_id: int, wait: float = 0) -> tuple[OutgoingMessage, ...]:
        return tuple(one for one in self.replies if wait and one.id == inbox_id)

    async def enclosure(self, reply: int, file: int, key: str) -> tuple[Enclosure, bytes] | None:  # noqa: ARG002 - nothing goes with its replies
        return None

    @contextmanager
    def following(self, address: CitizenAddress) -> Iterator[PaperFollowing]:
        yield PaperFollowing(self, address)


@dataclass
class PaperFollowing:
    """Reads a ``PaperMailbox`` again and again."""

    mailbox: PaperMailbox
    address: CitizenAddress

    async def after(
        self, last_id: int, *, limit: int, wait: float = 0
    ) -> tuple[OutgoingMessage, ...]:
        if self.mailbox.fault and wait:
            raise self.mailbox.fault
        kept = self.mailbox.replies
        found = [one for one in kept if one.address == self.address and one.id > last_id]
        if wait and not found:
            await asyncio.sleep(0.02)
        if wait and self.mailbox.slowness:
            await asyncio.sleep(self.mailbox.slowness)
            return tuple(found[:1])
        return tuple(found[:limit])


class SignedWebhook:
    """A channel whose provider signs the raw bytes of each call."""

    name = ChannelName.TELEGRAM

    async def send(self, message: OutgoingMessage) -> str:
        return str(message.id)

    def verify(self, body: bytes, headers: Mapping[str, str]) -> None:
        if not hmac.compare_digest(headers.get("X-Signature", ""), signature(body)):
            raise ForgedWebhook

    def parse(self, body: bytes, *, received_at: datetime) -> Brought:
        try:
            said = json.loads(body.decode())["said"]
        except (ValueError, KeyError, TypeError) as error:
            raise UnreadableWebhook from error
        return Brought(
            messages=tuple(
                IncomingMessage(
                    address=a_citizen("7", ChannelName.TELEGRAM),
                    external_id=number,
                    kind=MessageKind.TEXT,
                    text=text,
                    received_at=received_at,
                )
                for number, text in said.items()
            )
        )


def signature(body: bytes) -> str:
    return hmac.new(KEY, body, hashlib.sha256).hexdigest()


@dataclass
class PaperPhotos:
    """Photos in memory; ``useful`` are the sessions that may send some."""

    useful: set[str] = field(default_factory=set)
    kept: list[tuple[str, bytes]] = field(default_factory=list)
    fault: Exception | None = None

    async def may_send(self, address: CitizenAddress) -> bool:
        if self.fault:
            raise self.fault
        return address.user_id in self.useful

    async def keep(self, address: CitizenAddress, content: bytes) -> int:
        photo = await asyncio.to_thread(examined_photo, content)
        self.kept.append((address.user_id, photo.content))
        return len(self.kept)

    async def holds(self, address: CitizenAddress, file: int) -> bool:
        return 0 < file <= len(self.kept) and self.kept[file - 1][0] == address.user_id


@dataclass
class PaperNews:
    """Posts in a list, newest first, and the contents of their files."""

    posts: list[Post] = field(default_factory=list)
    contents: dict[int, bytes] = field(default_factory=dict)

    async def changed_at(self) -> datetime | None:
        return max((one.changed_at for one in self.posts), default=None)

    async def newest(self, *, before: int = 0, limit: int) -> tuple[Post, ...]:
        ids = [one.id for one in self.posts]
        start = ids.index(before) + 1 if before in ids else 0 if not before else len(ids)
        return tuple(self.posts[start : start + limit])

    async def post(self, number: int) -> Post | None:
        return next((one for one in self.posts if one.id == number), None)

    async def content(self, post: int, file: int) -> tuple[PostedFile, bytes] | None:
        shown = await self.post(post)
        of_it = (*filter(None, [shown.picture]), *shown.files) if shown else ()
        return next(((one, self.contents[file]) for one in of_it if one.id == file), None)


@dataclass
class PaperBoard:
    """Releases in a list, the latest answer first; off until it is switched on."""

    is_on: bool = False
    releases: list[Release] = field(default_factory=list)
    counted: Report | None = None

    async def newest(self, asked: AskedReleases, *, limit: int) -> tuple[Release, ...]:
        found = [
            one
            for one in self.releases
            if one.is_public and asked.topic in ("", one.topic)
            if asked.year in (0, one.answered_at.year)
        ]
        ids = [one.case for one in found]
        start = ids.index(CaseId(asked.before)) + 1 if asked.before else 0
        return tuple(found[start : start + limit])

    async def one(self, case: int) -> Release | None:
        return next((one for one in self.releases if one.case == case), None)

    async def report(self, year: int) -> Report:
        assert self.counted
        return replace(self.counted, stretch=Stretch(Length.YEAR, year))


@dataclass
class PaperCalendars:
    """Calendars by the key that opens each."""

    kept: dict[str, Published] = field(default_factory=dict)

    async def opened_by(self, key: str) -> Published | None:
        return self.kept.get(key)


@dataclass
class PaperHouse:
    """Everything the web asks for, without a database behind it."""

    settings: Settings = field(default_factory=Settings)
    clock: FrozenClock = field(default_factory=FrozenClock)
    inbox: PaperInbox = field(default_factory=PaperInbox)
    mailbox: PaperMailbox = field(default_factory=PaperMailbox)
    photos: PaperPhotos = field(default_factory=PaperPhotos)
    copies: PaperCopies = field(default_factory=PaperCopies)
    answer_files: PaperAnswerFiles = field(default_factory=PaperAnswerFiles)
    news: PaperNews = field(default_factory=PaperNews)
    board: PaperBoard = field(default_factory=PaperBoard)
    calendars: PaperCalendars = field(default_factory=PaperCalendars)
    webhooks: Mapping[ChannelName, WebhookChannel] = field(
        default_factory=lambda: {ChannelName.TELEGRAM: SignedWebhook()}
    )
    doors: Mapping[ChannelName, Door] = field(default_factory=dict)
    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    office_name: str = "UBND phường Mẫu"
    office_phone: str = "024 1234 5678"
    closed: str = ""
    notices: Sequence[Notice] = ()
    suggestions: Sequence[QuickReply] = (QuickReply("Đăng ký kết hôn", "p:1"),)
    to_the_office: Sequence[QuickReply] = (QuickReply("Gửi phản ánh, kiến nghị", "b:open"),)
    parts: dict[str, str] = field(default_factory=lambda: {"database": "", "index": ""})
    channels: dict[str, str] = field(default_factory=lambda: {"telegram": ""})
    accounts: dict[str, str] = field(default_factory=dict)

    lacking: Sequence[str] = ()

    def office_called(self, code: str) -> str:
        return f"UBND {code}"

    @property
    def contact(self) -> str:
        return f"{self.office_name}: {self.office_phone}"

    def lawful_way(self, kind: Kind) -> tuple[WayPage, ...]:
        facts = OfficeFacts(name=self.office_name, contact=self.contact)
        return way(kind, self.clock.now().date(), facts)

    async def leader(self) -> str:
        return "this"

    def channel_faults(self) -> Mapping[str, str]:
        return self.channels

    async def account_states(self) -> Mapping[str, str]:
        return self.accounts

    async def readiness(self) -> Mapping[str, str]:
        return self.parts
