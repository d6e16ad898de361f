"""A plain yes or no, typed where a question has buttons: “không cần gọi đâu”, “dạ đúng rồi”."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, Self

from bot.conversation.wording import DATA
from knowledge.text import Tokens, tokens

_FILE: Final = "answers.vi.toml"
# Words, each with its marks: (folded, key).
Vocabulary = frozenset[tuple[str, str]]
Words = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class About:
    """What a question is about: words that may stand beside a yes or no, some a yes alone."""

    yes: Vocabulary = frozenset()
    about: Vocabulary = frozenset()


@dataclass(frozen=True, slots=True)
class ShortAnswers:
    """Words of ``answers.vi.toml``; a message with any other word is no short answer."""

    yes: Vocabulary
    no: Vocabulary
    asks: Vocabulary
    beside: Vocabulary
    questions: Mapping[str, About]
    chosen: Mapping[str, Vocabulary]

    @classmethod
    @cache
    def load(cls) -> Self:
        """Read the words."""
        told = tomllib.loads((DATA / _FILE).read_text(encoding="utf-8"))
        general = {name: _cut(told.pop(name)) for name in ("yes", "no", "asks", "beside")}
        chosen = {label: _cut(words) for label, words in told.pop("chosen").items()}
        questions = {
            name: About(**{part: _cut(words) for part, words in one.items()})
            for name, one in told.items()
        }
        return cls(**general, questions=questions, chosen=chosen)

    def heard(self, said: Tokens, question: str) -> bool | None:
        """Tell whether ``said`` is a yes or a no to ``question``; None where it is neither.

        “Dung” without marks may be “đúng” or “đừng”: before a deed it is taken for a no.
        """
        about = self.questions.get(question, About())
        words = _pairs(said)
        if not _all(words, self.yes, self.no, self.beside, about.yes, about.about):
            return None
        deeds = _any(words, about.yes)
        unclear = [word for word in words if _in(word, self.yes) and _in(word, self.no)]
        denying = [word for word in words if _in(word, self.no) and word not in unclear]
        if denying:
            return None if self._is_asked(words, denying, deeds=deeds) else False
        if deeds and unclear:
            return False
        return True if deeds or _any(words, self.yes) else None

    def choice(self, said: Tokens, labels: Iterable[str]) -> str:
        """Give the one of ``labels`` that ``said`` means by other words than its own."""
        words = _pairs(said)
        around = self.beside | self.chosen["beside"]
        meant = [
            label
            for label in labels
            if _any(words, known := self.chosen.get(label, frozenset()))
            and _all(words, around, known)
        ]
        return meant[0] if len(meant) == 1 else ""

    def leads(self, said: Tokens, question: str) -> bool:
        """Tell whether ``said`` only leads to an answer to ``question``: “số của em là”."""
        about = self.questions.get(question, About())
        return _all(_pairs(said), self.beside, about.yes, about.about)

    def _is_asked(self, words: Words, denying: Words, *, deeds: bool) -> bool:
        """Tell whether the no stands at the end of a question: “có gọi không”."""
        affirms = any(_in(word, self.yes) and not _in(word, self.beside) for word in words)
        return _in(words[-1], self.asks) and len(denying) == 1 and (deeds or affirms)


def _pairs(said: Tokens) -> Words:
    return tuple(zip(said.words, said.keys, strict=True))


def _any(words: Words, known: Vocabulary) -> bool:
    return any(_in(word, known) for word in words)


def _all(words: Words, *known: Vocabulary) -> bool:
    """Tell whether there are words, and each is one of ``known``."""
    return bool(words) and all(any(_in(word, part) for part in known) for word in words)


def _in(word: tuple[str, str], known: Vocabulary) -> bool:
    """Tell whether a word is one of ``known``; typed without marks it may be any of them."""
    folded, key = word
    return word in known or (folded == key and any(folded == one for one, _ in known))


def _cut(told: Iterable[str]) -> Vocabulary:
    return frozenset(pair for word in told for pair in _pairs(tokens(word)))
