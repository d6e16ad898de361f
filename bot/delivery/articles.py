"""News as articles: made ready beside the ledger, then told to an account's followers once.

The ledger's row is one call, the broadcast. Until the article is shown a row is begun in vain and
freed at once as ``NOT_READY``, while a task of this process goes on with the article; so whoever
dies meanwhile leaves nothing uncertain, and the next one goes on where the article stands.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import inf
from typing import Final, Protocol

import structlog

from bot.channels.uploads import SOON, ShelfClosed
from bot.channels.zalo.accounts import Account, Accounts, AccountStatus
from bot.channels.zalo.articles import Articles
from bot.channels.zalo.faults import ZaloFault, meaning
from bot.channels.zalo.making import Courses, Making, Step, StillMaking
from bot.clock import Clock
from bot.delivery.allowance import (
    NOT_CONNECTED,
    NOT_READY,
    STORE_CLOSED,
    Allowance,
    used_up,
)
from bot.delivery.broadcasting import answer_of
from bot.delivery.shelf import SqlShelf
from bot.delivery.windows import closed_for
from bot.newsroom.articles import article_of
from bot.newsroom.letters import enclosed
from broadcasts.delivery.answers import Answer, Fault
from broadcasts.delivery.ports import Letter
from broadcasts.models import Route
from broadcasts.targets import Target, on_the_wire

BROADCAST: Final = "broadcast"
# Seconds until an article is made once more after an odd answer, the first time and at most.
FIRST_REST: Final = 30.0
LONGEST_REST: Final = 900.0
log = structlog.get_logger()


class KeptCourses(Courses, Protocol):
    """Where articles stand, and whom they are for."""

    async def target(self, delivery: int) -> Target:
        """Give to which followers the news of a delivery goes."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """What articles of a deployment have in common.

    ``cover`` is the public address of a picture for those without one; ``numbers`` is how Zalo
    wants a target's codes.
    """

    cover: str
    numbers: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ready:
    oa: str
    article: str
    target: Mapping[str, object]


class ArticleSender:
    """Sends news as articles of accounts; implements ``Sender``, and ``Turn``: nothing is paced.

    The ``address`` of a row is the account.
    """

    route: Final = Route.ZALO_ARTICLE
    at_once: Final = 4
    rate: Final = inf
    silence: Final = 0.0

    def __init__(  # noqa: PLR0913 - its parts, each by its name
        self,
        articles: Articles,
        courses: KeptCourses,
        accounts: Accounts,
        allowance: Allowance,
        *,
        shelf: SqlShelf,
        clock: Clock,
        style: Style,
        making: Making | None = None,
    ) -> None:
        """Call by ``articles``; ``shelf`` tells of files."""
        self._articles = articles
        self._courses = courses
        self._accounts = accounts
        self._allowance = allowance
        self._shelf = shelf
        self._clock = clock
        self._style = style
        self._making = making or Making(articles, courses, clock)
        self._made: dict[int, asyncio.Task[Answer | None]] = {}
        self._rests: dict[int, float] = {}

    def account(self, address: str) -> str:
        """Give the account, which is the address itself; see ``Sender``."""
        return address

    async def turn(self, address: str) -> ArticleSender | None:  # noqa: ARG002 - everybody's
        """Give a turn at once; see ``Sender``."""
        return self

    def over(self) -> None:
        """Nobody waits behind a turn; see ``Turn``."""

    async def send(self, letter: Letter) -> Answer:
        """Broadcast the article of ``letter`` if it is shown; see ``Turn``."""
        try:
            found = await self._ready(letter)
        except STORE_CLOSED as error:
            log.warning("article_waits_for_store", error=type(error).__name__)
            return NOT_READY
        if isinstance(found, Answer):
            return found
        try:
            message = await self._articles.broadcast(found.oa, found.article, found.target)
        except ZaloFault as fault:
            return await self._refused(found.oa, fault, letter)
        log.info("article_broadcast", account=found.oa, delivery=letter.delivery)
        return Answer(external_id=message)

    async def _ready(self, letter: Letter) -> _Ready | Answer:
        """Give what is to be broadcast now, or what keeps it from it; nothing is called."""
        account = await self._accounts.find(letter.address)
        if account is None or account.status is not AccountStatus.CONNECTED:
            return NOT_CONNECTED
        if closed := closed_for(self.route, self._clock.now(), letter.delivery):
            return Answer(fault=Fault.NIGHT, retryable=True, retry_after=closed.total_seconds())
        if wait := await self._allowance.wait(account.oa_id, BROADCAST):
            return Answer(fault=Fault.NO_QUOTA, retryable=True, retry_after=wait)
        course = await self._courses.find(letter.delivery)
        if course is None or course.step is not Step.SHOWN:
            return self._being_made(letter, account)
        wanted = await self._courses.target(letter.delivery)
        target = on_the_wire(wanted, numbers=self._style.numbers)
        return _Ready(oa=course.oa, article=course.article, target=target)

    async def _refused(self, oa: str, fault: ZaloFault, letter: Letter) -> Answer:
        log.warning("article_refused", account=oa, delivery=letter.delivery, error=str(fault))
        answer = answer_of(meaning(fault))
        if answer.fault is not Fault.NO_QUOTA:
            return answer
        wait = await used_up(self._allowance, oa, BROADCAST)
        return Answer(fault=Fault.NO_QUOTA, retryable=True, retry_after=wait)

    def _being_made(self, letter: Letter, account: Account) -> Answer:
        """Have the article made by a task of ours, and tell what became of it."""
        task = self._made.get(letter.delivery)
        if task is None:
            self._made[letter.delivery] = asyncio.create_task(self._make(letter, account))
            return NOT_READY
        if not task.done():
            return NOT_READY
        del self._made[letter.delivery]
        return task.result() or NOT_READY

    async def _make(self, letter: Letter, account: Account) -> Answer | None:
        try:
            heads = await self._shelf.heads(enclosed(letter.text))
            article = article_of(letter.text, heads, author=account.name, cover=self._style.cover)
            await self._making.make(letter.delivery, account.oa_id, article)
        except STORE_CLOSED as error:
            log.warning("article_waits_for_store", error=type(error).__name__)
            return NOT_READY
        except ShelfClosed:
            return Answer(fault=Fault.NO_FILE, retryable=True, retry_after=SOON)
        except StillMaking:
            log.warning("article_still_making", account=account.oa_id, delivery=letter.delivery)
            return NOT_READY
        except ZaloFault as fault:
            return await self._not_made(account.oa_id, fault, letter)
        self._rests.pop(letter.delivery, None)
        return None

    async def _not_made(self, oa: str, fault: ZaloFault, letter: Letter) -> Answer:
        """Nothing was told to anybody, so what is uncertain is done again, more and more seldom.

        Each time may leave one more hidden article at Zalo, which nobody is told of.
        """
        answer = await self._refused(oa, fault, letter)
        if answer.fault is not Fault.UNCERTAIN:
            return answer
        before = self._rests.get(letter.delivery)
        rest = min(before * 2, LONGEST_REST) if before else FIRST_REST
        self._rests[letter.delivery] = rest
        return replace(NOT_READY, retry_after=rest)

    async def close(self) -> None:
        """Leave the articles where they stand."""
        for task in self._made.values():
            task.cancel()
        await asyncio.gather(*self._made.values(), return_exceptions=True)
        self._made.clear()
