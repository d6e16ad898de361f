"""What the web needs of the house; ``bot.bootstrap`` builds the real one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from prometheus_client import CollectorRegistry

from bot.casework.attaching import FitFile
from bot.channels.port import WebhookChannel
from bot.clock import Clock
from bot.feedback.board.releases import AskedReleases, Release
from bot.feedback.kinds import Kind
from bot.feedback.reports.report import Report
from bot.feedback.ways import WayPage
from bot.messages import (
    ChannelName,
    CitizenAddress,
    Enclosure,
    IncomingMessage,
    OutgoingMessage,
    QuickReply,
)
from bot.officials.notices import Notice
from bot.settings import Settings
from broadcasts.calendar.feed import Published
from broadcasts.posts import Post, PostedFile


class Inbox(Protocol):
    """Keeps what citizens said until it is answered."""

    async def accept(self, messages: Sequence[IncomingMessage]) -> tuple[int, ...]:
        """Store ``messages`` and give their rows in order; returns only once they are durable.

        A message stored before (same channel and ``external_id``) is not stored again.

        Raises:
            NotStored: not all of them could be stored; the caller may try again.
            Unwritable: one of them never can be; the others are stored.
        """
        ...

    async def part(self, left: Sequence[CitizenAddress], at: datetime) -> None:
        """Send no news to who blocked us; no failure of it matters to the caller."""
        ...

    def as_kept(self, message: IncomingMessage) -> IncomingMessage:
        """Give ``message`` as ``accept`` stores it, with the kinds of data hidden in it."""
        ...


class Door(Protocol):
    """Takes in the calls of a provider as they come, to be read later."""

    def looks_signed(self, headers: Mapping[str, str]) -> bool:
        """Tell whether a call says that it is signed; its body proves it, once it is read."""
        ...

    async def take(self, body: bytes, headers: Mapping[str, str]) -> None:
        """Prove a call on its raw bytes and keep it; returns only once it is durable.

        Raises:
            ForgedWebhook: the provider did not make it, or long ago.
            NotStored: it could not be kept in time; the caller may try again.
        """
        ...


class Following(Protocol):
    """Reads on in the replies to one address."""

    async def after(
        self, last_id: int, *, limit: int, wait: float = 0
    ) -> tuple[OutgoingMessage, ...]:
        """Give up to ``limit`` replies past ``last_id``, oldest first.

        When there are none it waits up to ``wait`` seconds for one and may give none. While none
        comes, asking again costs nothing.

        Raises:
            Unavailable: the database cannot be asked now.
        """
        ...


class Mailbox(Protocol):
    """Holds the replies of the web chat for whoever fetches them; any process may ask."""

    async def replies_to(self, inbox_id: int, wait: float = 0) -> tuple[OutgoingMessage, ...]:
        """Give the replies to one message, waiting up to ``wait`` seconds for the first.

        Raises:
            Unavailable: the database cannot be asked now.
        """
        ...

    async def enclosure(self, reply: int, file: int, key: str) -> tuple[Enclosure, bytes] | None:
        """Give a file that goes with a reply, to who has the ``key`` of its address.

        Raises:
            Unavailable: the database cannot be asked now.
        """
        ...

    def following(self, address: CitizenAddress) -> AbstractContextManager[Following]:
        """Follow the replies to ``address`` as long as the block runs."""
        ...


class Photos(Protocol):
    """Takes in the photos that citizens hand over."""

    async def may_send(self, address: CitizenAddress) -> bool:
        """Tell whether this conversation has a use for photos now.

        Raises:
            Unavailable: the database cannot be asked now.
        """
        ...

    async def keep(self, address: CitizenAddress, content: bytes) -> int:
        """Look at a photo, draw it anew and store it; give its number, the same for the same one.

        Raises:
            NotAttachable: it is no photo that is taken, or enough were sent.
            Unavailable: the database cannot be asked now.
        """
        ...

    async def holds(self, address: CitizenAddress, file: int) -> bool:
        """Tell whether a photo is this conversation's, and not yet part of a case.

        Raises:
            Unavailable: the database cannot be asked now.
        """
        ...


class Copies(Protocol):
    """Makes for citizens the copy of what is kept about them."""

    async def fetched(self, number: int, address: CitizenAddress) -> bytes | None:
        """Give the copy of a number to ``address``; nothing to another, or when it has ended.

        Raises:
            Unavailable: the database cannot be asked now.
        """
        ...


class AnswerFiles(Protocol):
    """Files that came with answers."""

    async def fetched(self, number: int, address: CitizenAddress) -> FitFile | None:
        """Give a file to the chat its case was told in; nothing to another.

        Raises:
            Unavailable: the database cannot be asked now.
        """
        ...


class NewsBoard(Protocol):
    """The news everybody may read."""

    async def changed_at(self) -> datetime | None:
        """Give when anything was put up or taken down last; nothing while there never was any."""
        ...

    async def newest(self, *, before: int = 0, limit: int) -> tuple[Post, ...]:
        """Give up to ``limit`` posts, newest first; with ``before`` those behind that one."""
        ...

    async def post(self, number: int) -> Post | None:
        """Give one post, or nothing when there is none or it was taken down."""
        ...

    async def content(self, post: int, file: int) -> tuple[PostedFile, bytes] | None:
        """Give a file of a post; nothing when the post does not show it."""
        ...


class PublicBoard(Protocol):
    """Cases and answers that everybody may read, of the offices that have a board."""

    @property
    def is_on(self) -> bool:
        """Whether any office has one."""
        ...

    async def newest(self, asked: AskedReleases, *, limit: int) -> tuple[Release, ...]:
        """Give what is public, the latest answers first."""
        ...

    async def one(self, case: int) -> Release | None:
        """Give one that is public, or was."""
        ...

    async def report(self, year: int) -> Report:
        """Give the officials' figures of a year, at most some minutes old."""
        ...


class Calendars(Protocol):
    """The offices' calendars, each for those who have its key."""

    async def opened_by(self, key: str) -> Published | None:
        """Give the calendar a key opens; nothing for a key of none, or one that was withdrawn."""
        ...


class House(Protocol):
    """Everything the web asks of the rest of the program."""

    @property
    def settings(self) -> Settings:
        """What the environment says."""
        ...

    @property
    def clock(self) -> Clock:
        """The present moment."""
        ...

    @property
    def inbox(self) -> Inbox:
        """Where messages are stored."""
        ...

    @property
    def mailbox(self) -> Mailbox:
        """Where replies are fetched."""
        ...

    @property
    def photos(self) -> Photos:
        """Where photos are handed over."""
        ...

    @property
    def copies(self) -> Copies:
        """Where copies of one's own data are fetched."""
        ...

    @property
    def answer_files(self) -> AnswerFiles:
        """Where files of answers are fetched."""
        ...

    @property
    def webhooks(self) -> Mapping[ChannelName, WebhookChannel]:
        """The channels whose providers call us."""
        ...

    @property
    def doors(self) -> Mapping[ChannelName, Door]:
        """Those of which calls are kept before they are read."""
        ...

    @property
    def registry(self) -> CollectorRegistry:
        """The counters."""
        ...

    @property
    def news(self) -> NewsBoard:
        """The public news."""
        ...

    @property
    def board(self) -> PublicBoard:
        """The public board."""
        ...

    @property
    def calendars(self) -> Calendars:
        """The offices' calendars."""
        ...

    def office_called(self, code: str) -> str:
        """Give the name of an office by its code, that of the deployment's where it is unknown."""
        ...

    @property
    def office_name(self) -> str:
        """The name on the page's head."""
        ...

    @property
    def contact(self) -> str:
        """Whom to turn to, in lines."""
        ...

    def lawful_way(self, kind: Kind) -> tuple[WayPage, ...]:
        """Give the lawful way of a complaint or a denunciation, as it is today.

        Raises:
            ValueError: ``kind`` is neither.
        """
        ...

    @property
    def office_phone(self) -> str:
        """The number at which a person answers, or nothing."""
        ...

    @property
    def suggestions(self) -> Sequence[QuickReply]:
        """What is asked most."""
        ...

    @property
    def to_the_office(self) -> Sequence[QuickReply]:
        """How something is told to the office and looked up; nothing where that is not done."""
        ...

    @property
    def closed(self) -> str:
        """Why whoever opens the page is not answered, in a sentence; empty when they are."""
        ...

    @property
    def notices(self) -> Sequence[Notice]:
        """The office's notices in force, the most urgent first."""
        ...

    @property
    def lacking(self) -> Sequence[str]:
        """The variables of the environment without which something is switched off."""
        ...

    def channel_faults(self) -> Mapping[str, str]:
        """Give each provider's channel and what fails there, empty when nothing is known to."""
        ...

    async def account_states(self) -> Mapping[str, str]:
        """Give how each account of Zalo stands in one word, by its id."""
        ...

    async def leader(self) -> str:
        """Tell who leads: ``this``, ``another``, ``late``, ``nobody`` or ``unknown``."""
        ...

    async def readiness(self) -> Mapping[str, str]:
        """Give each part and what fails in it, empty when it works."""
        ...
