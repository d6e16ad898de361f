"""Questions no button asks: how they are asked, and what of a card is told of them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from bot.conversation.intents import Heard, Intent, read_intent
from bot.conversation.outcomes import Aspect
from bot.conversation.wording import DATA

BEYOND: Final = "asked.vi.toml"
DETAILS: Final = "details.vi.toml"
PAPER: Final = "paper"
NEEDED: Final = "needed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One table of ``asked.vi.toml`` or ``details.vi.toml``.

    A sentence of a card with one of the ``cues`` speaks of it; when the question is ``settled`` by
    such a sentence, nothing else need be said. ``side`` is what is told of the procedure talked
    about; a question without one may name a procedure itself.
    """

    intent: Intent
    cues: tuple[str, ...]
    settled: bool
    side: Aspect | None


def _read(path: Path) -> Mapping[str, Question]:
    return {
        name: Question(
            intent=read_intent(table),
            cues=tuple(table["cues"]),
            settled=table.get("settled", False),
            side=Aspect(table["side"]) if "side" in table else None,
        )
        for name, table in tomllib.loads(path.read_text(encoding="utf-8")).items()
    }


@dataclass(frozen=True, slots=True)
class Questions:
    """Questions for a number no card states, by name, in the order they are looked for."""

    table: Mapping[str, Question]

    @classmethod
    def load(cls, root: Path = DATA) -> Self:
        """Read ``asked.vi.toml``."""
        return cls(_read(root / BEYOND))

    def kind_of(self, *readings: Heard) -> str:
        """Give the name of the question asked in any reading of one message, or nothing."""
        return next(
            (name for name, one in self.table.items() if any(map(one.intent.cue, readings))), ""
        )


@dataclass(frozen=True, slots=True)
class Details:
    """Questions about the procedure talked about, by name, in the order they are looked for."""

    table: Mapping[str, Question]

    @classmethod
    def load(cls, root: Path = DATA) -> Self:
        """Read ``details.vi.toml``."""
        return cls(_read(root / DETAILS))

    def first(self, text: Heard) -> Question | None:
        """Give the first detail ``text`` asks for, papers aside."""
        asked = (one for name, one in self.table.items() if name not in (PAPER, NEEDED))
        return next((one for one in asked if one.intent.cue(text)), None)

    def asks_a_need(self, text: Heard) -> bool:
        """Tell whether ``text`` asks if one thing is needed, and of no other matter."""
        return bool(self.table[NEEDED].intent.cue(text))

    def asks_for_a_paper(self, text: Heard) -> bool:
        """Tell whether ``text`` asks if something is needed, or says that it is missing."""
        return bool(self.table[PAPER].intent.cue(text))
