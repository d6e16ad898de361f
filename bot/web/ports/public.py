"""What the web shows to everybody, or to whoever has the key: news, cases, calendars."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.feedback.board.releases import AskedReleases, Release
from bot.feedback.reports.report import Report
from broadcasts.calendar.feed import Published
from broadcasts.posts import Post, PostedFile


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
