"""Items on lines, parts between bars."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from knowledge.columns import word
from knowledge.phrases import NotUnderstood

_BULLET: Final = re.compile(r"^[-+*•–]\s+")
_ESCAPE: Final = re.compile(r"([\\|])")
_PIECE: Final = re.compile(r"((?:[^\\|]|\\.|\\$)*)(\||$)", re.DOTALL)


def lines(text: str) -> list[str]:
    """Cut a cell into its lines."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def escaped(text: str) -> str:
    """Write a text so that nothing in it cuts."""
    plain = _ESCAPE.sub(r"\\\1", text).replace("\n", r"\n")
    return "\\" + plain if _BULLET.match(plain) else plain


def unescaped(text: str) -> str:
    """Give the text that was meant."""
    return re.sub(r"\\(.)", lambda sign: "\n" if sign[1] == "n" else sign[1], text)


def item(parts: Iterable[str]) -> str:
    """Write an item of parts that are escaped already."""
    return " | ".join(parts)


def parts(line: str) -> list[str]:
    """Cut an item into its parts."""
    told = []
    for piece in _PIECE.finditer(_BULLET.sub("", line)):
        told.append(unescaped(piece[1].strip()))
        if not piece[2]:
            break
    return told


def labelled(told: Iterable[str], *names: str) -> Mapping[str, str]:
    """Sort parts by the label each begins with.

    Raises:
        NotUnderstood: a part begins with none of them.
    """
    found = {}
    for part in told:
        name = next((name for name in names if begins(part, name)), None)
        if name is None:
            known = ", ".join(f"“{word(name).strip()}”" for name in names)
            raise NotUnderstood(f"không hiểu “{part}”; sau dấu | cần bắt đầu bằng {known}")
        found[name] = part[len(word(name)) :].strip()
    return found


def begins(part: str, name: str) -> bool:
    """Tell whether a part begins with a label."""
    return part.lower().startswith(word(name).strip().lower())


def with_label(name: str, text: str) -> list[str]:
    """Give a labelled part, none for an empty text."""
    return [word(name) + escaped(text)] if text else []


def write_list(items: Iterable[str]) -> str:
    """Write plain items."""
    return "\n".join(map(escaped, items))


def read_list(text: str) -> tuple[str, ...]:
    """Read plain items; bullets fall away."""
    return tuple(unescaped(_BULLET.sub("", line)) for line in lines(text))
