"""Answers that cannot go into the chat any more: a paid template tells that there is one.

It names the case and where to look it up. Only an office that chose a template for it pays, and
only where ``ZALO_PAID`` is ``pay``; see docs/zalo.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Final, Protocol

import structlog

from bot.casework.telling import Desks
from bot.casework.zalo.filling import answer_data
from bot.channels.zalo.accounts import Account, Accounts, AccountStatus
from bot.channels.zalo.templates import PROMOTION, faults
from bot.clock import Clock
from bot.delivery.allowance import STORE_CLOSED
from bot.delivery.template_calls import TemplateCalls
from bot.delivery.windows import closed_for
from bot.handling.answers_unheard import UnheardAnswers, Way
from bot.storage.notice_template_rows import Unheard, tracking_of
from bot.storage.zalo_template_rows import Chosen, Known, TemplateUse
from broadcasts.delivery.answers import Answer, Fault
from broadcasts.models import Route

# What Zalo or somebody else has to mend first is not asked for each minute.
REST: Final = timedelta(minutes=30)
log = structlog.get_logger()


class Choices(Protocol):
    """Which template is used for what, and what Zalo told of it."""

    async def for_answers(self, office: str) -> Chosen | None:
        """Give the one an office uses to tell of answers."""
        ...


class _Went(Enum):
    """What became of one; ``LATER`` the account has to wait."""

    SENT = auto()
    NOT_SENT = auto()
    LATER = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ready:
    """A template that may be sent now, and what fills it."""

    account: Account
    use: TemplateUse
    known: Known


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerTemplates:
    """Tells of unheard answers by templates; ``site`` is where a case is looked up."""

    calls: TemplateCalls
    choices: Choices
    accounts: Accounts
    unheard: UnheardAnswers
    desks: Desks
    clock: Clock
    site: str
    resting: dict[str, datetime] = field(default_factory=dict)

    async def round(self) -> int:
        """Tell of what waits, account by account; give how many were told."""
        told = 0
        for account in await self.accounts.every():
            try:
                told += await self._of(account)
            except STORE_CLOSED as error:
                # What was taken and not ended is in doubt after a while.
                log.warning("answers_wait_for_store", error=type(error).__name__)
        return told

    async def _of(self, account: Account) -> int:
        found, now = await self._ready(account), self.clock.now()
        if found is None or self.resting.get(account.oa_id, now) > now:
            return 0
        told = 0
        for one in await self.unheard.waiting(account.oa_id, now):
            if self._is_quiet(one):
                continue
            went = await self._tell(one, found)
            if went is _Went.LATER:
                self.resting[account.oa_id] = now + REST
                break
            told += went is _Went.SENT
        return told

    async def _ready(self, account: Account) -> _Ready | None:
        """Give the template an account's answers go by now; nothing is called."""
        if account.status is not AccountStatus.CONNECTED:
            return None
        chosen = await self.choices.for_answers(account.office)
        if chosen is None or chosen.known is None or chosen.use.oa_id != account.oa_id:
            return None
        template = chosen.known.template
        night = closed_for(Route.ZALO_ARTICLE, self.clock.now(), 0)
        if not template.is_on or (template.tag == PROMOTION and night):
            return None
        if await self.calls.wait(account.oa_id):
            return None
        return _Ready(account=account, use=chosen.use, known=chosen.known)

    def _is_quiet(self, one: Unheard) -> bool:
        """Tell whether the office rings nobody now."""
        rules = self.desks.speaking_as(one.office).standing.rules
        return rules.quiet_until(self.clock.now()) is not None

    async def _tell(self, one: Unheard, found: _Ready) -> _Went:
        data = answer_data(
            one.reference,
            found.use,
            account=found.account.name,
            at=self.clock.now(),
            site=self.site,
        )
        if wrong := faults(found.known.template, data):
            log.error("template_unfit", use=found.use.use, gaps=sorted(wrong))
            return _Went.LATER
        if not await self.unheard.begin(one, self.clock.now()):
            return _Went.NOT_SENT
        ways = self.unheard.ways(one, found.known)
        for way in ways:
            answer = await self._call(one, way, found.use.template_id, data)
            if answer.fault is None or answer.fault is Fault.UNCERTAIN or _passes(answer):
                return await self._ended(one, way, answer)
        await self.unheard.given_up(one, self.clock.now(), refused=bool(ways))
        return _Went.NOT_SENT

    async def _call(
        self, one: Unheard, way: Way, template: str, data: Mapping[str, str]
    ) -> Answer:
        if not way.phone:
            return await self.calls.by_user(one.to, template, data)
        # Told back to us with the receipt, and to Zalo's support; it names nobody.
        tracking = tracking_of(one)
        return await self.calls.by_phone(one.to.oa, way.phone, template, data, tracking=tracking)

    async def _ended(self, one: Unheard, way: Way, answer: Answer) -> _Went:
        if answer.fault is None:
            await self.unheard.sent(one, way, self.clock.now(), answer.external_id)
            return _Went.SENT
        if answer.fault is Fault.UNCERTAIN:
            await self.unheard.doubted(one, self.clock.now())
            return _Went.NOT_SENT
        await self.unheard.put_back(one)
        return _Went.LATER


def _passes(answer: Answer) -> bool:
    """Tell whether a fault may pass; what is refused without a reason takes the next way."""
    return answer.retryable and answer.fault is not Fault.REFUSED
