"""What a message takes back: "không phải gia hạn, nhập khẩu cơ" asks of no extension."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Self

from knowledge.text import fold, words

_NOT: Final = r"(?:khong|ko|k|hong|hok|hem|chang|dau co)\s+(?:phai|fai)\s+(?:la\s+)?"
_BUT: Final = r"(?:\s*[,.;:–-]\s*(?:ma\s+)?|\s+(?:ma|dau|co|nhe|nha)\b[\s,.;]*)(?:la\s+)?"
_FIRST: Final = re.compile(rf"\b{_NOT}(?P<denied>[^,.;:?]+?){_BUT}(?=\S)")
_LAST: Final = re.compile(rf"\s*[,;]?\s*\bchu\s+{_NOT}(?P<denied>[^,.;:?]+)")
_MOST_WORDS: Final = 6
_LEAST_LEFT: Final = 2


@dataclass(frozen=True, slots=True)
class Correction:
    """The folded words taken back, and the message without them."""

    denied: str
    rest: str

    @classmethod
    def of(cls, text: str) -> Self | None:
        """Read a message; of one that takes nothing back, or says nothing instead, nothing."""
        folded = folded_in_place(text)
        for pattern in (_LAST, _FIRST):
            match = pattern.search(folded)
            if match is None or len(words(match["denied"])) > _MOST_WORDS:
                continue
            rest = f"{text[: match.start()]} {text[match.end() :]}".strip()
            if len(words(rest)) >= _LEAST_LEFT:
                return cls(" ".join(words(match["denied"])), rest)
        return None

    def taken_from(self, text: str) -> str:
        """Give ``text`` without the words taken back, wherever they stand together."""
        cut = re.compile(rf"\b{re.escape(self.denied)}\b")
        folded = folded_in_place(text)
        for match in reversed(list(cut.finditer(folded))):
            text = f"{text[: match.start()]}{text[match.end() :]}"
        return text


def folded_in_place(text: str) -> str:
    """Fold letter by letter, so that places in both texts are the same."""
    return "".join(fold(letter)[:1] or letter for letter in text)
