"""The National portal's public API over HTTP: polite, patient, and never fooled by a web page."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from math import ceil
from typing import Any, Final, Self
from urllib.parse import urlsplit

import aiohttp
import orjson

from knowledge.errors import PortalRefused, PortalUnavailable
from knowledge.ports import CataloguePage

CATALOGUE: Final = "/api/v1/submitting/formality/list-all-public-formality-by-citizen"
DETAIL: Final = "/api/v1/configuring/formality/get-formality-by-citizen"
PROVINCES: Final = "/api/v1/configuring/province-vn/list-by-citizen"
PAGE_SIZE: Final = 50
PROVINCE_LIMIT: Final = 100
MOST_BYTES: Final = 16 * 1024 * 1024
SERVER_ERROR: Final = 500
TOO_MANY: Final = 429
REDIRECT: Final = 300
LONGEST_FIGURE: Final = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How we visit: seconds between calls, seconds to wait before each repeat, and who we are.

    A longer wait that the portal asks for is kept up to ``longest_wish``; past it we leave.
    """

    pause: float = 0.4
    back_off: tuple[float, ...] = (1.0, 5.0, 15.0)
    longest_wish: float = 300.0
    patience: float = 30.0
    user_agent: str = (
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Chrome/141.0.0.0 Safari/537.36"
    )


class PortalClient:
    """``Portal`` over HTTP; one call at a time."""

    def __init__(self, session: aiohttp.ClientSession, url: str, manners: Manners) -> None:
        """Call the portal at ``url`` through ``session``."""
        self._session = session
        self._url = url.rstrip("/")
        self._manners = manners
        self._turn = asyncio.Lock()
        self._next_at = 0.0

    @classmethod
    @asynccontextmanager
    async def opened(cls, url: str, manners: Manners | None = None) -> AsyncIterator[Self]:
        """Open a client of the portal at ``url`` and close it at the end."""
        manners = manners or Manners()
        # A name and password in it are for the line, not for the page we seem to come from.
        parts = urlsplit(url.rstrip("/"))
        page = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
        headers = {
            "User-Agent": manners.user_agent,
            "Origin": page,
            "Referer": page + "/",
            "Accept": "application/json, text/plain, */*",
            "Accept-Language": "vi-VN,vi;q=0.9",
        }
        timeout = aiohttp.ClientTimeout(total=manners.patience)
        async with aiohttp.ClientSession(headers=headers, timeout=timeout) as session:
            yield cls(session, url, manners)

    async def page(self, cursor: str) -> CataloguePage:
        """Give the page of the catalogue after ``cursor``."""
        asked = {
            "limit": PAGE_SIZE,
            "lastId": cursor,
            "q": "",
            "categoryId": "",
            "departmentCode": "",
        }
        data = await self._ask(CATALOGUE, asked)
        total = data.get("total")
        return CataloguePage(
            rows=_records(data, "items"),
            cursor=str(data.get("lastId") or ""),
            total=total if isinstance(total, int) else 0,
        )

    async def detail(self, portal_id: str) -> Mapping[str, Any]:
        """Give the whole record of one procedure."""
        return await self._ask(DETAIL, {"id": portal_id})

    async def provinces(self) -> Mapping[str, str]:
        """Give each province's code by its name."""
        data = await self._ask(PROVINCES, {"limit": PROVINCE_LIMIT, "lastId": ""})
        rows = _records(data, "rows")
        return {
            str(row["name"]): str(row["code"]) for row in rows if {"name", "code"} <= row.keys()
        }

    async def _ask(self, path: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        clock = asyncio.get_running_loop().time
        async with self._turn:
            await asyncio.sleep(max(0.0, self._next_at - clock()))
            try:
                return await self._ask_patiently(path, body)
            finally:
                self._next_at = clock() + self._manners.pause

    async def _ask_patiently(self, path: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        for wait in self._manners.back_off:
            try:
                return await self._ask_once(path, body)
            except PortalUnavailable as fault:
                if fault.wish > self._manners.longest_wish:
                    raise
                await asyncio.sleep(max(wait, fault.wish))
        return await self._ask_once(path, body)

    async def _ask_once(self, path: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        try:
            async with self._session.post(
                self._url + path, json=body, allow_redirects=False
            ) as answer:
                return _data_of(answer.status, await _bytes_of(answer), _wish_of(answer.headers))
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            problem = f"không nối được tới Cổng: {type(error).__name__}"
            raise PortalUnavailable(problem) from error


async def _bytes_of(answer: aiohttp.ClientResponse) -> bytes:
    read = bytearray()
    async for chunk in answer.content.iter_any():
        read += chunk
        if len(read) > MOST_BYTES:
            raise PortalRefused("Cổng trả về quá nhiều dữ liệu cho một lần hỏi")
    return bytes(read)


def _wish_of(headers: Mapping[str, str]) -> float:
    """Read ``Retry-After`` (RFC 9110, section 10.2.3): seconds, or a date by its clock."""
    told = headers.get("Retry-After", "")
    if told.isascii() and told.isdigit():
        return float(told[:LONGEST_FIGURE])
    try:
        wish = parsedate_to_datetime(told) - parsedate_to_datetime(headers.get("Date", ""))
    except (LookupError, TypeError, ValueError, OverflowError):
        return 0.0
    return max(0.0, wish.total_seconds())


def _data_of(status: int, body: bytes, wish: float) -> Mapping[str, Any]:
    if status >= SERVER_ERROR or status == TOO_MANY:
        when = f", hẹn quay lại sau {ceil(wish)} giây" if wish else ""
        raise PortalUnavailable(f"Cổng báo lỗi {status}{when}", wish=wish)
    try:
        told = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise PortalUnavailable(f"Cổng chặn lượt hỏi (mã {status}, không phải JSON)") from None
    if status >= REDIRECT or not isinstance(told, dict) or not isinstance(told.get("data"), dict):
        raise PortalRefused(f"Cổng từ chối (mã {status}): {body[:200].decode(errors='replace')}")
    data: Mapping[str, Any] = told["data"]
    return data


def _records(data: Mapping[str, Any], key: str) -> Sequence[Mapping[str, Any]]:
    rows = data.get(key) or []
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise PortalRefused(f"Cổng trả về “{key}” không đúng mẫu")
    return rows
