"""A Zalo of paper: gives the pair and the page it is to give, and keeps what it was asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bot.channels.zalo.faults import ZaloFault
from bot.channels.zalo.pairs import Pair

OA = "4318657068771012345"


@dataclass
class PaperZalo:
    """Every code is good; ``fault`` is raised instead when there is one."""

    told: dict[str, Any] = field(default_factory=lambda: {"oa_id": OA, "name": "Xã A"})
    fault: ZaloFault | None = None
    codes: list[tuple[str, str]] = field(default_factory=list)

    def link(self, verifier: str, state: str) -> str:
        return f"https://oauth.example/v4/oa/permission?verifier={len(verifier)}&state={state}"

    async def exchange(self, code: str, verifier: str) -> Pair:
        self.codes.append((code, verifier))
        if self.fault:
            raise self.fault
        return Pair(access=f"access-{code}", refresh=f"refresh-{code}", lasts=timedelta(hours=25))

    async def refresh(self, refresh: str) -> Pair:
        return await self.exchange(refresh, "")

    async def look(self, access: str) -> Mapping[str, Any]:
        assert access
        if self.fault:
            raise self.fault
        return self.told


@dataclass
class PaperReading:
    """Reads nothing; ``fault`` is raised instead when there is one."""

    fault: ZaloFault | None = None
    counted: int = 0
    read: list[str] = field(default_factory=list)

    async def templates(self, oa: str) -> int:
        if self.fault:
            raise self.fault
        self.read.append(oa)
        return 2

    async def page(self, oa: str) -> None:
        if self.fault:
            raise self.fault
        self.read.append(oa)

    async def quotas(self, oa: str) -> None:
        assert oa

    async def count(self) -> None:
        self.counted += 1
