"""What of a masked text is left to be read: neither what was hidden nor what named it.

"Khai sinh cho bé, sđt em [phone]" asks for no telephone; in "đổi sđt [phone]" it is the matter.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

from bot.privacy.kinds import MARK
from knowledge.text import words

DATA: Final = Path(__file__).with_name("labels.vi.toml")
# Letters and signs looked at for one word.
LONGEST_WORD: Final = 40
# A word, and what may stand between it and what it names.
_LAST_WORD: Final = re.compile(r"([^\W_]+)[\s:.]*\Z")
_CLAUSE_ENDS: Final = re.compile(r"\s*(?:[,;.!?\n)\]]|\Z)")
_CLAUSE_BEGINS: Final = re.compile(r"(?:\A|[,;.!?\n(\]])\s*\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """The words that name what somebody tells of themselves, by its kind, folded."""

    own: frozenset[str]
    matters: frozenset[str]
    anywhere: Mapping[str, frozenset[str]]
    first: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        """Take the language file."""
        return cls(
            own=frozenset(words(told["own"])),
            matters=frozenset(words(told["matters"])),
            anywhere={kind: frozenset(words(one)) for kind, one in told["anywhere"].items()},
            first={kind: frozenset(words(one)) for kind, one in told["first"].items()},
        )

    def before(self, text: str, kind: str, *, ends: bool) -> str:
        """Give ``text``, at whose end data of a ``kind`` stood, without the label.

        ``ends`` tells that a clause ended with those data.
        """
        labels = self.anywhere.get(kind) or self.first.get(kind, frozenset())
        left, named = text, False
        while last := _last_word(left):
            (word,) = words(last[1])[:1] or ("",)
            if word not in labels and word not in self.own:
                break
            named = named or word in labels
            left = left[: last.start()]
        return left if named and self._is_aside(left, kind, ends=ends) else text

    def _is_aside(self, left: str, kind: str, *, ends: bool) -> bool:
        if kind in self.first:
            return ends and _CLAUSE_BEGINS.search(left) is not None
        last = _last_word(left)
        return last is None or self.matters.isdisjoint(words(last[1]))


def _last_word(text: str) -> re.Match[str] | None:
    return _LAST_WORD.search(text, max(len(text) - LONGEST_WORD, 0))


def unmasked_part(text: str) -> str:
    """Give what a masked text says beside what is hidden in it, and beside what names that."""
    if "[" not in text:
        return text
    parts, done = [], 0
    for mark in MARK.finditer(text):
        ends = _CLAUSE_ENDS.match(text, mark.end()) is not None
        parts.append(_LABELS.before(text[done : mark.start()], mark["kind"], ends=ends))
        done = mark.end()
    return " ".join((*parts, text[done:]))


# Read with the program: the first message that hides something waits for no disk.
_LABELS: Final = Labels.of(tomllib.loads(DATA.read_text(encoding="utf-8")))
