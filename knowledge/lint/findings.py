"""What a rule says of a record, before and after it has words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from knowledge.lint.world import World
from knowledge.models import Snapshot


class Severity(StrEnum):
    """How grave a finding is: it misleads citizens, it needs a look, it could be better."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offence:
    """One record breaks one rule; ``details`` fill the rule's sentence."""

    rule: str
    subject: str
    name: str = ""
    details: Mapping[str, object] = field(default_factory=dict)
    field: str = ""
    row: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """An offence in words: why it matters and what to do about it.

    ``subject`` is the record's code, id, telephone or law number, or the name of a file;
    ``field`` the key in the content file, as docs/content.md names it, and ``label`` the same in
    the words of officials; ``row`` is the line of the file, when it is known.
    """

    rule: str
    severity: Severity
    subject: str
    name: str
    field: str
    row: int | None
    label: str
    why: str
    do: str

    @property
    def message(self) -> str:
        """Both in one line."""
        return f"{self.why} {self.do}"


Rule = Callable[[Snapshot, World], Iterator[Offence]]
