"""The bot's sentences, read from data and checked by tests."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

DATA: Final = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Wording:
    """Every sentence the bot can say, by key."""

    replies: Mapping[str, str]
    card: Mapping[str, Mapping[str, str]]

    @classmethod
    def load(cls, root: Path = DATA) -> Self:
        """Read ``replies.vi.toml`` and ``card.vi.toml``."""
        replies = tomllib.loads((root / "replies.vi.toml").read_text(encoding="utf-8"))
        card = tomllib.loads((root / "card.vi.toml").read_text(encoding="utf-8"))
        return cls({key: table["text"] for key, table in replies.items()}, card)

    def say(self, key: str, **values: str) -> str:
        """Give the sentence of ``key`` with ``values`` filled in; blank lines are dropped."""
        text = self.replies[key].format(**values)
        return "\n".join(line for line in text.splitlines() if line.strip())
