"""Files that go with an answer, as the event tells of them that gave it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

# Of an event's data. It is none of what is counted, so names go when a case is made nobody's.
KEY: Final = "enclosed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosed:
    """A file of an answer by its number; ``size`` in bytes."""

    file: int
    name: str
    media: str
    size: int


def enclosed_in(data: Mapping[str, Any]) -> tuple[Enclosed, ...]:
    """Read the files out of an event's data."""
    return tuple(Enclosed(**one) for one in data.get(KEY, ()))


def as_data(files: Iterable[Enclosed]) -> dict[str, Any]:
    """Give what an event's data tells of files; nothing where there are none."""
    told = [asdict(one) for one in files]
    return {KEY: told} if told else {}
