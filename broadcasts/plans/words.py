"""The words by which a plan is read and the sentences of its flags, from ``data``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from broadcasts.plans.models import Flag
from broadcasts.text import plain

_WORD: Final = re.compile(r"\w+")
# The words that tell what something is stand at its beginning.
_LOOKED_AT: Final = 1_000
DATA: Final = Path(__file__).with_name("data")


@cache
def words(part: str) -> Mapping[str, Any]:
    """Give one table of ``words.vi.toml``."""
    told: Mapping[str, Any] = tomllib.loads(_read("words.vi.toml"))[part]
    return told


def key(text: str) -> str:
    """Give the words alone, without marks, case and signs."""
    return " ".join(_WORD.findall(plain(text[:_LOOKED_AT])))


@cache
def keys(part: str, name: str) -> tuple[str, ...]:
    """Give the phrases of one list as keys, the longest first."""
    return tuple(sorted(map(key, words(part)[name]), key=len, reverse=True))


def names(text: str, part: str, name: str) -> bool:
    """Tell whether a phrase of the list stands in ``text``."""
    told = f" {key(text)} "
    return any(f" {phrase} " in told for phrase in keys(part, name))


def opens(text: str, part: str, name: str) -> bool:
    """Tell whether ``text`` begins with a phrase of the list."""
    told = f"{key(text)} "
    return any(told.startswith(f"{phrase} ") for phrase in keys(part, name))


@cache
def alternatives(part: str, name: str) -> str:
    """Give the phrases of one list as alternatives of a regular expression, the longest first."""
    told: Sequence[str] = words(part)[name]
    return "|".join(re.escape(one) for one in sorted(told, key=len, reverse=True))


def sentence(code: str) -> str:
    """Give a sentence of ``flags.vi.toml`` without gaps."""
    return _sentences()[code]


def flag(code: str, **gaps: object) -> Flag:
    """Give a flag with its sentence."""
    return Flag(code=code, text=_sentences()[code].format(**gaps))


@cache
def _sentences() -> Mapping[str, str]:
    return tomllib.loads(_read("flags.vi.toml"))


def _read(name: str) -> str:
    return (DATA / name).read_text(encoding="utf-8")
