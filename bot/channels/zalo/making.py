"""How an article comes to be shown: step by step, each written down before the next is taken.

A process that dies between two steps leaves the article where it stood, and whoever goes on begins
there. What it asked Zalo for and did not write down is looked for, and made once more where it is
not found: a second hidden article harms nobody, and nobody is told of it.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol

from bot.channels.zalo.articles import Article, Articles
from bot.channels.zalo.codes import Kind
from bot.channels.zalo.faults import ZaloRefused
from bot.clock import Clock

# Seconds between two questions whether Zalo is done with an article; its pictures are fetched. One
# that takes longer than a minute is asked for more and more seldom: a minute has few calls.
POLL: Final = 2.0
MOST_POLLS: Final = 150
SOON: Final = 30
GROWTH: Final = 1.2
# Zalo's clock may go after ours.
SLACK: Final = timedelta(minutes=2)


class Step(StrEnum):
    """Where an article stands; it may be broadcast once it is ``SHOWN``."""

    MAKING = "making"
    MADE = "made"
    HIDDEN = "hidden"
    SHOWING = "showing"
    SHOWN = "shown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How far the article of one delivery is: ``token`` asks Zalo for what becomes ``article``."""

    delivery: int
    oa: str
    step: Step
    token: str = ""
    article: str = ""
    changed_at: datetime


class Courses(Protocol):
    """Where articles stand; each word of it is a transaction."""

    async def find(self, delivery: int) -> Course | None:
        """Give how far the article of a delivery is, if it was begun."""
        ...

    async def keep(self, course: Course) -> None:
        """Write down how far it is now."""
        ...


# Nobody has seen an article at these, so another one in its place is seen twice by nobody.
UNSEEN: Final = frozenset({Step.MADE, Step.HIDDEN})


class StillMaking(Exception):
    """Zalo has worked on the article for too long to be waited for; it is asked again later."""


def pause_after(polled: int, poll: float) -> float:
    """Give the seconds until it is asked once more: ``poll`` at first, in the end 30 times it."""
    return min(poll * GROWTH ** max(0, polled - SOON), poll * SOON)


class Making:
    """Makes articles and shows them."""

    def __init__(
        self, articles: Articles, courses: Courses, clock: Clock, *, poll: float = POLL
    ) -> None:
        """Call by ``articles`` and write down in ``courses``."""
        self._articles = articles
        self._courses = courses
        self._clock = clock
        self._poll = poll
        self._anew: set[int] = set()

    async def make(self, delivery: int, oa: str, article: Article) -> Course:
        """Go on with the article of a delivery until it is shown.

        Raises:
            ZaloFault: a call failed; what was done before is written down.
            StillMaking: Zalo works on it.
        """
        found = await self._courses.find(delivery)
        course = await self._found(found, article) if found else await self._begun(delivery, oa)
        while course.step is not Step.SHOWN:
            course = await self._kept(await self._next_or_anew(course, article))
        self._anew.discard(delivery)
        return course

    async def _begun(self, delivery: int, oa: str) -> Course:
        now = self._clock.now()
        course = Course(delivery=delivery, oa=oa, step=Step.MAKING, changed_at=now)
        await self._courses.keep(course)
        return course

    async def _found(self, course: Course, article: Article) -> Course:
        """Look for what was asked for and not written down."""
        if course.step is not Step.MAKING:
            return course
        since = course.changed_at - SLACK
        made = await self._articles.made_since(course.oa, article.title, since)
        return (
            await self._kept(replace(course, step=Step.HIDDEN, article=made)) if made else course
        )

    async def _next_or_anew(self, course: Course, article: Article) -> Course:
        """Take a step; what Zalo does not know, as it was deleted there, is made anew once."""
        try:
            return await self._next(course, article)
        except ZaloRefused as fault:
            unknown = fault.code.kind is Kind.FALLBACK and course.step in UNSEEN
            if not unknown or course.delivery in self._anew:
                raise
        self._anew.add(course.delivery)
        return replace(course, step=Step.MAKING, token="", article="")

    async def _next(self, course: Course, article: Article) -> Course:
        match course.step:
            case Step.MAKING:
                token = await self._articles.create(course.oa, article)
                return replace(course, step=Step.MADE, token=token)
            case Step.MADE:
                made = await self._verified(course)
                return replace(course, step=Step.HIDDEN, article=made, token="")
            case Step.HIDDEN:
                token = await self._articles.show(course.oa, course.article, article)
                return replace(course, step=Step.SHOWING if token else Step.SHOWN, token=token)
            case _:
                await self._verified(course)
                return replace(course, step=Step.SHOWN, token="")

    async def _verified(self, course: Course) -> str:
        for polled in range(MOST_POLLS):
            if made := await self._articles.verified(course.oa, course.token):
                return made
            await asyncio.sleep(pause_after(polled, self._poll))
        raise StillMaking

    async def _kept(self, course: Course) -> Course:
        course = replace(course, changed_at=self._clock.now())
        await self._courses.keep(course)
        return course
