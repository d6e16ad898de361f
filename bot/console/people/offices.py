"""Use case: the tree of offices is changed, an office added or named otherwise, as records are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.casework.changing import propose
from bot.casework.deeds import Acting
from bot.casework.publishing import PLACES
from bot.officials.changes import Change, ChangeKind, Clash, Refusal, Wish
from bot.officials.field_marks import Fields, Token
from bot.officials.tree import OfficeTree
from knowledge.models import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """What the tree says of an office; ``parent`` is empty at the top."""

    name: str
    parent: str
    province: str
    aliases: tuple[str, ...]

    def told(self) -> dict[str, Any]:
        """Give it as the fields of the record."""
        return {
            "name": self.name,
            "parent": self.parent or None,
            "province": self.province,
            "aliases": list(self.aliases),
        }

    def unlike(self, office: Office) -> dict[str, Any]:
        """Give the fields in which it is another than what is told of ``office``."""
        known = Placement(
            name=office.name,
            parent=office.parent or "",
            province=office.province,
            aliases=office.aliases,
        ).told()
        return {name: value for name, value in self.told().items() if value != known[name]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """What a change is called in the history, and its reason."""

    title: str
    reason: str


def would_ring(code: str, parent: str, offices: Sequence[Office]) -> bool:
    """Tell whether ``code`` under ``parent`` would stand below itself."""
    return bool(parent) and OfficeTree.of(offices).covers(code, parent)


async def stated(connection: AsyncConnection, code: str) -> Fields:
    """Give what is told of an office otherwise than shipped."""
    return await PLACES[ChangeKind.OFFICE].stated(connection, code, code)


async def place(
    acting: Acting, code: str, changed: Mapping[str, Any], *, token: Token, why: Why
) -> Change | Clash | Refusal:
    """Let the tree say ``changed`` of an office; what else is told of it stays."""
    now = await stated(acting.connection, code)
    wish = Wish(
        kind=ChangeKind.OFFICE,
        office=code,
        ref=code,
        title=why.title,
        fields={**now, **changed},
        reason=why.reason,
    )
    return await propose(acting, wish, token=token, publish=True)
