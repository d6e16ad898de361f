"""The switches of the page of troubles: what each changes, and how it is changed back."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from tests.fakes.zalo.fake import FakeZalo


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name(name).read_text("utf-8"))


_FILE: Final = _read("troubles.toml")
_ERRORS: Final = _read("errors.vi.toml")
KINDS: Final[Mapping[str, str]] = _FILE["kinds"]
BREAKS: Final[Mapping[str, str]] = _FILE["breaks"]
# By what they are of, each number with what it means.
ERRORS: Final[Sequence[tuple[str, Mapping[str, str]]]] = [
    ("Official Account", _ERRORS["api"]),
    ("ZBS", _ERRORS["business"]),
]


@dataclass(frozen=True)
class Switch:
    """Something wrong; while it is on the members of ``where`` have these ``values``."""

    group: str
    name: str
    says: str
    where: str
    values: Mapping[str, Any]


SWITCHES: Final = tuple(Switch(**one) for one in _FILE["switch"])
GROUPS: Final = [(name, list(those)) for name, those in groupby(SWITCHES, lambda one: one.group)]


class Switches:
    """Those that are on, over all OAs and apps of an emulator."""

    def __init__(self, fake: FakeZalo) -> None:
        self._fake = fake
        self._before: list[tuple[object, str, Any, Any]] = []
        self.on: tuple[Switch, ...] = ()

    def turn(self, names: Collection[str]) -> None:
        """Have these on, and no others."""
        self._back()
        self.on = tuple(one for one in SWITCHES if one.name in names)
        for switch in self.on:
            for of in self._whose(switch.where):
                self._set(of, switch.values)

    def _set(self, of: object, values: Mapping[str, Any]) -> None:
        for name, value in values.items():
            self._before.append((of, name, getattr(of, name), value))
            setattr(of, name, value)

    def _back(self) -> None:
        """Restore what nobody changed elsewhere meanwhile."""
        while self._before:
            of, name, before, value = self._before.pop()
            if getattr(of, name) == value:
                setattr(of, name, before)
        for account in self._fake.world.accounts.values():
            account.told_empty.clear()

    def _whose(self, where: str) -> Iterator[object]:
        world = self._fake.world
        match where:
            case "account":
                yield from world.accounts.values()
            case "app":
                yield from world.apps.values()
            case _:
                yield getattr(world, where)
