"""Calls that send a template, and what is learnt from their answers; see docs/zalo.md."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

import structlog

from bot.channels.zalo.addresses import Follower
from bot.channels.zalo.codes import Kind
from bot.channels.zalo.faults import ZaloFault, ZaloRefused, meaning
from bot.channels.zalo.quotas import TEMPLATES, Left, of_templates
from bot.channels.zalo.templates import Taken, Templates
from bot.clock import Clock
from bot.delivery.allowance import STORE_CLOSED, Allowance, used_up
from bot.delivery.broadcasting import answer_of
from broadcasts.delivery.answers import Answer, Fault

log = structlog.get_logger()
Unreached = Callable[[Follower, str], Awaitable[None]]
ByPhoneAlone = Callable[[str, str], Awaitable[None]]


class Purse(Allowance, Protocol):
    """What is left, and what an answer told of it."""

    async def told(self, oa: str, left: Left) -> None:
        """Write down what an answer told."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateCalls:
    """Sends templates that were looked over, and keeps what Zalo's answers tell.

    ``unreached`` notes of a person why nothing reaches them, ``by_phone_alone`` of a template
    that it does not go by user id.
    """

    templates: Templates
    purse: Purse
    unreached: Unreached
    by_phone_alone: ByPhoneAlone
    clock: Clock

    async def by_user(self, to: Follower, template: str, data: Mapping[str, str]) -> Answer:
        """Send one to a user of the account."""
        try:
            taken = await self.templates.by_user(to.oa, to.user, template, data)
        except ZaloFault as fault:
            await self._learn(to, template, fault)
            return await self._meant(to.oa, fault)
        return await self._taken(to.oa, taken)

    async def by_phone(
        self, oa: str, phone: str, template: str, data: Mapping[str, str], *, tracking: str
    ) -> Answer:
        """Send one to a telephone number (84…); ``tracking`` names our own row."""
        try:
            taken = await self.templates.by_phone(oa, phone, template, data, tracking=tracking)
        except ZaloFault as fault:
            return await self._meant(oa, fault)
        return await self._taken(oa, taken)

    async def wait(self, oa: str) -> float:
        """Give for how many seconds an account has no template left; mostly 0."""
        return await self.purse.wait(oa, TEMPLATES)

    async def _taken(self, oa: str, taken: Taken) -> Answer:
        if left := of_templates(taken.quota, self.clock.now()):
            await _noted(self.purse.told(oa, left))
        return Answer(external_id=taken.message)

    async def _learn(self, to: Follower, template: str, fault: ZaloFault) -> None:
        if not isinstance(fault, ZaloRefused):
            return
        if fault.code.state or fault.code.kind is Kind.WINDOW:
            await _noted(self.unreached(to, fault.code.state))
        if fault.code.kind is Kind.REROUTE:
            await _noted(self.by_phone_alone(to.oa, template))

    async def _meant(self, oa: str, fault: ZaloFault) -> Answer:
        log.info("template_not_sent", account=oa, error=str(fault))
        if isinstance(fault, ZaloRefused) and fault.code.kind is Kind.LATER:
            wait = await used_up(self.purse, oa, TEMPLATES)
            return Answer(fault=Fault.NO_QUOTA, retryable=True, retry_after=wait)
        return answer_of(meaning(fault))


async def _noted(noting: Awaitable[None]) -> None:
    """Write down what helps the next ones; what became of this one is known all the same."""
    try:
        await noting
    except STORE_CLOSED as error:
        log.warning("template_not_noted", error=type(error).__name__)
