"""Rows and captions between procedures: “A. Cấp tỉnh”, “I. Lĩnh vực hộ tịch”, “bị bãi bỏ”."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from knowledge.catalogue import shipped_words
from knowledge.columns import folded, word
from knowledge.models import Level
from knowledge.tabular.grid import Row

CAPTION_PARAGRAPHS: Final = 4
_ENUMERATOR: Final = re.compile(r"(?:[IVXLC]+|[A-HĐ]|\d{1,2}(?:\.\d{1,2})*)\s*[.):–-]?\s+(?=\S)")
_COUNTER: Final = re.compile(r"(?:[IVXLC]+|[A-HĐ])[.)]?")
_TALLY: Final = re.compile(r"\s*\([^()]*\)\s*$")
_DECISION: Final = re.compile(r"(?:quyết định\s+)?số:?\s*(\d[\w-]*/QĐ-[\wĐ-]+)", re.IGNORECASE)

_BEYOND_SECTOR: Final = re.compile(
    r"\s+(?:thuộc (?:thẩm quyền|phạm vi|chức năng)|trên địa bàn|áp dụng|theo quyết định"
    r"|cấp (?:tỉnh|huyện|xã)).*",
    re.IGNORECASE,
)
_OTHER_FATES: Final = ("ban hanh moi", "moi ban hanh", "sua doi", "thay the", "chuan hoa")
_OF_THE_TEXT: Final = re.compile(r"\s*(?:điều \d|căn cứ|theo đề nghị|xét đề nghị)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """What holds for the rows that follow, until the next section."""

    sector: str = ""
    level: Level | None = None
    abolished: bool = False

    def then(self, text: str) -> Section:
        """Give what holds after a section's title; what the title leaves open stays."""
        title = _TALLY.sub("", _ENUMERATOR.sub("", " ".join(text.split()), count=1))
        if not title:
            return self
        named = re.search(rf"{word('sector')}:?\s+(.+)", title, re.IGNORECASE)
        sector = _sentence_case(_BEYOND_SECTOR.sub("", named[1])) if named else ""
        if _names_section(title):
            return replace(self, sector=sector)
        level = shipped_words().level([title])
        if level or _speaks_of_procedures(title):
            level, abolished = level or self.level, _abolishes(title, before=self.abolished)
            return Section(sector=sector, level=level, abolished=abolished)
        return replace(self, sector=sector or _sentence_case(title))


def _speaks_of_procedures(text: str) -> bool:
    said = folded(text)
    return "thu tuc" in said or "tthc" in said


def _abolishes(title: str, *, before: bool) -> bool:
    """Tell whether procedures under a title are gone; one that names other fates too is not it."""
    said = folded(title)
    if folded(word("abolished")) in said:
        return not any(fate in said for fate in _OTHER_FATES)
    return before and "danh muc" not in said and not any(fate in said for fate in _OTHER_FATES)


def section_of_caption(before: Section, caption: Iterable[str]) -> Section:
    """Give what the last paragraphs above a table say of it."""
    for paragraph in list(caption)[-CAPTION_PARAGRAPHS:]:
        if _OF_THE_TEXT.match(paragraph):
            continue
        if _speaks_of_procedures(paragraph) or folded(word("sector")) in folded(paragraph):
            before = before.then(paragraph)
    return before


def is_section(row: Row) -> bool:
    """Tell whether a row is a title between procedures."""
    texts = row.texts
    if len(texts) == 1:
        spans = sum(bool(text) for text in row.cells) * 2 > len(row.cells) > 1
        in_front = row.cells.index(texts[0]) <= 1
        titled = _ENUMERATOR.match(texts[0]) is not None or _names_section(texts[0])
        return spans or (in_front and titled)
    if len(texts) == 2:  # noqa: PLR2004 - a counter and a title
        return _COUNTER.fullmatch(texts[0]) is not None or _names_section(texts[1])
    return False


def _names_section(text: str) -> bool:
    return folded(text).startswith(folded(word("sector")))


def decision_in(paragraphs: Iterable[str]) -> str:
    """Give the number of the decision the paragraphs speak of, empty when none."""
    found = (match for text in paragraphs if (match := _DECISION.search(text)))
    return next((match[1] for match in found), "")


def _sentence_case(text: str) -> str:
    text = text.strip(" .:")
    return text.capitalize() if text.isupper() else text[:1].upper() + text[1:]
