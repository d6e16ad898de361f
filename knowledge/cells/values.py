"""Codes, dates, numbers, yes and no, and words of a list in a cell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Final, TypeVar

from knowledge.catalogue import CODE, shipped_words
from knowledge.cells.items import lines, unescaped
from knowledge.columns import columns, folded, word
from knowledge.law_titles import law_called
from knowledge.models import Level, OnlineLevel, Place
from knowledge.phrases import NotUnderstood, law_numbers

Choice = TypeVar("Choice", bound=StrEnum)

_CODE: Final = re.compile(r"\d\.\d{6}(?!\d)")
_CODE_AS_NUMBER: Final = re.compile(r"\d\.\d{1,5}|\d,\d{1,6}")
_CODE_LENGTH: Final = len("1.001193")
_VIETNAMESE_DATE: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_TICKS: Final = frozenset({"x", "v", "true", "1", "✓", "✔"})
_ADDRESS: Final = re.compile(r"https?://[^\s/?#]+(?:[/?#]\S*)?", re.IGNORECASE)
_SHOWN: Final = 60


def read_code(text: str) -> str:
    """Read a procedure's code; a local suffix falls away."""
    found = {match.group() for match in _CODE.finditer(text)}
    if len(found) > 1:
        raise NotUnderstood(f"một ô có {len(found)} mã; mỗi thủ tục ghi một dòng")
    if found:
        return found.pop()
    if _CODE_AS_NUMBER.fullmatch(text):
        # A spreadsheet took the code for a number and dropped its closing zeros.
        return text.replace(",", ".").ljust(_CODE_LENGTH, "0")
    if CODE.fullmatch(text):
        return text
    raise NotUnderstood(f"mã “{text[:_SHOWN]}” không đúng dạng; ghi ví dụ: 1.001193")


def read_address(text: str) -> str:
    """Read the address of a page a citizen can open."""
    if not _ADDRESS.fullmatch(text):
        raise NotUnderstood(f"“{text[:_SHOWN]}” không phải địa chỉ trang; ghi dạng https://…")
    return text


def read_date(text: str) -> date:
    """Read a day: 28/02/2027 or 2027-02-28."""
    try:
        if match := _VIETNAMESE_DATE.fullmatch(text):
            return date(int(match[3]), int(match[2]), int(match[1]))
        return date.fromisoformat(text)
    except ValueError:
        raise NotUnderstood(f"không hiểu ngày “{text[:_SHOWN]}”; ghi ví dụ: 28/02/2027") from None


def read_number(text: str) -> int:
    """Read a small whole number."""
    if not re.fullmatch(r"\d{1,6}", text):
        raise NotUnderstood(f"“{text[:_SHOWN]}” không phải số; ghi ví dụ: 3")
    return int(text)


def read_truth(text: str) -> bool:
    """Read yes, no or a tick."""
    said = folded(text) or text
    if said in _TICKS or said == folded(word("yes")):
        return True
    if said in {"false", "0", folded(word("no"))}:
        return False
    raise NotUnderstood(f"“{text[:_SHOWN]}”: ghi “{word('yes')}” hoặc “{word('no')}”")


def write_truth(value: bool) -> str:
    """Write yes or no."""
    return word("yes" if value else "no")


def read_choice(kind: type[Choice], text: str) -> Choice:
    """Read one value of an enumeration by its Vietnamese word."""
    said, labels = folded(text), columns().labels[kind.__name__]
    for value in kind:
        if said in {folded(labels[value]), folded(value)}:
            return value
    raise NotUnderstood(
        f"không hiểu “{text[:_SHOWN]}”; ghi một trong: {'; '.join(labels.values())}"
    )


def write_choice(value: StrEnum) -> str:
    """Write a value's Vietnamese word."""
    return columns().labels[type(value).__name__][value]


def read_level(text: str) -> Level:
    """Read who decides, also from an authority's name."""
    told = shipped_words().level([text])
    return told or read_choice(Level, text)


def read_online(text: str) -> OnlineLevel:
    """Read how far it goes online, also out of a longer remark."""
    said, labels = folded(text), columns().labels[OnlineLevel.__name__]
    for level in (OnlineLevel.FULL, OnlineLevel.PARTIAL):
        if folded(labels[level]) in said:
            return level
    return read_choice(OnlineLevel, text)


def read_places(text: str) -> tuple[Place, ...]:
    """Read places, one a line."""
    return tuple(read_choice(Place, line) for line in lines(text))


def write_places(places: Iterable[Place]) -> str:
    """Write places, one a line."""
    return "\n".join(map(write_choice, places))


def read_legal(text: str) -> tuple[str, ...]:
    """Read law numbers: one a line, or named within sentences."""
    numbers: list[str] = []
    for line in lines(text):
        told = (unescaped(line),) if " " not in line and "/" in line else law_numbers(line)
        called = "" if told else law_called(line)
        told = (called,) if called else told
        if not told:
            raise NotUnderstood(
                f"không thấy số hiệu văn bản trong “{line[:_SHOWN]}”; ghi ví dụ: 60/2014/QH13"
            )
        numbers += told
    return tuple(dict.fromkeys(numbers))
