"""What stands above and below a plan: number, day, who issued it, title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from broadcasts.plans.document import Paragraph, one_line
from broadcasts.plans.issuer import issuer_in
from broadcasts.plans.models import Flag, Head
from broadcasts.plans.outline import step_of
from broadcasts.plans.words import flag, opens

# “Số” without a colon is one only where a line begins with it and a figure follows.
_NUMBER: Final = re.compile(
    r"(?:\bSố\s*:|^\W*Số(?=\s*\d))\s*([\d.…_\s-]{0,24}?)\s*(/[A-ZĐ][\w.&–/-]*)"
)
_GAP: Final = r"[\s.…_]*"
_DAY: Final = re.compile(
    rf",\s*ngày\s*(?P<day>\d{{0,2}}){_GAP}tháng\s*(?P<month>\d{{0,2}}){_GAP}năm\s*(?P<year>\d{{0,4}})",
    re.IGNORECASE,
)
# In figures alone a day is one of the head at the end of a line: “Số: 12/KH-UBND ngày 05/01/2026”.
_DAY_IN_FIGURES: Final = re.compile(
    r"(?:^\W*Số\s*:?\s*\d+\s*/[A-ZĐ][\w.&–/-]*\s*|,\s*)"
    r"ngày\s*(?P<day>\d{1,2})(?:[/.-]|\s*tháng\s*)(?P<month>\d{1,2})(?:[/.-]|\s*năm\s*)(?P<year>\d{4})\W*$",
    re.IGNORECASE,
)
_ANNEX: Final = re.compile(
    r"(?:Kèm theo|Ban hành kèm theo)[^()]{0,60}?\bsố\s*:?\s*(?P<number>\d*\s*/[A-ZĐ][\w.&–/-]*)"
    r"(?:\s*,?\s*ngày\s*(?P<day>\d{1,2})(?:[/-]|\s*tháng\s*)(?P<month>\d{1,2})(?:[/-]|\s*năm\s*)(?P<year>\d{4}))?",
    re.IGNORECASE,
)
_PLAN: Final = re.compile(r"(?:\(?dự thảo\)?\s*)?kế hoạch\b", re.IGNORECASE)
_ATTACHED: Final = re.compile(r"\s*\((?:ban hành )?kèm theo", re.IGNORECASE)
_YEAR: Final = re.compile(r"\bnăm\s+(20\d\d)\b", re.IGNORECASE)
_TITLE_LINES: Final = 4
_LONGEST_LINE: Final = 300
_MOST_TITLE: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Above:
    """The paragraphs before the first part, and those that are the title."""

    paragraphs: tuple[Paragraph, ...]
    title: str


def read_head(paragraphs: Sequence[Paragraph], year: int) -> Head:
    """Read the head of a plan; what is blank or missing is flagged, never made up."""
    above = _above(paragraphs)
    number, number_flags = _number(above.paragraphs)
    day, day_flags = _date(above.paragraphs)
    issuer = issuer_in(paragraphs, above.paragraphs, above.title)
    flags = [*number_flags, *day_flags]
    if issuer.name is None:
        flags.append(flag("issuer_missing"))
    elif issuer.from_prose:
        flags.append(flag("issuer_from_prose"))
    flags += _title_flags(above.title, year)
    return Head(number=number, date=day, issuer=issuer.name, title=above.title, flags=tuple(flags))


def head_of(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """Give the paragraphs above the first part of a plan."""
    return _above(paragraphs).paragraphs


def years_named(title: str) -> tuple[int, ...]:
    """Give the years that a plan's title says it is for, in order."""
    return tuple(sorted({int(one) for one in _YEAR.findall(title)}))


def _above(paragraphs: Sequence[Paragraph]) -> Above:
    """A decision may stand before the plan; both their heads count."""
    start = _plan_at(paragraphs)
    title, end = _title(paragraphs, start)
    while end < len(paragraphs) and step_of(paragraphs[end].text) is None:
        end += 1
    return Above(paragraphs=tuple(paragraphs[:end]), title=title)


def _plan_at(paragraphs: Sequence[Paragraph]) -> int:
    """Give where the word KẾ HOẠCH stands alone or begins the title."""
    for place, one in enumerate(paragraphs):
        text = one.text.strip()
        alone = _PLAN.fullmatch(text)
        if alone or (_PLAN.match(text) and text[:8].isupper() and len(text) < _LONGEST_LINE):
            return place
    return 0


def _title(paragraphs: Sequence[Paragraph], start: int) -> tuple[str, int]:
    if not paragraphs or not _PLAN.match(paragraphs[start].text.strip()):
        return "", start
    told = [one_line(paragraphs[start].text)]
    place = start + 1
    for one in paragraphs[place : place + _TITLE_LINES]:
        text = one.text
        if _begins_body(text) or (len(told) > 1 and text[:1].isupper() and not text.isupper()):
            break
        told.append(one_line(text))
        place += 1
    title = _ATTACHED.split(" ".join(told), maxsplit=1)[0]
    return _plain_case(title)[:_MOST_TITLE], place


def _begins_body(text: str) -> bool:
    return (
        step_of(text) is not None
        or text.startswith(("(", "-", "–"))
        or opens(text, "sections", "basis")
        or text.rstrip().endswith((";", ".", ":"))
        or len(text) > _LONGEST_LINE
    )


def _plain_case(title: str) -> str:
    """Write “KẾ HOẠCH Tuyên truyền …” as a sentence; a title all in capitals stays as it is."""
    if title.isupper():
        return title
    return re.sub(r"^KẾ HOẠCH\b", "Kế hoạch", title)


def _number(paragraphs: Sequence[Paragraph]) -> tuple[str | None, tuple[Flag, ...]]:
    told = [found for one in paragraphs if (found := _NUMBER.search(one_line(one.text)))]
    if not told:
        annex = _annex(paragraphs)
        return (
            (annex["number"].replace(" ", ""), ()) if annex else (None, (flag("number_missing"),))
        )
    digits = re.sub(r"[^\d]", "", told[0][1])
    symbol = told[0][2].rstrip(".,;")
    return digits + symbol, () if digits else (flag("number_blank"),)


def _date(paragraphs: Sequence[Paragraph]) -> tuple[date | None, tuple[Flag, ...]]:
    lines = [one_line(one.text) for one in paragraphs]
    told = [found for line in lines if not _cites(line) and (found := _day_in(line))]
    if told:
        return _day(told[0])
    annex = _annex(paragraphs)
    if annex and annex["day"]:
        return _day(annex)
    return None, (flag("date_missing"),)


def _day_in(line: str) -> re.Match[str] | None:
    return _DAY.search(line) or _DAY_IN_FIGURES.search(line)


def _cites(line: str) -> bool:
    return opens(line, "sections", "basis") or len(line) > _LONGEST_LINE


def _annex(paragraphs: Sequence[Paragraph]) -> re.Match[str] | None:
    lines = (one_line(one.text) for one in paragraphs)
    found = (_ANNEX.search(line) for line in lines)
    return next((one for one in found if one and one["number"].strip()[:1].isdigit()), None)


def _day(found: re.Match[str]) -> tuple[date | None, tuple[Flag, ...]]:
    if not all(found[part] for part in ("day", "month", "year")):
        return None, (flag("date_blank"),)
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"])), ()
    except ValueError:
        return None, (flag("date_wrong"),)


def _title_flags(title: str, year: int) -> list[Flag]:
    if not title:
        return [flag("title_missing")]
    flags = [flag("amends_another")] if opens(title, "titles", "amending") else []
    told = years_named(title)
    if told and year not in told:
        flags.append(flag("year_differs", found=", ".join(map(str, told)), year=year))
    return flags
