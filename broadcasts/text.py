"""Vietnamese text as scribes type it → plain words that compare alike.

``plain`` makes NFC and NFD, đ and d, hóa and hoá, capitals and marks the same; ``mark_key`` keeps
the marks, wherever on the word they were put, to tell "sáu" (six) from "sau" (after).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

# Zero-width signs, soft hyphens and direction marks that word processors slip into words.
_UNSEEN: Final = dict.fromkeys([0xAD, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F)])
_FORBIDDEN: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ONSETS: Final = "ngh|ch|gh|gi|kh|ng|nh|ph|qu|th|tr|b|c|d|g|h|k|l|m|n|p|r|s|t|v|x"
_RIMES: Final = (
    "uyen|uyet|uynh|uych|ieng|uong|ie[cmnptu]|ye[mntu]|oa[cimnopty]|oang|oanh|oach|oe[nt]?|oo(?:c|ng)|"
    "ua[nty]|uang|uanh|ue(?:u|o|ch|nh)?|uo[cimnptu]|uy[aentup]|[aeiou]ng|[aei]nh|[aei]ch|yn?h?|"
    "a[cimnoptuy]|e[cmnoptu]|i[acmnptu]|o[acimnpt]|u[acimnoptuy]|[aeiou]"
)
_SYLLABLE: Final = re.compile(rf"(?:{_ONSETS})?(?:{_RIMES})")


def printable(text: str) -> str:
    """Drop the signs no XML can hold (Char of XML 1.0), so no Word file and no feed either."""
    return _FORBIDDEN.sub("", text)


def composed(text: str) -> str:
    """Compose marks and compatible signs (Ⅲ, ２, no-break space); unseen signs fall away."""
    return unicodedata.normalize("NFKC", text.translate(_UNSEEN))


@lru_cache(maxsize=16_384)
def plain(text: str) -> str:
    """Lower the case, drop every mark, write đ as d."""
    # Signs that stand for a capital (𝕊, ℡) are capitals only once they are taken apart.
    bare = unicodedata.normalize("NFKD", text).lower()
    kept = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return kept.replace("đ", "d").replace("ð", "d")


def stem(text: str) -> str:
    """Name a file by words: "Báo cáo quý I năm 2026" is bao-cao-quy-i-nam-2026."""
    return "-".join(re.findall(r"[a-z0-9]+", plain(text)))


@lru_cache(maxsize=16_384)
def mark_key(word: str) -> str:
    """Give one key for all spellings of a marked word (hóa, hoá); a bare word is its own key."""
    parts = unicodedata.normalize("NFD", word.lower())
    marks = sorted(part for part in parts if unicodedata.combining(part) or part == "đ")
    return plain(word) + "".join(marks)


def is_syllable(word: str) -> bool:
    """Tell whether a plain word can be one Vietnamese syllable."""
    return _SYLLABLE.fullmatch(word) is not None
