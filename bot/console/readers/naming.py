"""What readers chose, as people call it."""

from __future__ import annotations

from collections.abc import Iterable

from broadcasts.reading import topics


def called(codes: Iterable[str]) -> str:
    """Give the names of topics; one that is none any more keeps its code."""
    names = {one.code: one.label for one in topics()}
    return "; ".join(names.get(code, code) for code in codes)
