"""Where matters go that an office does not decide: places by law, and those cases pass on to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from bot.feedback.kinds import Kind
from bot.feedback.law import Basis, read_data
from bot.officials.receptions import Body

OWN: Final = "own"
PROVINCE: Final = "province"
POLICE: Final = "police"


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyRole:
    """A place an office may name; ``name`` is what it is called until then, ``purpose`` a hint."""

    id: str
    name: str
    purpose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A place named in a lawful way, with the matters it usually is for.

    ``body`` is a ``BodyRole`` or ``OWN``, the office itself.
    """

    way: Kind
    body: str
    about: str
    basis: Basis | None


@cache
def body_roles() -> Mapping[str, BodyRole]:
    """Give the places there are by their ids."""
    return {
        row["id"]: BodyRole(id=row["id"], name=row["name"], purpose=row["for"])
        for row in read_data("bodies.vi.toml")["body"]
    }


@cache
def told_bodies() -> tuple[Told, ...]:
    """Give the places that the lawful ways name, in the order they are told."""
    return tuple(
        Told(
            way=Kind(row["way"]),
            body=row["body"],
            about=row["about"],
            basis=Basis.read(row) if "mark" in row else None,
        )
        for row in read_data("bodies.vi.toml")["told"]
    )


def named(body: str, told: Mapping[str, Body]) -> Body:
    """Give a place as an office names it; without a name of the office's it has the shipped."""
    known = told.get(body, Body(name=""))
    return known if known.name else replace(known, name=body_roles()[body].name)
