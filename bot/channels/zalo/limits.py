"""How many calls a minute Zalo allows, and how many are left, as its answers tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.channels.zalo.shapes import number

LIMIT: Final = "X-RateLimit-Limit"
# Its name is told in two ways.
REMAIN: Final = ("X-RateLimit-Remaining", "X-RateLimit-Remain")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Calls of this minute: those allowed and those left; nothing where it was not told."""

    limit: int | None = None
    remain: int | None = None

    @classmethod
    def read(cls, headers: Mapping[str, str]) -> Limits:
        """Read the headers of an answer; what makes no sense was not told."""
        remain = next((headers[name] for name in REMAIN if name in headers), None)
        return cls(limit=_count(headers.get(LIMIT)), remain=_count(remain))


NO_LIMITS: Final = Limits()


def _count(told: str | None) -> int | None:
    found = number(told)
    return found if found is not None and found >= 0 else None
