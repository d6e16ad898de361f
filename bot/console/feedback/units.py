"""Units of an office as their pages show and take them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.console.fields import Code, Line, Number, Several
from bot.feedback.topics import topics
from bot.officials.models import Officer, OfficerId
from bot.officials.permissions import Action, may
from bot.officials.tree import OfficeTree
from bot.storage.officer_rows import all_officers, grants_of
from bot.storage.unit_rows import UnitWish


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitForm:
    """A unit's name, who answers for it, who works in it, and which fields come to it."""

    name: Annotated[str, Line(2, 120)]
    head: Annotated[int | None, Number(1)] = None
    members: Annotated[tuple[int, ...], Several(Number(1))] = ()
    topics: Annotated[tuple[str, ...], Several(Code())] = ()

    def wish(self, office: str) -> UnitWish:
        """Give what the unit is to be; who heads it works in it, too."""
        head = {OfficerId(self.head)} if self.head else set()
        return UnitWish(
            office=office,
            name=self.name,
            head=OfficerId(self.head) if self.head else None,
            topics=tuple(one for one in self.topics if one in topics()),
            members=frozenset(map(OfficerId, self.members)) | head,
        )


async def workers_at(
    connection: AsyncConnection, tree: OfficeTree, office: str
) -> Mapping[OfficerId, Officer]:
    """Give the active officers who may work on the cases of an office, by name."""
    known = {one.id: one for one in await all_officers(connection) if one.active}
    grants = await grants_of(connection, list(known))
    able = [one for one in known if may(grants[one], Action.CASES_WORK, office, tree)]
    return {one: known[one] for one in sorted(able, key=lambda one: known[one].name)}
