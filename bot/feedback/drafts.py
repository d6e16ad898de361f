"""What a conversation has told so far of a matter it is filing, or of a case it says more about.

A draft holds words as they were typed; it is sealed wherever it is kept.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any, Self

import orjson

from bot.feedback.kinds import Kind
from bot.feedback.models import CaseId, Contact, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Answers so far; an empty one is not given yet, and ``asked`` names what needs none any more.

    ``step`` is the question that stands, ``case`` the case it is about when nothing new is filed.
    ``reference`` was drawn when the draft began, so the same press always files the same case.
    ``files`` are numbers of stored files; ``seen`` the near cases that were shown. ``warned`` is
    the kind whose lawful way was told, at ``warned_at``; ``consent`` the version of the words
    agreed to. While it is ``resting`` what is said is no answer to its question.
    """

    step: str
    reference: str
    begun_at: datetime
    case: CaseId | None = None
    kind: Kind | None = None
    topic: str = ""
    urgent: bool = False
    words: str = ""
    place: Place = field(default_factory=Place)
    happened: str = ""
    files: tuple[int, ...] = ()
    papers: bool | None = None
    anonymous: bool | None = None
    call_back: bool | None = None
    contact: Contact = field(default_factory=Contact)
    consent: str = ""
    level: int | None = None
    factor: str = ""
    seen: tuple[CaseId, ...] = ()
    asked: tuple[str, ...] = ()
    warned: Kind | None = None
    warned_at: datetime | None = None
    resting: bool = False

    def with_stored(self, files: Collection[int]) -> Self:
        """Give it without those of its files that are not among the stored ``files``.

        A file that could not be had, or is not taken, goes after its number was given.
        """
        there = tuple(one for one in self.files if one in files)
        return self if there == self.files else replace(self, files=there)

    def to_json(self) -> bytes:
        """Write it down."""
        return orjson.dumps(self)

    @classmethod
    def of_json(cls, written: bytes) -> Self:
        """Read it back; answers of another release that are not known here are left out.

        Raises:
            ValueError: it is no draft.
        """
        told: dict[str, Any] = orjson.loads(written)
        known = {one.name for one in fields(cls)}
        given = {name: told[name] for name in known & told.keys() if told[name] is not None}
        return cls(**{name: _read(name, value) for name, value in given.items()})


def _read(name: str, value: Any) -> Any:  # noqa: ANN401 - as JSON has it
    match name:
        case "begun_at" | "warned_at":
            return datetime.fromisoformat(value)
        case "kind" | "warned":
            return Kind(value)
        case "place":
            return Place(**value)
        case "contact":
            return Contact(**value)
        case "files" | "seen" | "asked":
            return tuple(value)
        case _:
            return value
