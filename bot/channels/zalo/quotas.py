"""What an account has left of messages, templates and broadcasts: asked for, and read in passing.

Source: /v3.0/oa/quota/message and business /message/quota, docs.zaloplatforms.com/docs/OA. Nothing
tells how many broadcasts are left; that there are none, a refusal tells (-211).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.channels.zalo.asking import Asking
from bot.channels.zalo.hosts import Host
from bot.channels.zalo.shapes import Json, number, word
from bot.clock import VIETNAM

# Consulting messages outside of 48 hours: of the package, bought, and given.
PURSES: Final = ("sub_quota", "purchase_quota", "reward_quota")
TEMPLATES: Final = "template_daily"
BROADCASTS: Final = "broadcast"
DAY_FORMS: Final = ("%d/%m/%Y", "%Y-%m-%d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """How much is left of one kind, of how much, and until when it counts."""

    kind: str
    remain: int
    total: int | None = None
    until: datetime | None = None


class Quotas:
    """Asks for what is left; each call raises ``ZaloFault`` as ``Asking`` does."""

    def __init__(self, asking: Asking) -> None:
        """Call by ``asking``."""
        self._asking = asking

    async def messages(self, oa: str, purse: str) -> Left | None:
        """Give what is left of consulting messages in a purse, over all its assets, if any."""
        asked = {"quota_owner": "OA", "product_type": "cs", "quota_type": purse}
        answer = await self._asking.post(oa, "/v3.0/oa/quota/message", asked)
        assets = [one for one in answer.rows if isinstance(one, dict)]
        if not assets:
            return None
        ends = [end for one in assets if (end := _day(word(one, "valid_through")))]
        return Left(
            kind=purse,
            remain=sum(_counts(assets, "remain")),
            total=sum(_counts(assets, "total")),
            until=min(ends, default=None),
        )

    async def templates(self, oa: str, now: datetime) -> Left | None:
        """Give what is left of templates today; nothing where it was not told."""
        answer = await self._asking.get(oa, "/message/quota", host=Host.BUSINESS)
        return of_templates(answer.data, now)


def of_templates(told: Json, now: datetime) -> Left | None:
    """Read how many templates are left today, as both hosts tell it, each in its own words."""
    remain = number(told.get("remainingQuota", told.get("remain")))
    if remain is None:
        return None
    total = number(told.get("dailyQuota"))
    return Left(kind=TEMPLATES, remain=remain, total=total, until=until_of(TEMPLATES, now))


def until_of(kind: str, now: datetime) -> datetime:
    """Give when what is used up comes again: templates each day, all else each month."""
    here = now.astimezone(VIETNAM).replace(hour=0, minute=0, second=0, microsecond=0)
    if kind == TEMPLATES:
        return here + timedelta(days=1)
    return (here.replace(day=1) + timedelta(days=32)).replace(day=1)


def _counts(assets: Sequence[Json], name: str) -> Iterator[int]:
    for one in assets:
        found = number(one.get(name))
        if found is not None:
            yield max(found, 0)


def _day(told: str) -> datetime | None:
    """Read a last day, in whichever of its forms it is told; it ends with the day."""
    for form in DAY_FORMS:
        try:
            found = datetime.strptime(told, form).replace(tzinfo=VIETNAM)
        except ValueError:
            continue
        return found + timedelta(days=1)
    return None
