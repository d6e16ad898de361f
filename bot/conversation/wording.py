"""The bot's sentences, read from data and checked by tests."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Self

from bot.officials.own_words import wording_fault

DATA: Final = Path(__file__).parent / "data"
SENTENCES: Final = ("replies", "feedback")


@dataclass(frozen=True, slots=True)
class Wording:
    """Every sentence the bot can say, by key; ``fixed`` are those no office may change."""

    replies: Mapping[str, str]
    card: Mapping[str, Mapping[str, str]]
    fixed: frozenset[str] = frozenset()

    @classmethod
    def load(cls, root: Path = DATA) -> Self:
        """Read the files of ``SENTENCES`` and ``card.vi.toml``.

        Raises:
            ValueError: a key stands in two files.
        """
        replies: dict[str, dict[str, Any]] = {}
        for name in SENTENCES:
            told = _read(root, name)
            if twice := replies.keys() & told.keys():
                raise ValueError(f"{name}: {sorted(twice)} stand elsewhere, too")
            replies |= told
        card = _read(root, "card")
        return cls(
            {key: table["text"] for key, table in replies.items()},
            card,
            frozenset(key for key, table in replies.items() if table.get("fixed")),
        )

    def under(self, own: Mapping[str, str]) -> Self:
        """Give the same words with an office's own sentences where it may and does have some."""
        told = {
            key: text
            for key, text in own.items()
            if key not in self.fixed and wording_fault(self.replies.get(key, ""), text) is None
        }
        return replace(self, replies={**self.replies, **told})

    def say(self, key: str, **values: str) -> str:
        """Give the sentence of ``key`` with ``values`` filled in; blank lines are dropped."""
        text = self.replies[key].format(**values)
        return "\n".join(line for line in text.splitlines() if line.strip())

    def steps(self, told: Sequence[str]) -> list[str]:
        """Give steps as lines with the place of each."""
        line = self.card["steps"]["step"]
        return [line.format(number=number, step=one) for number, one in enumerate(told, start=1)]


def _read(root: Path, name: str) -> dict[str, dict[str, Any]]:
    return tomllib.loads((root / f"{name}.vi.toml").read_text(encoding="utf-8"))
