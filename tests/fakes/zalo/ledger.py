"""What was asked and refused, and whether the caller could have known it before."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from tests.fakes.zalo.errors import Host

KEPT: Final = 100


@dataclass(frozen=True, kw_only=True)
class Answer:
    """How one call ended: 0, or the number of an error."""

    at: datetime
    kind: str
    oa_id: str
    code: int
    says: str = ""


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """One call refused by an error; ``foreseen`` is empty when nothing told before."""

    at: datetime
    host: Host
    kind: str
    oa_id: str
    code: int
    says: str
    foreseen: str = ""


@dataclass
class Ledger:
    """Counts of all calls by kind, every refusal in order, and how the last calls ended."""

    calls: Counter[str] = field(default_factory=Counter)
    refusals: list[Refusal] = field(default_factory=list)
    last: deque[Answer] = field(default_factory=lambda: deque(maxlen=KEPT))

    @property
    def foreseeable(self) -> list[Refusal]:
        """What a caller that keeps the rules, and remembers what it was told, never meets."""
        return [one for one in self.refusals if one.foreseen]

    def codes(self) -> Counter[int]:
        return Counter(one.code for one in self.refusals)
