"""The exact words about news: what ends them, takes them up again, answers what is asked."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Self

from bot.conversation.wording import DATA
from knowledge.text import Tokens, tokens

# By their folded words, each with its marks.
Known = Mapping[tuple[str, ...], frozenset[tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class NewsWords:
    """Whole messages by which news are ended and taken up again; no sentence ever is one.

    Those of ``bare`` end news only for who receives some: to others they say something else.
    """

    bare: Known
    clear: Known
    back: Known
    yes: Known
    no: Known
    done: Known

    @classmethod
    @cache
    def load(cls) -> Self:
        """Read ``news.vi.toml``."""
        told = tomllib.loads((DATA / "news.vi.toml").read_text(encoding="utf-8"))
        return cls(**{name: _by_words(one) for name, one in told.items()})


def _by_words(told: Mapping[str, list[str]]) -> Known:
    found: dict[tuple[str, ...], frozenset[tuple[str, ...]]] = {}
    for text in told["words"]:
        said = tokens(text)
        found[said.words] = found.get(said.words, frozenset()) | {said.keys}
    return found


def says(known: Known, text: Tokens) -> bool:
    """Tell whether a whole text is one of ``known``; one typed with marks has to have the same.

    “Đúng” is no “dừng”; “dung” may be either, and who stops by mistake is told how to undo it.
    """
    keys = known.get(text.words, frozenset())
    return text.keys in keys or (bool(keys) and text.keys == text.words)
