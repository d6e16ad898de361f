"""The tree of offices: province over commune over unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Self

from bot.officials.models import EVERYWHERE
from knowledge.models import Office


class OfficeTree:
    """Tells which office stands above which; nobody stands above an office that is not known."""

    def __init__(self, parents: Mapping[str, str]) -> None:
        """Take each office's code with that of the office above it, empty for none."""
        self._above = {code: _line(code, parents) for code in parents}

    @classmethod
    def of(cls, offices: Iterable[Office]) -> Self:
        """Make the tree of ``offices``."""
        return cls({office.code: office.parent or "" for office in offices})

    @property
    def codes(self) -> frozenset[str]:
        """Every office there is."""
        return frozenset(self._above)

    def covers(self, upper: str, code: str) -> bool:
        """Tell whether ``code`` is ``upper`` or below it; ``EVERYWHERE`` covers all, unknown too.

        What belongs to no office in particular is covered by ``EVERYWHERE`` alone.
        """
        return upper == EVERYWHERE or upper in self._above.get(code, ())

    def branch(self, code: str) -> frozenset[str]:
        """Give an office and all below it; an unknown one has no branch."""
        return frozenset(one for one in self._above if self.covers(code, one))


def _line(code: str, parents: Mapping[str, str]) -> frozenset[str]:
    line: set[str] = set()
    while code and code not in line:
        line.add(code)
        code = parents.get(code, "")
    return frozenset(line)
