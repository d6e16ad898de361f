"""Questions about the procedure talked about that no button asks: what of its card is told."""

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

FILE: Final = "details.vi.toml"
PAPER: Final = "paper"
NEEDED: Final = "needed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """One table of ``details.vi.toml``: the side told, and by which words more is found."""

    intent: Intent
    side: Aspect
    cues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Details:
    """All details by name, in the order they are looked for."""

    table: Mapping[str, Detail]

    @classmethod
    def load(cls, root: Path = DATA) -> Self:
        """Read ``details.vi.toml``."""
        tables = tomllib.loads((root / FILE).read_text(encoding="utf-8"))
        return cls(
            {
                name: Detail(
                    intent=read_intent(table),
                    side=Aspect(table["side"]),
                    cues=tuple(table["cues"]),
                )
                for name, table in tables.items()
            }
        )

    def first(self, text: Tokens) -> Detail | None:
        """Give the first detail ``text`` asks for, papers aside."""
        asked = (one for name, one in self.table.items() if name not in (PAPER, NEEDED))
        return next((one for one in asked if one.intent.cue(text, text.words)), None)

    def asks_a_need(self, text: Tokens) -> bool:
        """Tell whether ``text`` asks if one thing is needed, and of no other matter."""
        return bool(self.table[NEEDED].intent.cue(text, text.words))

    def asks_for_a_paper(self, text: Tokens) -> bool:
        """Tell whether ``text`` asks if something is needed, or says that it is missing."""
        return bool(self.table[PAPER].intent.cue(text, text.words))
