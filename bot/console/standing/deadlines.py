"""The limits of an office as its officials see them: number, source, and whether they are told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Final

from aiohttp import web

from bot.clock import VIETNAM
from bot.console.keys import CONSOLE
from bot.feedback.due_words import kept_words, limit_words
from bot.feedback.limits import Group, Limit, Limits
from bot.officials.own_limits import Profile
from bot.officials.standing import Standing
from bot.storage.setting_rows import Setting, settings_of
from knowledge.layers import lineage
from knowledge.models import LegalText, Snapshot

KIND: Final = "deadline"
PROFILE: Final = "deadline_profile"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """One limit with who set it last, if an office of the line did; ``law`` is where it stands."""

    limit: Limit
    shipped: Limit
    setting: Setting | None
    law: LegalText | None

    @property
    def words(self) -> str:
        """Give how long it is: “3 ngày làm việc”."""
        return _words(self.limit)

    @property
    def shipped_words(self) -> str:
        """Give how long it is as shipped."""
        return _words(self.shipped)

    @property
    def source(self) -> str:
        """Tell where the number comes from: the office's own paper, a law, a model."""
        own = self.limit.own
        return (own.paper if own else "") or self.limit.basis.cited or self.limit.note

    @property
    def state(self) -> str:
        """Name how sure it is, by which it is told to citizens or not."""
        if self.limit.product:
            return "product"
        if self.limit.local:
            return "confirmed" if self.limit.told else "unconfirmed"
        return "recheck" if self.limit.basis.recheck else "law"


def _words(limit: Limit) -> str:
    """Tell a limit; how long data is kept as citizens are told it, too."""
    told = limit_words(limit.number, limit.unit)
    spoken = kept_words(timedelta(days=limit.number)) if limit.group is Group.KEPT else told
    return told if spoken == told else f"{spoken} ({told})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """All limits of an office under their headings, and whose model it follows.

    Without ``timed`` nothing is due at any moment: neither it nor an office above has told hours.
    """

    profile: Profile
    timed: bool
    groups: Sequence[tuple[Group, Sequence[Deadline]]]

    @property
    def rows(self) -> Sequence[Deadline]:
        """Give all of them."""
        return [one for _, rows in self.groups for one in rows]

    @property
    def unconfirmed(self) -> Sequence[Deadline]:
        """Give those of which citizens are not told before the office confirms them."""
        return [one for one in self.rows if one.state == "unconfirmed"]


async def table_here(request: web.Request, office: str) -> Table:
    """Give the limits of an office as they are now; one query."""
    house = request.app[CONSOLE]
    snapshot = house.conversation.desk.knowledge.snapshot
    line = lineage(snapshot.offices, office)
    async with house.database.reading() as connection:
        settings = await settings_of(connection, line, KIND, PROFILE)
    return table_of(snapshot, line, settings, house.clock.now().astimezone(VIETNAM).date())


def table_of(
    snapshot: Snapshot, line: Sequence[str], settings: Sequence[Setting], day: date
) -> Table:
    """Make the table of the last office of ``line`` (topmost first) on a day."""
    offices = [one for one in snapshot.offices if one.code in line]
    here = next((one for one in offices if one.code == line[-1]), None)
    standing = Standing.of(settings, line)
    profile = standing.profile or Profile.of(here.province if here else "")
    shipped = Limits.of(profile, {}, day).rows
    limits = Limits.of(profile, standing.limits, day).rows
    laws = {one.number: one for one in snapshot.legal_texts}
    nearest = {one.key: one for one in sorted(settings, key=lambda one: line.index(one.office))}
    rows = [
        Deadline(
            limit=limit,
            shipped=shipped[name],
            setting=nearest.get(f"{KIND}:{name}"),
            law=laws.get(limit.basis.law),
        )
        for name, limit in limits.items()
    ]
    return Table(
        profile=profile,
        timed=any(one.hours for one in offices),
        groups=[(one, list(each)) for one, each in groupby(rows, attrgetter("limit.group"))],
    )
