"""The house as the web sees it; ``bot.bootstrap`` builds the real one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from prometheus_client import CollectorRegistry

from bot.channels.port import WebhookChannel
from bot.clock import Clock
from bot.feedback.kinds import Kind
from bot.feedback.ways import WayPage
from bot.messages import ChannelName, QuickReply
from bot.officials.notices import Notice
from bot.settings import Settings
from bot.web.ports.files import AnswerFiles, Copies, Photos
from bot.web.ports.mail import Door, Inbox, Mailbox
from bot.web.ports.public import Calendars, NewsBoard, PublicBoard


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
