"""The proof that a webhook call comes from Zalo, made over the raw bytes.

``mac = SHA-256(prefix ‖ body ‖ timestamp ‖ secret)``: plain concatenation, no HMAC (Zalo's own
MacUtils for Java, 2024). Whether the prefix is the app's id or the account's, and which of the
app's two secrets is meant, the sources do not agree on: all pairs are tried, and it is told which
one matched, so that the settings can be narrowed.
"""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Final

from bot.channels.errors import ForgedWebhook, StaleWebhook

HEADER: Final = "X-ZEvent-Signature"
MARK: Final = "mac="
MAC: Final = re.compile(r"[0-9a-f]{64}")
# Milliseconds since 1970 of the years 2001 to 2286.
MOMENT: Final = re.compile(r"[0-9]{13}")
# So far their clock may be ahead of ours.
AHEAD: Final = timedelta(minutes=10)


class Prefix(StrEnum):
    """Whose id stands before the body; the names are those of the setting."""

    APP = "app_id"
    ACCOUNT = "oa_id"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proved:
    """A call that Zalo made: when, and the pair that matched; ``secret`` counts from 0."""

    at: datetime
    prefix: Prefix
    secret: int

    @property
    def mark(self) -> str:
        """Name the pair for counting."""
        return f"signature:{self.prefix}:{self.secret}"


class Signature:
    """Proves calls to the webhook of one app."""

    def __init__(
        self, app: str, secrets: Sequence[str], prefixes: Sequence[Prefix], *, window: timedelta
    ) -> None:
        """Take what any of ``secrets`` proves with any of ``prefixes``, within ``window``.

        Zalo calls again for an hour or more, so ``window`` is hours; an empty secret proves
        nothing and is left out.
        """
        self._app = app
        self._secrets = [(at, one.encode()) for at, one in enumerate(secrets) if one]
        self._prefixes = tuple(prefixes)
        self._window = window

    def proved(
        self,
        body: bytes,
        headers: Mapping[str, str],
        *,
        accounts: Sequence[str] = (),
        now: datetime,
    ) -> Proved:
        """Tell when and how ``body`` was signed; ``accounts`` are the ids that may be meant.

        Every pair is reckoned and compared in constant time, whichever matches.

        Raises:
            ForgedWebhook: no pair matches, or there is nothing to compare.
            StaleWebhook: it was signed outside the window.
        """
        told = timestamp_of(body)
        shown = _shown(headers.get(HEADER, ""))
        found = [
            (prefix, at)
            for prefix, start in self._starts(accounts)
            for at, secret in self._secrets
            if hmac.compare_digest(_mac(start, body, told, secret), shown)
        ]
        if not found or not told:
            raise ForgedWebhook("no pair matches")
        at = _moment(told)
        if at is None or not now - self._window <= at <= now + AHEAD:
            raise StaleWebhook("outside the window")
        prefix, secret = found[0]
        return Proved(at=at, prefix=prefix, secret=secret)

    def looks_signed(self, headers: Mapping[str, str]) -> bool:
        """Tell whether ``headers`` hold what may be a proof."""
        return bool(_shown(headers.get(HEADER, "")))

    def _starts(self, accounts: Sequence[str]) -> Iterator[tuple[Prefix, str]]:
        for prefix in self._prefixes:
            ids = (self._app,) if prefix is Prefix.APP else accounts
            yield from ((prefix, one) for one in ids)


def timestamp_of(body: bytes) -> str:
    """Give the ``timestamp`` of ``body`` sign by sign as it stands there; empty without one.

    Numbers are not read as such: another writing of the same one would give another proof.
    """
    try:
        told = json.loads(body, parse_int=str, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError):
        return ""
    found = told.get("timestamp") if isinstance(told, dict) else None
    return found if isinstance(found, str) else ""


def _shown(header: str) -> str:
    """Read the header, with its mark or without; what is no proof matches none."""
    mac = header.strip().lower().removeprefix(MARK).strip()
    return mac if MAC.fullmatch(mac) else ""


def _mac(start: str, body: bytes, timestamp: str, secret: bytes) -> str:
    whole = sha256(start.encode())
    for piece in (body, timestamp.encode(errors="replace"), secret):
        whole.update(piece)
    return whole.hexdigest()


def _moment(told: str) -> datetime | None:
    if not MOMENT.fullmatch(told):
        return None
    return datetime.fromtimestamp(int(told) / 1000, UTC)
