"""What is not done with news, and why; each says in Vietnamese what to do instead."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from broadcasts.approval import Refusal
from broadcasts.composing.checking import Finding
from broadcasts.errors import BroadcastError

DATA: Final = Path(__file__).with_name("refusing.vi.toml")


class Refused(BroadcastError):
    """Somebody may not do this, or not where the broadcast stands."""

    def __init__(self, why: Refusal) -> None:
        """Keep why, with its sentence."""
        super().__init__(words()[why])
        self.why = why


class NoSuchBroadcast(BroadcastError):
    """There is no such broadcast."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(words()["nowhere"])


class Unready(BroadcastError):
    """A text is not complete; ``findings`` tell what to mend."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        """Keep what is wrong."""
        super().__init__("\n".join(one.message for one in findings))
        self.findings = tuple(findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubts:
    """What has to be confirmed before a text is scheduled.

    ``recipients`` when they are so many that their number is to be typed, else 0. ``alike`` are
    the other broadcasts that say nearly the same to some of the same people in these days;
    ``itself`` that this one does: somebody has started it, or its own rule says it again as soon.
    """

    recipients: int = 0
    alike: tuple[int, ...] = ()
    itself: bool = False


class Doubtful(BroadcastError):
    """A text is only scheduled when somebody says they are sure."""

    def __init__(self, doubts: Doubts) -> None:
        """Say what is to be confirmed."""
        told = []
        if doubts.recipients:
            told.append(words()["many"].format(count=doubts.recipients))
        if doubts.itself:
            told.append(words()["itself"])
        if doubts.alike:
            told.append(words()["again"].format(others=", ".join(map(str, doubts.alike))))
        super().__init__("\n".join(told))
        self.doubts = doubts


@cache
def words() -> Mapping[str, str]:
    """Give the sentences of ``refusing.vi.toml``."""
    return tomllib.loads(DATA.read_text(encoding="utf-8"))
