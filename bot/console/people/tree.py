"""The offices in the order of their tree, for lists and choices; pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from knowledge.models import Office

# How far a name in a list stands in for each office above it.
STEP: Final = "— "


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """An office and those directly below it."""

    office: Office
    below: tuple[Branch, ...] = ()


def branches(offices: Sequence[Office]) -> tuple[Branch, ...]:
    """Give the tops of the tree; an office under an unknown one, or in a ring, is a top too."""
    known = {office.code for office in offices}
    below: dict[str, list[Office]] = {}
    for office in offices:
        above = office.parent if office.parent in known else ""
        below.setdefault(above or "", []).append(office)
    placed: set[str] = set()
    # One at a time: each placed takes those below it along.
    return tuple(
        _branch(office, below, placed)
        for office in (*below.get("", ()), *offices)
        if office.code not in placed
    )


def in_order(tops: Iterable[Branch], depth: int = 0) -> Iterator[tuple[Office, int]]:
    """Give each office with how deep it stands, those above before those below."""
    for top in tops:
        yield top.office, depth
        yield from in_order(top.below, depth + 1)


def choices(offices: Sequence[Office], reach: Collection[str] | None) -> list[tuple[str, str]]:
    """Give code and name of the offices of ``reach``, of all where it is ``None``.

    They are set in by how deep they stand below the highest of them.
    """
    listed = [
        (office, depth)
        for office, depth in in_order(branches(offices))
        if reach is None or office.code in reach
    ]
    highest = min((depth for _, depth in listed), default=0)
    return [(str(one.code), f"{STEP * (depth - highest)}{one.name}") for one, depth in listed]


def unbranched(name: str) -> str:
    """Give a name of ``choices`` as a sentence says it: not set in."""
    return name.lstrip(STEP)


def _branch(office: Office, below: dict[str, list[Office]], placed: set[str]) -> Branch:
    placed.add(office.code)
    under = [one for one in below.get(office.code, ()) if one.code not in placed]
    return Branch(office=office, below=tuple(_branch(one, below, placed) for one in under))
