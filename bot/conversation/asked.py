"""Questions for a number no card states: how they are asked, and what a card may yet say of it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from bot.conversation.intents import Intent, read_intent
from bot.conversation.outcomes import Aspect
from bot.conversation.wording import DATA
from knowledge.text import Tokens

FILE: Final = "asked.vi.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One table of ``asked.vi.toml``.

    A sentence of a card with one of the ``cues`` speaks of it; when the question is ``settled`` by
    such a sentence, nothing else need be said. One with a ``side`` names no procedure: it asks for
    this side of the one talked about.
    """

    intent: Intent
    cues: tuple[str, ...]
    settled: bool
    side: Aspect | None


@dataclass(frozen=True, slots=True)
class Questions:
    """All such questions by name, in the order they are looked for."""

    table: Mapping[str, Question]

    @classmethod
    def load(cls, root: Path = DATA) -> Self:
        """Read ``asked.vi.toml``."""
        tables = tomllib.loads((root / FILE).read_text(encoding="utf-8"))
        return cls(
            {
                name: Question(
                    intent=read_intent(table),
                    cues=tuple(table["cues"]),
                    settled=table.get("settled", False),
                    side=Aspect(table["side"]) if "side" in table else None,
                )
                for name, table in tables.items()
            }
        )

    def kind_of(self, *readings: Tokens) -> str:
        """Give the name of the question asked in any reading of one message, or nothing."""
        return next(
            (
                name
                for name, question in self.table.items()
                if any(question.intent.cue(text, text.words) for text in readings)
            ),
            "",
        )
