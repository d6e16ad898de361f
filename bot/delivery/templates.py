"""News by a template an office chose, to one follower at a time; see ``Sender``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

import structlog

from bot.casework.zalo.filling import news_data
from bot.channels.zalo.accounts import Account, Accounts, AccountStatus
from bot.channels.zalo.addresses import Follower
from bot.channels.zalo.templates import PROMOTION, Template, faults
from bot.clock import Clock
from bot.delivery.allowance import NOT_CONNECTED, NOT_READY, STORE_CLOSED
from bot.delivery.template_calls import TemplateCalls
from bot.delivery.windows import closed_for
from bot.storage.zalo_template_rows import Chosen
from broadcasts.delivery.answers import Answer, Fault
from broadcasts.delivery.ports import Letter
from broadcasts.models import Route
from broadcasts.routes import rules

REFUSED: Final = Answer(fault=Fault.REFUSED)
log = structlog.get_logger()


class Choices(Protocol):
    """Which template is used for what, and what Zalo told of it."""

    async def for_news(self, office: str) -> Chosen | None:
        """Give the one an office uses for news."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ready:
    template: str
    data: Mapping[str, str]


class TemplateSender:
    """Sends news by templates; implements ``Sender``, and ``Turn``: their rate is not counted."""

    route: Final = Route.ZALO_TEMPLATE
    at_once: Final = 5
    silence: Final = 0.0

    def __init__(
        self, calls: TemplateCalls, choices: Choices, accounts: Accounts, *, clock: Clock
    ) -> None:
        """Call by ``calls`` what offices chose."""
        self._calls = calls
        self._choices = choices
        self._accounts = accounts
        self._clock = clock
        self.rate: Final = rules()[self.route].per_second * self.at_once

    def account(self, address: str) -> str:
        """Name the account that sends to a follower; see ``Sender``."""
        return address.partition(":")[0]

    async def turn(self, address: str) -> TemplateSender | None:  # noqa: ARG002 - everybody's
        """Give a turn at once; see ``Sender``."""
        return self

    def over(self) -> None:
        """Nobody waits behind a turn; see ``Turn``."""

    async def send(self, letter: Letter) -> Answer:
        """Send the office's template to one follower, if all is known to fit; see ``Turn``."""
        try:
            to = Follower.of(letter.address)
        except ValueError:
            return REFUSED
        try:
            found = await self._ready(letter, to)
        except STORE_CLOSED as error:
            log.warning("template_waits_for_store", error=type(error).__name__)
            return NOT_READY
        if isinstance(found, Answer):
            return found
        return await self._calls.by_user(to, found.template, found.data)

    async def _ready(self, letter: Letter, to: Follower) -> _Ready | Answer:
        """Give what is to be sent now, or what keeps it from it; nothing is called."""
        account = await self._accounts.find(to.oa)
        if account is None or account.status is not AccountStatus.CONNECTED:
            return NOT_CONNECTED
        chosen = await self._choices.for_news(account.office)
        if chosen is None or chosen.known is None or not chosen.may_go_by_user:
            return REFUSED
        template, now = chosen.known.template, self._clock.now()
        if waits := await self._waits(account, template, letter, now):
            return waits
        data = news_data(letter.text, chosen.use, account=account.name, at=now)
        if wrong := faults(template, data):
            log.error("template_unfit", template=template.template_id, gaps=sorted(wrong))
            return REFUSED
        return _Ready(template=template.template_id, data=data)

    async def _waits(
        self, account: Account, template: Template, letter: Letter, now: datetime
    ) -> Answer | None:
        """Say what the row has to wait for, before anything is called."""
        # A promotion goes out as an article does, by day.
        night = closed_for(Route.ZALO_ARTICLE, now, letter.delivery)
        if night and template.tag == PROMOTION:
            wait = night.total_seconds()
            return Answer(fault=Fault.NIGHT, retryable=True, retry_after=wait)
        if wait := await self._calls.wait(account.oa_id):
            return Answer(fault=Fault.NO_QUOTA, retryable=True, retry_after=wait)
        return None
