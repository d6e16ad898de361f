"""The parts of an address and how far each goes: “căn 12A09 chung cư Sao Mai”, “ấp Trà Kha”.

The name of a place ends with its capitals or its number; in small letters, or among nothing but
capitals, before the first word no name goes on with. What stands behind it is never taken in.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bot.privacy import syllables as known
from bot.privacy.reading import keys
from bot.privacy.words import RAISED, UPPER, any_of, exactly, without_marks

FILE: Final = Path(__file__).with_name("places.vi.toml")
_MOST_CAPITALS: Final = 5
# Of a name in small letters: where it surely ends, and amid a sentence.
_MOST_SMALL, _SURELY_SMALL = 4, 2
_READ: Final[dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))
_LEVELS: Final[dict[str, list[str]]] = _READ["levels"]
_UNCLEAR: Final = frozenset(map(without_marks, _LEVELS["with_marks"]))
_NUMBERED: Final = frozenset(map(without_marks, _LEVELS["numbered"]))
_NAMELESS: Final = frozenset(map(without_marks, _LEVELS["nameless"]))
_WITH_MORE: Final = frozenset(map(without_marks, _LEVELS["with_more"]))


def _unless_a_name(words: Iterable[str]) -> frozenset[str]:
    """Give ``words`` as spelled, and without marks those that are no syllable of names then."""
    some = frozenset(words)
    names = known.GIVEN.plain | known.SURNAMES.plain
    return some | {plain for plain in map(without_marks, some) if plain not in names}


STOPS: Final = _unless_a_name(_READ["around"]["stops"].split())
STOP: Final = rf"{exactly(*STOPS)}\b"
# A word begun with a capital alone may be a name's all the same.
STOP_HERE: Final = rf"(?-i:{exactly(*STOPS, *map(str.upper, STOPS))})\b"


def _is_a_name(word: str) -> bool:
    """Tell whether names have ``word`` in them: as spelled; without marks, with any."""
    spelled, plain = keys(word)
    some = known.GIVEN, known.SURNAMES, known.MIDDLES
    return any(
        spelled in table.spelled or (spelled == plain and plain in table.plain) for table in some
    )


# Among nothing but capitals: what begins the next words, and is no part of a name.
_OPENINGS: Final = frozenset(stop for stop in STOPS if not _is_a_name(stop))
_LOUD: Final = (*_OPENINGS, *_LEVELS["commune"])
LOUD_STOP: Final = rf"(?-i:{exactly(*map(str.upper, _LOUD))})\b"
_PLACED: Final = any_of(
    *("đường", "đường số", "số", "tổ", "tổ dân phố", "khu phố", "khu", "khu dân cư", "hẻm", "ngõ"),
    *("phố", "phường", "quận", "ấp", "thôn", "xã"),
)
_ANY_LEVEL: Final = any_of(*(level for kind in _LEVELS for level in _LEVELS[kind]))
_IN_TAIL: Final = (
    rf"(?:{_PLACED} {{1,2}}(?:\d[\w/]{{0,8}}|{RAISED})"
    rf"|(?!{STOP_HERE}|{_ANY_LEVEL} {{1,2}}\w)\w[\w/-]{{0,11}}(?:\.\d{{1,3}})?)"
)
# The words a pattern may take in behind the kind of a place, however they are spelled.
TAIL: Final = rf"(?:{_IN_TAIL}(?: {{1,3}}{_IN_TAIL}){{0,4}}+)"
# A name with its capitals, or among nothing but capitals up to where it ends.
NAME: Final = rf"(?:{RAISED}|{TAIL})"
CAPITAL_NAME: Final = rf"(?:{RAISED}|(?=(?-i:[{UPPER}]{{2}})){TAIL})"
_KINDS: Final = ("unit", "way", "hamlet", "commune")
LEVEL: Final = "|".join(rf"(?P<{kind}>{any_of(*_LEVELS[kind])})" for kind in _KINDS)
_LEVEL: Final = re.compile(rf"(?:{LEVEL})(?![^\W\d_])\.?", re.IGNORECASE)
# “CT07” is a form; of hamlets none is called so.
_HAMLET_CODE: Final = re.compile(
    r"\s{0,2}(?:(?:số|so)\s{1,2})?(?-i:[A-ZĐ])?\d{1,3}[a-z]?(?:[/-]\d{1,3})?(?![\w/])",
    re.IGNORECASE,
)
_CODE: Final = re.compile(
    r"\s{0,2}(?:(?:số|so)\s{1,2})?[a-zđ]{0,3}[.-]?\d{1,5}[a-z]?\d{0,3}"
    r"(?:[./-][a-z]{0,2}\d{1,5}[a-z]?){0,4}(?![\w/])",
    re.IGNORECASE,
)
_COUNTS: Final = re.compile(rf"\s?{any_of(*_READ['around']['counted'])}(?!\w)", re.IGNORECASE)
_WORD: Final = re.compile(r"\s{1,2}([^\W\d_]++(?:['’][^\W\d_]++)*+)(?!\d)")
_NUMBER_BEHIND: Final = re.compile(r"\s{1,2}(?:\d{1,3}[A-Za-z]?|[IVX]{1,4})\b")
# “dãy trọ cô Sáu”, “sau quán bà [name]”.
_WHOSE: Final = re.compile(
    rf"\s{{1,2}}{any_of('nhà', 'cô', 'chú', 'ông', 'bà', 'anh', 'chị', 'bác', 'dì', 'thầy')}"
    rf"(?: {any_of('ông', 'bà', 'cô', 'chú')})? (?:\[name\]|(?-i:[{UPPER}])[^\W\d_]+)",
    re.IGNORECASE,
)
_ENDS: Final = re.compile(r"\s{0,3}(?:[,.;:!?()\[\n–-]|\Z)")
_GAP: Final = re.compile(r"\s{1,3}")
_MARKS: Final[dict[str, list[str]]] = _READ["landmarks"]
_BESIDE: Final = rf"(?:{any_of(*_MARKS['beside'])}|{exactly(*_MARKS['beside_with_marks'])})"
_KNOWN: Final = rf"(?:{any_of(*_MARKS['known'])}|{exactly(*_MARKS['known_with_marks'])})"
_LANDMARK: Final = re.compile(
    rf"{_BESIDE} {_KNOWN}\b"
    rf"(?: (?:đa|gạo|bàng|{any_of('chữ thập')})\b)?"
    rf"(?: {any_of(*_MARKS['end'])} {any_of(*_MARKS['of'])}\b)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an address: which level it is of, where it ends, whether it tells a home alone."""

    kind: str
    end: int
    alone: bool


@dataclass(frozen=True, slots=True)
class Written:
    """A text, and whether its writer uses capitals to tell names."""

    text: str
    is_shouted: bool

    @classmethod
    def of(cls, text: str) -> Written:
        """Look how ``text`` is written."""
        large = sum(map(str.isupper, text))
        return cls(text, large > sum(map(str.islower, text)))

    def part(self, at: int) -> Part | None:
        """Give the part of an address that begins at ``at``."""
        level = _LEVEL.match(self.text, at)
        if level is None:
            return None
        said = level[0].rstrip(".").lower()
        plain = without_marks(said)
        more = plain in _WITH_MORE
        unclear = plain in _UNCLEAR and plain == said
        if plain in _NAMELESS and (gap := _GAP.match(self.text, level.end())):
            more_follows = _LEVEL.match(self.text, gap.end())
            if more_follows:
                return Part(str(level.lastgroup), level.end(), alone=False)
        end = self.name(
            level.end(),
            strictly=more or unclear or plain in _NUMBERED,
            code=_HAMLET_CODE if level["hamlet"] else _CODE,
        )
        return Part(str(level.lastgroup), end, not more) if end > level.end() else None

    def name(
        self, at: int, *, strictly: bool, code: re.Pattern[str], sure: int = _SURELY_SMALL
    ) -> int:
        """Give where the name or number ends that stands at ``at``; ``at`` where there is none.

        ``strictly`` it is a number or begins with a capital; ``sure`` small words belong to it
        though a sentence goes on behind them.
        """
        number = code.match(self.text, at)
        if number is not None:
            counts = _COUNTS.match(self.text, number.end())
            return at if counts else self._capitals(number.end(), begun=code is _CODE)
        first = _WORD.match(self.text, at)
        if first is None:
            return at
        if whose := _WHOSE.match(self.text, at):
            return whose.end()
        if self._raised(first):
            return self._capitals(at)
        return at if strictly and not self.is_shouted else self._small(at, sure)

    def _raised(self, word: re.Match[str]) -> bool:
        return not self.is_shouted and word[1][0].isupper()

    def _capitals(self, at: int, *, begun: bool = True) -> int:
        """Take capitals in a row; behind a number that ends the part none is taken."""
        for count in range(_MOST_CAPITALS if begun else 0):
            word = _WORD.match(self.text, at)
            if word is None or not self._raised(word):
                break
            if (count or self.text[at - 1].isdigit()) and self._begins(word):
                break
            at = word.end()
        return self._with_number(at)

    def _begins(self, word: re.Match[str]) -> bool:
        """Tell whether something else begins with ``word``: “ấp Hoà Thuận Đề nghị xã…”."""
        behind = _WORD.match(self.text, word.end())
        raised = behind is not None and self._raised(behind)
        if _LEVEL.match(self.text, word.start(1)):
            return raised or _CODE.match(self.text, word.end()) is not None
        return word[1].lower() in _OPENINGS and behind is not None and not raised

    def _small(self, at: int, sure: int) -> int:
        """Take small words up to where a part surely ends; amid a sentence no more than two."""
        ends = [at]
        while len(ends) <= _MOST_SMALL:
            word = _WORD.match(self.text, ends[-1])
            if word is None or word[1].lower() in STOPS or _LEVEL.match(self.text, word.start(1)):
                break
            ends.append(word.end())
        end = ends[-1] if self._closes(ends[-1]) else ends[: 1 + sure][-1]
        return self._with_number(end) if end > at else at

    def _with_number(self, end: int) -> int:
        number = _NUMBER_BEHIND.match(self.text, end)
        return number.end() if number and not _COUNTS.match(self.text, number.end()) else end

    def _closes(self, end: int) -> bool:
        gap = _GAP.match(self.text, end)
        return bool(_ENDS.match(self.text, end) or (gap and _LEVEL.match(self.text, gap.end())))

    def landmark(self, at: int) -> int:
        """Give where it ends by what a home is known, that begins at ``at``: “sau đình làng”."""
        known_by = _LANDMARK.match(self.text, at)
        return (
            at
            if known_by is None
            else self.name(known_by.end(), strictly=False, code=_HAMLET_CODE, sure=0)
        )
