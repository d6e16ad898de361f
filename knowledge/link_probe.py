"""Visits addresses politely: a few at a time, with pauses, a silent host left alone."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final, Self
from urllib.parse import urlsplit

import aiohttp

from knowledge.lint.links import Health, Visit

GONE: Final = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
AGENT: Final = "Mozilla/5.0 (compatible; hanhchinh-bot link check)"

Watch = Callable[[int, int], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Courtesy:
    """How we visit: how many at once, seconds between visits of a host, seconds we wait.

    ``patience`` is how often in a row a host may stay silent before the rest of its addresses
    are left alone.
    """

    at_once: int = 4
    pause: float = 0.2
    timeout: float = 15.0
    patience: int = 3


class LinkProbe:
    """Finds out whether addresses are still there.

    Gone is only what a server itself calls gone (404, 410), asked by GET, since some servers
    refuse HEAD; everything else that is not a page is unreachable today.
    """

    def __init__(self, session: aiohttp.ClientSession, courtesy: Courtesy) -> None:
        """Visit through ``session``."""
        self._session = session
        self._courtesy = courtesy
        self._places = asyncio.Semaphore(courtesy.at_once)
        self._doors: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._silent: Counter[str] = Counter()

    @classmethod
    @asynccontextmanager
    async def opened(cls, courtesy: Courtesy | None = None) -> AsyncIterator[Self]:
        """Open a probe and close it at the end."""
        courtesy = courtesy or Courtesy()
        timeout = aiohttp.ClientTimeout(total=courtesy.timeout)
        headers = {"User-Agent": AGENT}
        async with aiohttp.ClientSession(timeout=timeout, headers=headers) as session:
            yield cls(session, courtesy)

    async def visit(self, urls: Iterable[str], watch: Watch) -> dict[str, Visit]:
        """Visit each address once; ``watch`` hears how many of all are done."""
        kept = tuple(dict.fromkeys(urls))
        found: dict[str, Visit] = {}

        async def one(url: str) -> None:
            found[url] = await self._visit(url)
            await watch(len(found), len(kept))

        await asyncio.gather(*map(one, kept))
        return {url: found[url] for url in kept}

    async def _visit(self, url: str) -> Visit:
        host = urlsplit(url).netloc
        async with self._doors[host], self._places:
            if self._silent[host] >= self._courtesy.patience:
                return Visit(health=Health.UNREACHABLE, why=f"máy chủ {host} không trả lời")
            try:
                status = await self._status(url)
            except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
                self._silent[host] += 1
                why = f"không kết nối được ({type(error).__name__})"
                return Visit(health=Health.UNREACHABLE, why=why)
            finally:
                await asyncio.sleep(self._courtesy.pause)
            self._silent[host] = 0
            return _seen(status)

    async def _status(self, url: str) -> int:
        async with self._session.head(url, allow_redirects=True) as answer:
            if answer.status < HTTPStatus.BAD_REQUEST:
                return answer.status
        async with self._session.get(url) as answer:
            return answer.status


def _seen(status: int) -> Visit:
    if status < HTTPStatus.BAD_REQUEST:
        return Visit(health=Health.ALIVE)
    if status in GONE:
        return Visit(health=Health.DEAD, why=str(status))
    return Visit(health=Health.UNREACHABLE, why=f"máy chủ trả lời {status}")
