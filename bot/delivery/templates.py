"""News by a template an office chose, to one follower at a time; see ``Sender``."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

import structlog

from bot.channels.zalo.accounts import Account, Accounts, AccountStatus
from bot.channels.zalo.addresses import Follower
from bot.channels.zalo.codes import Kind
from bot.channels.zalo.faults import ZaloFault, ZaloRefused, meaning
from bot.channels.zalo.quotas import TEMPLATES, Left, of_templates
from bot.channels.zalo.templates import PROMOTION, Template, Templates, faults
from bot.clock import Clock
from bot.delivery.allowance import NOT_CONNECTED, NOT_READY, STORE_CLOSED, Allowance, used_up
from bot.delivery.broadcasting import answer_of
from bot.delivery.windows import closed_for
from bot.newsroom.templates import news_data
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

    async def by_phone_alone(self, oa: str, template: str) -> None:
        """Note that Zalo does not take it by user id."""
        ...


class Purse(Allowance, Protocol):
    """What is left, and what an answer told of it."""

    async def told(self, oa: str, left: Left) -> None:
        """Write down what an answer told."""
        ...


Unreached = Callable[[Follower, str], Awaitable[None]]


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
        self,
        templates: Templates,
        choices: Choices,
        accounts: Accounts,
        purse: Purse,
        *,
        unreached: Unreached,
        clock: Clock,
    ) -> None:
        """Call by ``templates``; ``unreached`` notes of a person why nothing reaches them."""
        self._templates = templates
        self._choices = choices
        self._accounts = accounts
        self._purse = purse
        self._unreached = unreached
        self._clock = clock
        self.rate: Final = rules()[self.route].per_second * self.at_once

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
        try:
            taken = await self._templates.by_user(to.oa, to.user, found.template, found.data)
        except ZaloFault as fault:
            return await self._refused(to, found.template, fault)
        if left := of_templates(taken.quota, self._clock.now()):
            await _noted(self._purse.told(to.oa, left))
        return Answer(external_id=taken.message)

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
        if wait := await self._purse.wait(account.oa_id, TEMPLATES):
            return Answer(fault=Fault.NO_QUOTA, retryable=True, retry_after=wait)
        return None

    async def _refused(self, to: Follower, template: str, fault: ZaloFault) -> Answer:
        if not isinstance(fault, ZaloRefused):
            return answer_of(meaning(fault))
        log.info("template_refused", account=to.oa, error=str(fault))
        if fault.code.state or fault.code.kind is Kind.WINDOW:
            await _noted(self._unreached(to, fault.code.state))
        if fault.code.kind is Kind.REROUTE:
            await _noted(self._choices.by_phone_alone(to.oa, template))
        if fault.code.kind is Kind.LATER:
            wait = await used_up(self._purse, to.oa, TEMPLATES)
            return Answer(fault=Fault.NO_QUOTA, retryable=True, retry_after=wait)
        return answer_of(meaning(fault))


async def _noted(noting: Awaitable[None]) -> None:
    """Write down what helps the next ones; what became of this one is known all the same."""
    try:
        await noting
    except STORE_CLOSED as error:
        log.warning("template_not_noted", error=type(error).__name__)
