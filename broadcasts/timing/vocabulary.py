"""The words a plan tells time with, read from ``data/words.vi.toml``."""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final, Self

from broadcasts.text import mark_key, plain

DATA: Final = Path(__file__).parent / "data"


class Kind(StrEnum):
    """What a token is."""

    NUMBER = "number"
    NUMERAL = "numeral"
    ROMAN = "roman"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    WEEKDAY_HEAD = "weekday_head"
    WEEKDAY = "weekday"
    NAMED_DAY = "named_day"
    FROM = "from"
    TO = "to"
    UNTIL = "until"
    BEFORE = "before"
    AFTER = "after"
    LATEST = "latest"
    DONE = "done"
    WITHIN = "within"
    ABOUT = "about"
    FOCUS = "focus"
    FIRST = "first"
    MIDDLE = "middle"
    LAST = "last"
    HALF_OF = "half_of"
    NEXT_ONE = "next_one"
    EACH = "each"
    PERIODIC = "periodic"
    REPORT = "report"
    ALONG = "along"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ALWAYS = "always"
    BOTH = "both"
    EITHER = "either"
    OF = "of"
    EVENT = "event"
    REQUEST = "request"
    PLAN = "plan"
    RULED = "ruled"
    PROMPT = "prompt"
    OCCASION = "occasion"
    RELATIVE = "relative"
    LUNAR = "lunar"
    HOW_MANY = "how_many"
    EXCEPT = "except"
    END_UNKNOWN = "end_unknown"
    COUNTER = "counter"
    MEASURE = "measure"
    SIZE = "size"
    HEAD = "head"
    STAGE = "stage"
    FIELD = "field"
    DOER = "doer"
    COMMEMORATE = "commemorate"
    LINK = "link"
    WORD = "word"
    CLOCK = "clock"
    COMMA = "comma"
    BREAK = "break"
    BULLET = "bullet"
    OPEN = "open"
    CLOSE = "close"
    SLASH = "slash"
    DASH = "dash"
    COLON = "colon"
    PERCENT = "percent"


# A stage ("đợt 1") is counted like any other thing and a doer is a word: the grammar tells.
_KEPT_APART: Final = {Kind.STAGE, Kind.FIELD, Kind.DOER}


# Words worth mending where one letter is wrong.
_TELLING: Final = frozenset(
    {
        Kind.DAY, Kind.WEEK, Kind.MONTH, Kind.QUARTER, Kind.YEAR, Kind.FROM, Kind.BEFORE,
        Kind.LATEST, Kind.DONE, Kind.WITHIN, Kind.EACH, Kind.PERIODIC, Kind.ALWAYS,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase stands for; ``keys`` are its words with their marks."""

    keys: tuple[str, ...]
    kind: Kind
    value: int = 0
    instead: tuple[str, ...] = ()


class Vocabulary:
    """Known phrases by their words without marks."""

    def __init__(self, tables: dict[str, Any]) -> None:
        """Take the tables of the file."""
        self._known: defaultdict[tuple[str, ...], list[Meaning]] = defaultdict(list)
        for phrase, meaning in _meanings(tables):
            self._known[tuple(plain(phrase).split())].append(meaning)
        self.longest = max(map(len, self._known))
        self.single = frozenset(word for known in self._known for word in known)
        self.telling = frozenset(
            word
            for known, meanings in self._known.items()
            for word in known
            if meanings[0].kind in _TELLING
        )
        kinds = tables["kinds"]
        self.stages = frozenset(tuple(plain(phrase).split()) for phrase in kinds[Kind.STAGE])
        self.fields = frozenset(map(plain, kinds[Kind.FIELD]))
        self.doers = frozenset(map(mark_key, kinds[Kind.DOER]))

    @classmethod
    @cache
    def load(cls) -> Self:
        """Read the file, once."""
        return cls(tomllib.loads((DATA / "words.vi.toml").read_text(encoding="utf-8")))

    def find(
        self, words: Sequence[str], keys: Sequence[str], *, marked: bool
    ) -> tuple[int, Meaning] | None:
        """Give the longest phrase these words begin with, and of how many words it is."""
        for length in range(min(self.longest, len(words)), 0, -1):
            known = self._known.get(tuple(words[:length]))
            chosen = _chosen(known, tuple(keys[:length]), marked=marked) if known else None
            if chosen:
                return length, chosen
        return None


def _chosen(known: list[Meaning], keys: tuple[str, ...], *, marked: bool) -> Meaning | None:
    if not marked:
        return known[0]
    exact = next((one for one in known if one.keys == keys), None)
    return exact or next((one for one in known if _slipped(keys, one)), None)


def _slipped(keys: tuple[str, ...], meaning: Meaning) -> bool:
    """Tell whether marks went astray: "thuờng" for "thường", but not "tử" for "từ".

    In a phrase of several words any mark may be wrong; a word alone may only lack some.
    """
    if meaning.kind is Kind.NUMERAL:
        return False
    if len(keys) > 1 and meaning.kind is not Kind.WORD:
        return True
    return not any(
        Counter(typed) - Counter(known) for typed, known in zip(keys, meaning.keys, strict=True)
    )


def _meanings(tables: dict[str, Any]) -> Iterator[tuple[str, Meaning]]:
    for phrase, instead in tables["means"].items():
        words = tuple(instead.split())
        yield phrase, Meaning(_keys(phrase), Kind.WORD, instead=words)
    for kind, phrases in tables["kinds"].items():
        if Kind(kind) not in _KEPT_APART:
            for phrase in phrases:
                yield phrase, Meaning(_keys(phrase), Kind(kind))
    for kind in (Kind.NUMERAL, Kind.WEEKDAY):
        for phrase, value in tables[f"{kind}s"].items():
            yield phrase, Meaning(_keys(phrase), kind, value)
    for phrase, (day, month) in tables["named_days"].items():
        yield phrase, Meaning(_keys(phrase), Kind.NAMED_DAY, month * 100 + day)


def _keys(phrase: str) -> tuple[str, ...]:
    return tuple(map(mark_key, phrase.split()))
