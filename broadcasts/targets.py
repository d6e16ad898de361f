"""To which followers an article goes: everybody, or those of some ages, places, telephones.

Zalo sorts followers by what it knows of them; an article cannot go to named people or to who chose
a topic. The codes and their words stand in ``data/targets.vi.toml`` with their source.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, Final, Self

DATA: Final = Path(__file__).parent / "data" / "targets.vi.toml"
EVERY_GENDER: Final = 0
# Read before anything runs.
_ROWS: Final[Mapping[str, Mapping[str, Any]]] = tomllib.loads(DATA.read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Whom an article is for; empty parts mean everybody.

    All are Zalo's codes as text but ``provinces``, two-digit codes of the provinces since 2025.
    """

    ages: tuple[str, ...] = ()
    genders: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    telcos: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether it is for some alone."""
        return any(getattr(self, one.name) for one in fields(self))

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Self:
        """Read what was written down; codes nobody knows any more are left out."""
        return cls(
            **{name: tuple(code for code in told.get(name, ()) if code in known)
               for name, known in labels().items()}
        )  # fmt: skip

    def written(self) -> dict[str, tuple[str, ...]]:
        """Give what is written down of it: the parts that are not empty."""
        parts = {one.name: getattr(self, one.name) for one in fields(self)}
        return {name: codes for name, codes in parts.items() if codes}

    def told(self) -> str:
        """Say it in words; empty for everybody."""
        parts = (
            ", ".join(labels()[name][code] for code in codes)
            for name, codes in self.written().items()
        )
        return "; ".join(parts)


EVERYBODY: Final = Target()


@cache
def labels() -> Mapping[str, Mapping[str, str]]:
    """Give the words of each code, by the part of a target it belongs to."""
    own = {code: row["name"] for code, row in _ROWS["provinces"].items()}
    return {**{name: _ROWS[name] for name in _NAMES}, "provinces": own}


def on_the_wire(target: Target, *, numbers: bool = False) -> dict[str, object]:
    """Give the target as Zalo takes it: codes with commas, or with ``numbers`` lists of them."""
    parts: dict[str, Sequence[str]] = {
        "ages": target.ages,
        "locations": () if target.provinces else target.regions,
        "cities": tuple(_cities(target.provinces)),
        "platform": target.platforms,
        "telcos": target.telcos,
    }
    gender = int(target.genders[0]) if len(target.genders) == 1 else EVERY_GENDER
    told: dict[str, object] = {"gender": gender if numbers else str(gender)}
    for name, codes in parts.items():
        if codes:
            told[name] = list(map(int, codes)) if numbers else ",".join(codes)
    return told


def _cities(provinces: Sequence[str]) -> Iterator[str]:
    for province in provinces:
        yield from map(str, _ROWS["provinces"][province]["codes"])


_NAMES: Final = tuple(one.name for one in fields(Target) if one.name != "provinces")
