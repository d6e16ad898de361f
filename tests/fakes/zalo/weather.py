"""Faults on demand: errors of the table, and what a line or a server may do to a call."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

What = TypeVar("What")


class Break(StrEnum):
    """What becomes of a call below the level of Zalo's own errors."""

    # The line breaks before anything is read, or after all was done and nothing answered.
    BEFORE = "before"
    AFTER = "after"
    # HTTP 502, with nothing done or with all done.
    SERVER_ERROR = "server_error"
    SERVER_ERROR_AFTER = "server_error_after"
    # A page instead of JSON, and JSON that ends in the middle; all was done.
    NOT_JSON = "not_json"
    MALFORMED = "malformed"


@dataclass
class _Planned(Generic[What]):
    where: str
    what: What
    left: int | None


@dataclass
class _Plan(Generic[What]):
    planned: list[_Planned[What]] = field(default_factory=list)

    def add(self, where: str, what: What, times: int | None) -> None:
        self.planned.append(_Planned(where, what, times))

    def take(self, names: frozenset[str]) -> What | None:
        """Give what befalls this call, and use it up."""
        found = next((one for one in self.planned if one.where in names), None)
        if found is None:
            return None
        if found.left is not None:
            found.left -= 1
            if not found.left:
                self.planned.remove(found)
        return found.what


@dataclass
class Weather:
    """What befalls the next calls; a call is named by its kind, path or host, "*" is any.

    ``times=None`` lasts until ``clear``. ``latency`` is in seconds of the machine.
    """

    latency: float = 0.0
    down: bool = False
    _errors: _Plan[int] = field(default_factory=_Plan)
    _breaks: _Plan[Break] = field(default_factory=_Plan)
    _delays: _Plan[float] = field(default_factory=_Plan)

    def fail(self, where: str, code: int, times: int | None = 1) -> None:
        """Answer with an error of the table."""
        self._errors.add(where, code, times)

    def breaks(self, where: str, how: Break, times: int | None = 1) -> None:
        self._breaks.add(where, how, times)

    def slows(self, where: str, seconds: float, times: int | None = 1) -> None:
        """Wait before the call is done."""
        self._delays.add(where, seconds, times)

    def clear(self) -> None:
        self.latency, self.down = 0.0, False
        for plan in (self._errors, self._breaks, self._delays):
            plan.planned.clear()

    @property
    def planned(self) -> list[tuple[str, Break | float, int | None]]:
        """What is to befall which calls, and how many of them."""
        plans = (self._errors.planned, self._breaks.planned, self._delays.planned)
        return [(one.where, one.what, one.left) for plan in plans for one in plan]

    def code(self, names: frozenset[str]) -> int | None:
        return self._errors.take(names)

    def breaking(self, names: frozenset[str]) -> Break | None:
        return Break.BEFORE if self.down else self._breaks.take(names)

    def delay(self, names: frozenset[str]) -> float:
        return self.latency + (self._delays.take(names) or 0.0)
