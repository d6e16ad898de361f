"""Zalo's answers, read leniently: HTTP 200 says nothing, ``error`` alone tells a refusal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from http import HTTPStatus

import orjson

from bot.channels.zalo.codes import meaning
from bot.channels.zalo.faults import OddAnswer, ZaloRefused, status_fault
from bot.channels.zalo.hosts import Host
from bot.channels.zalo.limits import NO_LIMITS, Limits
from bot.channels.zalo.shapes import Json, number, part, word


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """An answer without an error; it may hold tokens or a person's data, so it is never shown."""

    whole: Json = field(repr=False)
    limits: Limits = NO_LIMITS

    @property
    def data(self) -> Json:
        """The object under ``data``, empty when there is none."""
        return part(self.whole, "data")

    @property
    def rows(self) -> Sequence[object]:
        """What stands under ``data`` where it is a bare list."""
        found = self.whole.get("data")
        return found if isinstance(found, list) else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """What came back over HTTP."""

    status: int
    body: bytes = field(repr=False)
    limits: Limits = NO_LIMITS


def read_answer(raw: Raw, host: Host, path: str) -> Answered:
    """Read what ``host`` answered to a call of ``path``.

    Raises:
        ZaloRefused: it tells an error number.
        ZaloUnreachable: a server in between answered that Zalo is not there.
        OddAnswer: it is none of Zalo's.
    """
    whole = _object(raw.body)
    error = number(whole.get("error")) if whole else None
    is_ok = HTTPStatus.OK <= raw.status < HTTPStatus.MULTIPLE_CHOICES
    # Zalo's numbers are below nought; a server in between tells its own status there.
    if whole and error and (is_ok or error < 0):
        code = meaning(host, error, path)
        raise ZaloRefused(code, _words(whole), limits=raw.limits)
    if not is_ok:
        raise status_fault(raw.status, host)
    # Tokens are given without an ``error``; everything else tells that there was none.
    if whole is None or (error is None and (host is not Host.OAUTH or "error" in whole)):
        raise OddAnswer("no answer of Zalo's", host=host)
    return Answered(whole=whole, limits=raw.limits)


def _object(body: bytes) -> Json | None:
    try:
        told = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    return told if isinstance(told, dict) else None


def _words(whole: Json) -> str:
    names = ("error_name", "error_description", "error_reason", "message")
    return ", ".join(filter(None, (word(whole, name) for name in names)))
