"""What a message is about, told by cue words before any procedure is looked for."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Final, Self

from bot.conversation.wording import DATA
from knowledge.text import Tokens, tokens, words

GAP: Final = 6
Groups = Mapping[str, Sequence[str]]
NO_GROUPS: Final[Groups] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Heard:
    """A text made ready to look for cue words: ``each`` are its words, once each, in order.

    ``bare`` is the text without courtesies.
    """

    text: Tokens
    each: Mapping[str, None]
    bare: tuple[str, ...]

    @classmethod
    def of(cls, text: Tokens, polite: AbstractSet[str] = frozenset()) -> Self:
        """Make ``text`` ready; ``polite`` words are courtesies."""
        bare = tuple(word for word in text.words if word not in polite)
        return cls(text, dict.fromkeys(text.words), bare)

    def holds_only(self, known: frozenset[str]) -> bool:
        """Tell whether it has no word but ``known`` ones, compared with marks if it has any."""
        return known.issuperset(self.text.keys if self.text.marked else self.text.words)


@dataclass(frozen=True, slots=True)
class Link:
    """One of several word sequences, right after what stands before, or a little ``apart``.

    ``choices`` are the ways of saying it and how each is written, by their first words.
    """

    choices: Mapping[str, Sequence[tuple[str, Tokens]]]
    apart: bool

    @classmethod
    def of(cls, choices: Iterable[str], *, apart: bool) -> Self:
        """Take the ways of saying it."""
        ways: dict[str, list[tuple[str, Tokens]]] = {}
        for text in choices:
            way = tokens(text)
            ways.setdefault(way.words[0], []).append((text, way))
        return cls(ways, apart)

    @property
    def heads(self) -> AbstractSet[str]:
        """The words it may begin with."""
        return self.choices.keys()

    def places(self, text: Tokens, start: int) -> Iterator[tuple[str, int]]:
        """Give what is said of the link, and where it ends, wherever it stands from ``start``."""
        said = text.keys if text.marked else text.words
        last = start + GAP if self.apart else start
        for at in range(start, min(last + 1, len(said))):
            for words_said, way in self.choices.get(text.words[at], ()):
                wanted = way.keys if text.marked else way.words
                if said[at : at + len(wanted)] == wanted:
                    yield f" … {words_said}" if self.apart else words_said, at + len(wanted)


@dataclass(frozen=True, slots=True)
class Pattern:
    """Word sequences that must follow one another with at most ``GAP`` words between.

    Marks are compared when the message was written with marks; ``strict`` patterns fit no other.
    ``needed`` are the words it cannot be without: a message that lacks one is not looked through.
    """

    links: tuple[Link, ...]
    needed: frozenset[str]
    strict: bool = False

    @classmethod
    def of(cls, text: str, groups: Groups, *, strict: bool = False) -> Self:
        """Read ``"hồ sơ … chưa"``; ``<name>`` stands for any phrase of that group."""
        links = tuple(_links(text, groups))
        ways = (list(chain.from_iterable(link.choices.values())) for link in links)
        alone = (only[0][1].words for only in ways if len(only) == 1)
        return cls(links, frozenset(chain.from_iterable(alone)), strict)

    @property
    def heads(self) -> AbstractSet[str]:
        """The words its rarest link may begin with."""
        return min((link.heads for link in self.links), key=len)

    def cue(self, heard: Heard) -> str:
        """Give its words as said in a text, if they are."""
        text, each = heard.text, heard.each
        if not self.needed <= each.keys() or (self.strict and not text.marked):
            return ""
        if any(link.heads.isdisjoint(each) for link in self.links):
            return ""
        heads = self.links[0].heads
        begun = (at for at, word in enumerate(text.words) if word in heads)
        return next(filter(None, (self._from(0, text, at) for at in begun)), "")

    def _from(self, number: int, text: Tokens, start: int) -> str:
        for said, end in self.links[number].places(text, start):
            if number + 1 == len(self.links):
                return said
            if rest := self._from(number + 1, text, end):
                return f"{said} {rest.strip()}"
        return ""


def _links(text: str, groups: Groups) -> Iterator[Link]:
    for number, part in enumerate(text.split("…")):
        pieces = [piece.strip() for piece in part.replace(">", "<").split("<")]
        first = True
        for is_group, piece in enumerate(pieces):
            if piece:
                choices = groups[piece] if is_group % 2 else [piece]
                yield Link.of(choices, apart=first and number > 0)
                first = False


@dataclass(frozen=True, slots=True)
class Patterns:
    """Many patterns by the words their rarest link may begin with: most need not be looked at."""

    by_head: Mapping[str, tuple[Pattern, ...]]

    @classmethod
    def of(cls, patterns: Iterable[Pattern]) -> Self:
        """Sort ``patterns``."""
        by_head: dict[str, tuple[Pattern, ...]] = {}
        for pattern in patterns:
            for head in pattern.heads:
                by_head[head] = (*by_head.get(head, ()), pattern)
        return cls(by_head)

    def cue(self, heard: Heard) -> str:
        """Give the words of the first that occurs in a text."""
        if self.by_head.keys().isdisjoint(heard.each):
            return ""
        begun = chain.from_iterable(self.by_head.get(word, ()) for word in heard.each)
        return next(filter(None, (pattern.cue(heard) for pattern in begun)), "")


@dataclass(frozen=True, slots=True)
class Intent:
    """One table of ``intents.vi.toml`` or ``urgent.vi.toml``.

    With ``only`` it is told in a text that holds no other words.
    """

    anywhere: Patterns
    whole: frozenset[tuple[str, ...]]
    unless: Patterns
    always: Patterns
    only: frozenset[str]

    def cue(self, heard: Heard) -> str:
        """Give what tells this intent in a text, and nothing when it has another."""
        if heard.text.words in self.whole or heard.bare in self.whole:
            return " ".join(heard.text.words)
        if cue := self.always.cue(heard):
            return cue
        if self.only and not heard.holds_only(self.only):
            return ""
        cue = self.anywhere.cue(heard)
        return "" if cue and self.unless.cue(heard) else cue


@dataclass(frozen=True, slots=True)
class Intents:
    """All intents by name."""

    table: Mapping[str, Intent]
    polite: frozenset[str]

    @classmethod
    def load(cls, root: Path = DATA) -> Self:
        """Read ``intents.vi.toml`` and ``urgent.vi.toml``."""
        urgent = tomllib.loads((root / "urgent.vi.toml").read_text(encoding="utf-8"))
        tables = tomllib.loads((root / "intents.vi.toml").read_text(encoding="utf-8"))
        polite = frozenset(words(" ".join(tables.pop("courtesies")["words"])))
        groups = {**urgent.pop("groups"), **tables.pop("groups")}
        table = {name: read_intent(each, groups) for name, each in {**tables, **urgent}.items()}
        return cls(table, polite)

    def hear(self, text: Tokens) -> Heard:
        """Make ``text`` ready to look for cue words."""
        return Heard.of(text, self.polite)

    def has(self, name: str, heard: Heard) -> bool:
        """Tell whether a text has the intent ``name``."""
        return bool(self.cue(name, heard))

    def cue(self, name: str, heard: Heard) -> str:
        """Give what tells the intent ``name`` in a text, and nothing when it has another."""
        return self.table[name].cue(heard)

    def first(self, names: Iterable[str], heard: Heard) -> str:
        """Give the first of ``names`` that a text has, or nothing."""
        return next((name for name in names if self.has(name, heard)), "")


@cache
def shipped_intents() -> Intents:
    """Give those of the program, read once for all who go by them: reading takes a moment."""
    return Intents.load()


def read_intent(table: Mapping[str, Sequence[str]], groups: Groups = NO_GROUPS) -> Intent:
    """Read one table of patterns."""

    def read(key: str, *, strict: bool = False) -> Iterator[Pattern]:
        return (Pattern.of(text, groups, strict=strict) for text in table.get(key, ()))

    return Intent(
        anywhere=Patterns.of(chain(read("any"), read("marked", strict=True))),
        whole=frozenset(tuple(words(text)) for text in table.get("whole", ())),
        unless=Patterns.of(read("unless")),
        always=Patterns.of(read("always")),
        only=frozenset(
            way
            for text in table.get("only", ())
            for said in (tokens(text),)
            for way in (*said.words, *said.keys)
        ),
    )
