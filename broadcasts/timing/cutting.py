"""A phrase → tokens: numbers, known words, signs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from broadcasts.text import composed, mark_key, plain
from broadcasts.timing.slips import digits_mended, mended
from broadcasts.timing.vocabulary import Kind, Vocabulary

_PIECE: Final = re.compile(
    r"""
    (?P<clock>\d{1,2}\s*[hH](?:\d{2})?(?![^\W_])|\d{1,2}:\d{2}|\d{1,2}\s*(?i:giờ|gio)(?:\s*\d{2}(?!\d)(?:\s*(?i:phút|phut))?)?|24/24)
    |(?P<iso>\d{4}-\d{1,2}-\d{1,2}(?!\d))
    |(?P<doc>\d+/(?:\d{4}/)?[^\W\d_]{2,}(?:-[^\W\d_]+)+)
    |(?P<dotted>\d{1,2}\.(?:\d{4}(?!\d)|\d{1,2}(?:\.\d{4}|\.\d{2})?(?!\d|\.\d)))
    |(?P<thousands>\d{1,3}(?:\.\d{3})+(?!\d))
    |(?P<number>\d+)
    |(?P<word>[^\W\d_]+)
    |(?P<title>[“"«][^”"»]*[”"»])
    |(?P<bullet>(?:(?:^|\n|[.;:])\s*[-–—+•*·]+(?=\s|[^\W_]))|;)
    |(?P<stop>\.(?=\s+\S)|…|\.\.+)
    |(?P<sign>[^\s\w])
    """,
    re.VERBOSE,
)
_ENUMERATOR: Final = re.compile(
    r"^\s*(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ])\s*[.)]\s+(?=\S)", re.IGNORECASE
)
_QUOTED: Final = re.compile(r"^\s*[“\"«]([^”\"»]*)[”\"»]\s*$")
_SIGNS: Final = {
    ",": Kind.COMMA, "(": Kind.OPEN, "[": Kind.OPEN, ")": Kind.CLOSE, "]": Kind.CLOSE,
    "/": Kind.SLASH, "-": Kind.DASH, "–": Kind.DASH, "—": Kind.DASH, "‐": Kind.DASH,
    "‑": Kind.DASH, "~": Kind.DASH, "÷": Kind.DASH, "→": Kind.DASH, "−": Kind.DASH,
    ":": Kind.COLON, "?": Kind.RELATIVE, "%": Kind.PERCENT, "+": Kind.BOTH, "&": Kind.BOTH,
}  # fmt: skip
_ROMANS: Final = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10,
    "xi": 11, "xii": 12, "l": 1, "ll": 2, "il": 2, "lll": 3, "ill": 3, "iil": 3, "lv": 4,
    "iiii": 4,
}  # fmt: skip
# "QuýII", "QII" and "T" before a number.
_GLUED: Final = re.compile(r"(quy|qui|q)([ivl]{1,4})")
_NUMBER_NEXT: Final = re.compile(r"\.?\d")
_SHORT_QUARTER: Final = {"q", "quy", "qui"}
_SHORT_MONTH: Final = {"t", "th"}
# "Năm" is not among them: "Việt Nam 2030".
_UNITS: Final = {"ngay": "ngày", "thang": "tháng", "tuan": "tuần"}


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or sign: its kind, what it counts, and how it was written."""

    kind: Kind
    value: int = 0
    text: str = ""
    digits: int = 0
    stage: bool = False


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    plain: str
    before_number: bool


def cut(phrase: str) -> tuple[Token, ...]:
    """Cut a phrase into tokens."""
    text = digits_mended(composed(phrase))
    quoted = _QUOTED.match(text)
    text = _ENUMERATOR.sub("", quoted[1] if quoted else text)
    marked = any(mark_key(word) != plain(word) for word in text.split())
    found: list[Token] = []
    words: list[_Word] = []
    for piece in _PIECE.finditer(text):
        kind, raw = piece.lastgroup or "", piece.group()
        if kind == "word":
            words.extend(_parted(raw, before_number=_numbered(text, piece.end())))
            continue
        if kind in ("number", "dotted"):
            words = _unit_last(words)
        found.extend(_named(words, marked=marked))
        words = []
        found.extend(_signed(kind, raw))
    return (*found, *_named(words, marked=marked))


def _numbered(text: str, end: int) -> bool:
    """Tell whether a number follows a word: "T5", "T.11"."""
    return _NUMBER_NEXT.match(text, end) is not None


def _parted(raw: str, *, before_number: bool) -> Iterator[_Word]:
    bare = plain(raw)
    glued = _GLUED.fullmatch(bare)
    if glued and bare != "qui":
        yield _Word("quý", "quy", before_number=False)
        yield _Word(glued[2], glued[2], before_number=False)
    elif before_number and bare in _SHORT_MONTH:
        yield _Word("T" if bare == "t" else "tháng", "thang", before_number=True)
    elif bare == "q":
        yield _Word("quý", "quy", before_number=True)
    else:
        yield _Word(raw, bare, before_number)


def _unit_last(words: list[_Word]) -> list[_Word]:
    """Put the marks right of a unit that stands before its number: "thàng 4", "ngay 15/12"."""
    meant = None if not words or words[-1].before_number else _UNITS.get(words[-1].plain)
    if meant is None:
        return words
    return [*words[:-1], replace(words[-1], text=meant)]


def _signed(kind: str, raw: str) -> Iterator[Token]:
    match kind:
        case "number":
            yield _number(raw)
        case "thousands":
            yield Token(Kind.NUMBER, int(raw.replace(".", "")[:9]), raw, digits=len(raw))
        case "dotted" | "iso":
            parts = re.split(r"[.-]", raw)
            yield from _slashed(parts if kind == "dotted" else parts[::-1])
        case "clock" | "doc" | "title":
            name = {"clock": Kind.CLOCK, "doc": Kind.HEAD, "title": Kind.WORD}[kind]
            yield Token(name, text=raw)
        case "bullet":
            yield Token(Kind.BREAK if raw == ";" else Kind.BULLET, text=raw)
        case "stop":
            yield Token(Kind.BULLET, text=raw)
        case _:
            yield from (Token(known, text=raw) for sign, known in _SIGNS.items() if sign == raw)


def _slashed(parts: list[str]) -> Iterator[Token]:
    for place, part in enumerate(parts):
        if place:
            yield Token(Kind.SLASH, text="/")
        yield _number(part)


def _number(raw: str) -> Token:
    # A number of a telephone's length counts nothing a plan could mean.
    return Token(Kind.NUMBER, int(raw[:9]), raw, digits=len(raw))


def _named(words: list[_Word], *, marked: bool) -> Iterator[Token]:
    vocabulary = Vocabulary.load()
    bare = [_mended(word.plain, vocabulary) for word in words]
    keys = [
        mark_key(word.text) if same == word.plain else same
        for word, same in zip(words, bare, strict=True)
    ]
    at = 0
    while at < len(words):
        found = vocabulary.find(bare[at:], keys[at:], marked=marked)
        length, meaning = found or (1, None)
        said = " ".join(word.text for word in words[at : at + length])
        if meaning and meaning.instead:
            yield from cut(" ".join(meaning.instead))
        elif meaning:
            stage = tuple(bare[at : at + length]) in vocabulary.stages
            yield Token(meaning.kind, meaning.value, said, stage=stage)
        elif bare[at] in _ROMANS:
            yield Token(Kind.ROMAN, _ROMANS[bare[at]], said)
        else:
            yield Token(Kind.WORD, text=said)
        at += length


def _mended(word: str, vocabulary: Vocabulary) -> str:
    return word if word in vocabulary.single else mended(word, vocabulary.telling)
