"""The tree of offices as the desk in use knows it, worked out once for each."""

from __future__ import annotations

from collections.abc import Sequence

from bot.officials.tree import OfficeTree
from knowledge.models import Office


class Trees:
    """Gives the tree of a sequence of offices, the last one from memory."""

    def __init__(self) -> None:
        """Begin with no office."""
        self._offices: Sequence[Office] = ()
        self._tree = OfficeTree.of(())

    def of(self, offices: Sequence[Office]) -> OfficeTree:
        """Give the tree of ``offices``."""
        if offices is not self._offices:
            self._offices, self._tree = offices, OfficeTree.of(offices)
        return self._tree
