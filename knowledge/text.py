"""Vietnamese text as people type it → plain syllables that compare alike.

``fold`` makes NFC and NFD, đ and d, hóa and hoá, lý and lí, capitals and marks the same.
``untyped`` undoes what an input method left standing (Telex ``ddang kys``, VNI ``d9ang ky1``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import ne
from typing import Final

MARKED_SHARE: Final = 0.3
_MOST_MARKS: Final = 3
_LAST_WITH_MARKS: Final = 0x1FFFF
_MARKED_WORD: Final = re.compile(r"[^\W_]+")
# Zero-width signs, soft hyphens and direction marks that phones and web pages slip into words.
_UNSEEN: Final = dict.fromkeys([0xAD, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F)])
# Drawn out as "cuuuuu" is: no word has a vowel three times running, but for the number III.
_DRAWN_OUT: Final = re.compile(r"([^\W\d_bcdđfghijklmnpqrstvwxz])\1{2,}|(i)\2{3,}")
_FINAL_Y: Final = re.compile(r"\b([bcdghklmnprstvx]{1,3})y\b")

_ONSETS: Final = "ngh|ch|gh|gi|kh|ng|nh|ph|qu|th|tr|b|c|d|g|h|k|l|m|n|p|r|s|t|v|x"
_RIMES: Final = (
    "uyen|uyet|uynh|uych|ieng|iec|iem|ien|iep|iet|ieu|yeng|yem|yen|yet|yeu|"
    "oang|oanh|oach|oac|oai|oam|oan|oap|oat|oay|oeo|oen|oet|oong|ooc|"
    "uang|uanh|uay|uan|uat|uac|uech|uenh|ueo|uong|uoc|uoi|uom|uon|uop|uot|uou|uyt|uyu|uya|uyn|uyp|"
    "ang|anh|ach|ong|ung|eng|enh|ech|inh|ich|ing|"
    "ac|ai|am|an|ao|ap|at|au|ay|ec|em|en|eo|ep|et|eu|ia|ic|im|in|ip|it|iu|oa|oc|oe|oi|om|on|op|ot|"
    "ynh|ych|yt|yn|yp|ua|uc|ue|ui|um|un|uo|up|ut|uu|uy|ye|a|e|i|o|u|y"
)
_SYLLABLE: Final = re.compile(rf"(?:{_ONSETS})?(?:{_RIMES})")
_LEET: Final = str.maketrans("013", "oie")
_BY_EAR: Final = {"f": "ph", "w": "qu", "z": "v", "j": "gi"}
_TELEX_DOUBLE: Final = re.compile(r"dd|aa|ee|oo")
_TELEX_TONE: Final = re.compile(r"[sfrxj]")
_VOWEL: Final = re.compile(r"[aeiouy]")
_VNI_MARK: Final = re.compile(r"[1-9]")


def nfc(text: str) -> str:
    """Compose marks and lower the case, keeping the marks; signs nobody sees fall away."""
    # Most texts hold no such sign, and asking is ten times as quick as taking them out.
    seen = text if text.isprintable() else text.translate(_UNSEEN)
    return unicodedata.normalize("NFC", seen).lower()


def is_heaped(text: str) -> bool:
    """Tell whether more marks stand on one letter than any writing needs.

    They paint over the lines above and below; composed Vietnamese has none left.
    """
    composed = unicodedata.normalize("NFC", text)
    # Most texts hold no mark by itself, and asking is fifty times as quick as the search.
    return not _marks().isdisjoint(composed) and _heap().search(composed) is not None


@cache
def _marks() -> frozenset[str]:
    return frozenset(filter(_is_mark, map(chr, range(_LAST_WITH_MARKS))))


@cache
def _heap() -> re.Pattern[str]:
    marks = "".join(map(re.escape, sorted(_marks())))
    return re.compile(f"[{marks}]{{{_MOST_MARKS + 1},}}")


def _is_mark(sign: str) -> bool:
    return unicodedata.category(sign).startswith("M")


def fold(text: str) -> str:
    """Lower the case, drop every mark, write đ as d and a closing y as i."""
    plain = unicodedata.normalize("NFC", text).lower().translate(_PLAIN)
    return _FINAL_Y.sub(r"\1i", plain)


class _PlainLetters(dict[int, str]):
    """A translation table that works out each letter's plain form once."""

    def __missing__(self, letter: int) -> str:
        bare = unicodedata.normalize("NFKD", chr(letter))
        kept = "".join(part for part in bare if not unicodedata.combining(part))
        # What the signs of phonetics stand for (ᶞ) may have a plain form of its own.
        plain = kept.lower().replace("ð", "d")
        self[letter] = plain
        return plain


_PLAIN: Final = _PlainLetters({ord("đ"): "d", ord("ð"): "d"})


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text cut into words: folded, and as keys that keep the marks wherever they were put.

    ``marked`` tells that the writer used marks, so that differing keys mean differing words.
    """

    words: tuple[str, ...]
    keys: tuple[str, ...]
    marked: bool


def tokens(text: str) -> Tokens:
    """Cut ``text`` into folded words and their keys."""
    pieces = _MARKED_WORD.findall(nfc(text))
    folded = tuple(map(_folded, pieces))
    keys = tuple(map(mark_key, pieces))
    return Tokens(folded, keys, is_marked(folded, keys))


def is_marked(words: Sequence[str], keys: Sequence[str]) -> bool:
    """Tell whether the writer of these words used marks."""
    marks: int = sum(map(ne, keys, words))
    return marks >= MARKED_SHARE * max(len(words), 1)


def words(text: str) -> list[str]:
    """Fold ``text`` and cut it into syllables and numbers."""
    return list(map(_folded, _MARKED_WORD.findall(nfc(text))))


@lru_cache(maxsize=16_384)
def _folded(word: str) -> str:
    return fold(_DRAWN_OUT.sub(r"\1\2", word))


@lru_cache(maxsize=16_384)
def mark_key(word: str) -> str:
    """Give one key for all spellings of a marked word (hóa, hoá); a bare word is its own key."""
    parts = unicodedata.normalize("NFD", _DRAWN_OUT.sub(r"\1\2", word))
    marks = sorted(part for part in parts if unicodedata.combining(part) or part == "đ")
    return _folded(word) + "".join(marks)


def is_syllable(word: str) -> bool:
    """Tell whether a folded word can be one Vietnamese syllable."""
    return _SYLLABLE.fullmatch(word) is not None


def untyped(word: str) -> str:
    """Undo Telex or VNI keys left standing in a folded word; give the word back when none fit.

    >>> untyped("ddang"), untyped("kys"), untyped("d9ang"), untyped("sinh")
    ('dang', 'ki', 'dang', 'sinh')
    """
    if is_syllable(word) and not _TELEX_DOUBLE.search(word):
        return word
    for bare in (_without_telex(word), _VNI_MARK.sub("", word) if not word.isdigit() else ""):
        if bare and bare != word and is_syllable(bare):
            return _FINAL_Y.sub(r"\1i", bare)
    return word


def spelled_plainly(word: str) -> str:
    """Write a folded word as schools teach it where the young write by ear.

    >>> [spelled_plainly(word) for word in ("fai", "wa", "zo", "s1nh")]
    ['phai', 'qua', 'vo', 'sinh']
    """
    if not word.isdigit():
        word = word.translate(_LEET)
    return _BY_EAR[word[0]] + word[1:] if word[:1] in _BY_EAR else word


def _without_telex(word: str) -> str:
    if not word.isalpha():
        return word
    single = _TELEX_DOUBLE.sub(lambda pair: pair.group()[0], word)
    single = single.replace("uw", "u").replace("ow", "o").replace("aw", "a").replace("w", "u", 1)
    vowel = _VOWEL.search(single)
    if vowel is None:
        return word
    return single[: vowel.start()] + _TELEX_TONE.sub("", single[vowel.start() :])
