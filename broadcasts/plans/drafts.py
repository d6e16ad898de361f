"""Lines of a table → one draft for each activity: pieces joined, groups and sections kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from broadcasts.plans.columns import Header, Kind
from broadcasts.plans.document import Span, one_line
from broadcasts.plans.layout import Grid, Line
from broadcasts.plans.listing import begins_item
from broadcasts.plans.words import key

_ROMAN: Final = re.compile(r"(?:[IVX]{1,5}|[A-H])[.)]?")
_OPENS_ROMAN: Final = re.compile(r"(?:[IVX]{1,5}|[A-H])\s*[.)\-–:]\s+\S")
_DEEPER: Final = re.compile(r"(\d{1,3})(?:\.\d{1,3})+\.?")
_TOTALS: Final = ("cong", "tong", "tong cong", "tong so")
_LINE: Final = "\n"
_ALONE: Final = 1
_NUMBER_AND_TITLE: Final = 2
Cells = Mapping[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An activity's cells by column, with those of the rows that belong to it."""

    no: str
    cells: Cells
    places: tuple[str, ...]
    section: str = ""
    subs: tuple[Draft, ...] = ()
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafts:
    """The activities of a table, its rows that name a section, and those nobody placed."""

    drafts: tuple[Draft, ...]
    sections: tuple[Line, ...]
    odd: tuple[Line, ...]


def drafts_of(grid: Grid) -> Drafts:
    """Sort the lines of a table into activities."""
    made: list[Draft] = []
    sections: list[Line] = []
    odd: list[Line] = []
    section = ""
    for line in grid.lines:
        if _is_total(line):
            odd.append(line)
        elif told := _section(grid.header, line):
            section = told
            sections.append(line)
        elif not _place(made, grid.header, line, section):
            odd.append(line)
    return Drafts(drafts=tuple(made), sections=tuple(sections), odd=tuple(odd))


def _place(made: list[Draft], header: Header, line: Line, section: str) -> bool:
    """Put a line where it belongs; False where there is nothing it could belong to."""
    draft = _draft(header, line, section)
    numbers = Kind.NO in header.kinds
    no_span = _span(header, line, Kind.NO)
    if draft.no and no_span is not Span.ABOVE:
        _begin(made, draft)
    elif not made:
        if not _content(header, draft):
            return False
        made.append(replace(draft, codes=("row_without_number",) if numbers else ()))
    elif line.first and not _content_is_whole(header, draft, numbers=numbers):
        made[-1] = _joined_last(made[-1], draft, *(() if numbers else ("row_joined",)))
    elif no_span is Span.ABOVE:
        made[-1] = _under(header, made[-1], line, draft)
    elif numbers:
        made[-1] = _unnumbered(header, made[-1], line, draft)
    elif _span(header, line, Kind.CONTENT) is Span.ABOVE or not _content(header, draft):
        made[-1] = _joined(made[-1], _own(line, draft))
    else:
        made.append(draft)
    return True


def _draft(header: Header, line: Line, section: str) -> Draft:
    cells = {place: cell.text for place, cell in enumerate(line.row.cells) if cell.text}
    no = "".join(one_line(cells.get(place, "")) for place in _columns(header, Kind.NO))
    return Draft(no=no.strip(" .)("), cells=cells, places=(line.row.place,), section=section)


def _begin(made: list[Draft], draft: Draft) -> None:
    """A number like 2.1 stands under the 2 above it."""
    deeper = _DEEPER.fullmatch(draft.no)
    if deeper and made and made[-1].no == deeper[1]:
        made[-1] = replace(made[-1], subs=(*made[-1].subs, draft))
    else:
        made.append(draft)


def _joined_last(draft: Draft, more: Draft, *codes: str) -> Draft:
    """Join what stands after a page break to the last row before it."""
    if draft.subs:
        last = _joined(draft.subs[-1], more, *codes)
        return replace(draft, subs=(*draft.subs[:-1], last))
    return _joined(draft, more, *codes)


def _joined(draft: Draft, more: Draft, *codes: str, between: str = " ") -> Draft:
    places = sorted({*draft.cells, *more.cells})
    cells = {at: _glued(draft.cells.get(at, ""), more.cells.get(at, ""), between) for at in places}
    told = dict.fromkeys((*draft.codes, *codes))
    return replace(draft, cells=cells, places=(*draft.places, *more.places), codes=tuple(told))


def _glued(text: str, more: str, between: str) -> str:
    between = _LINE if begins_item(more) else between
    return f"{text}{between}{more}" if text and more else text or more


def _under(header: Header, draft: Draft, line: Line, more: Draft) -> Draft:
    """A row whose number is merged with the one above: an activity of the same entry."""
    if _span(header, line, Kind.CONTENT) is Span.ABOVE:
        return _joined(draft, _own(line, more))
    return _with_sub(draft, more, _own(line, more))


def _unnumbered(header: Header, draft: Draft, line: Line, more: Draft) -> Draft:
    """A row with no number in the midst of a page."""
    telling = {Kind.TIME, Kind.LEAD, Kind.BEGINS, Kind.SLOT}
    tells = any(header.columns[at].kind in telling for at in more.cells if at < _width(header))
    if tells and _content_is_whole(header, more, numbers=False):
        sub = replace(more, codes=("row_without_number",))
        return _with_sub(draft, sub, _own(line, more))
    return _joined(draft, _own(line, more))


def _with_sub(draft: Draft, sub: Draft, own: Draft) -> Draft:
    """The first row of a merged number is an activity too, once a second one follows."""
    first = () if draft.subs else (replace(draft, no="", codes=()),)
    whole = _joined(draft, own, between=_LINE)
    return replace(whole, subs=(*draft.subs, *first, replace(sub, no="")))


def _own(line: Line, draft: Draft) -> Draft:
    """Leave out the words that a merged cell repeats."""
    own = {at for at, cell in enumerate(line.row.cells) if cell.span is Span.OWN}
    return replace(draft, cells={at: text for at, text in draft.cells.items() if at in own})


def _content(header: Header, draft: Draft) -> str:
    return " ".join(draft.cells.get(at, "") for at in _columns(header, Kind.CONTENT)).strip()


def _content_is_whole(header: Header, draft: Draft, *, numbers: bool) -> bool:
    """Tell whether the words begin something; a row with a column for numbers has one then."""
    told = _content(header, draft)
    return not numbers and (told[:1].isupper() or begins_item(told))


def _section(header: Header, line: Line) -> str:
    """Give the words of a row that names a section; blank for any other."""
    own = [cell.text for cell in line.row.cells if cell.span is Span.OWN and cell.text]
    no = _draft(header, line, "").no
    if len(own) == _ALONE:
        wide = _is_wide(line) and not line.first
        return one_line(own[0]) if wide or _OPENS_ROMAN.match(own[0]) else ""
    titled = len(own) == _NUMBER_AND_TITLE and _ROMAN.fullmatch(no)
    return one_line(" ".join(own)) if titled else ""


def _is_wide(line: Line) -> bool:
    """Tell whether one cell covers most of the row."""
    left = sum(cell.span is Span.LEFT for cell in line.row.cells)
    return left * 2 >= len(line.row.cells) or len(line.row.cells) == 1


def _is_total(line: Line) -> bool:
    return next((key(text) for text in line.row.texts if text), "") in _TOTALS


def _span(header: Header, line: Line, kind: Kind) -> Span | None:
    for at in _columns(header, kind):
        if at < len(line.row.cells):
            return line.row.cells[at].span
    return None


def _columns(header: Header, kind: Kind) -> Iterable[int]:
    return (at for at, told in enumerate(header.kinds) if told is kind)


def _width(header: Header) -> int:
    return len(header.columns)
