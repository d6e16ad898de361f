"""One row of an office's table → the fields it states, and the cells nobody can read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from knowledge.cells.codecs import codec_of
from knowledge.cells.records import read_fee_cell
from knowledge.cells.values import read_code
from knowledge.columns import word
from knowledge.models import Fee, FeeStatus, ProcessingTime, TimeUnit
from knowledge.phrases import NotUnderstood, read_times, remarks
from knowledge.tabular.formulas import unguarded
from knowledge.tabular.grid import Row
from knowledge.tabular.headings import Heading
from knowledge.text import is_heaped

Cells = Sequence[tuple[str, str]]
# A little less than a cell of a spreadsheet holds: what is read can be written again.
LONGEST: Final = 32_000
NOT_FIELDS: Final = frozenset({"number", "source_name", "source_seen", "source_url"})
SOURCE_PARTS: Final = ("source_name", "source_seen", "source_url")
_UNIT_IN_HEADING: Final = re.compile(
    r"\([^()]*?(ngày làm việc|ngày|giờ|tháng)[^()]*\)", re.IGNORECASE
)
_UNITS: Final = {
    "ngày làm việc": TimeUnit.WORKING_DAY,
    "ngày": TimeUnit.DAY,
    "giờ": TimeUnit.HOUR,
    "tháng": TimeUnit.MONTH,
}
_BARE_AMOUNT: Final = re.compile(r"\d{1,3}(?:[.,]\d{3})+|\d{4,9}")
_SCALED: Final = re.compile(r"(nghìn|ngàn|triệu)", re.IGNORECASE)
_FEW_DIGITS: Final = re.compile(r"\d{1,3}")
_DASHES: Final = frozenset({"-", "–", "—", "…", "..."})


def read_row(row: Row, heading: Heading) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """Give the fields a row states, and (column, problem) of each cell that cannot be read.

    An empty cell or a dash states nothing.
    """
    fields: dict[str, Any] = {}
    faults: list[tuple[str, str]] = []
    for name in heading.places:
        cells = _cells(row, heading, name)
        if name in NOT_FIELDS or not cells:
            continue
        try:
            fields |= _read(name, _fitting(cells))
        except NotUnderstood as fault:
            faults.append((cells[0][0], str(fault)))
    if fields.get("code") and fields.get("renumbered_to") == fields["code"]:
        faults.append((heading.told(row, "renumbered_to")[0][0], "mã mới phải khác mã đang có"))
        del fields["renumbered_to"]
    source, unread = _source(row, heading)
    return fields | source, faults + unread


def _cells(row: Row, heading: Heading, name: str) -> list[tuple[str, str]]:
    told = ((title, _plain(text)) for title, text in heading.told(row, name))
    return [(title, text) for title, text in told if text]


def _plain(text: str) -> str:
    return "" if text in _DASHES else unguarded(text)


def _fitting(cells: Cells) -> Cells:
    """Give the cells back.

    Raises:
        NotUnderstood: one holds more than a table or a message can.
    """
    for _, text in cells:
        if len(text) > LONGEST:
            raise NotUnderstood(
                f"ô dài {len(text)} ký tự, nhiều nhất {LONGEST}; hãy rút gọn hoặc chia nhỏ"
            )
        if is_heaped(text):
            raise NotUnderstood("có chữ bị chồng quá nhiều dấu; hãy gõ lại chữ ấy")
    return cells


def _read(name: str, cells: Cells) -> Mapping[str, Any]:
    if name == "fee":
        return {"fee": _fee(cells)}
    if name == "times":
        return _times(cells)
    if name == "code":
        return {"code": read_code(cells[0][1])}
    return {name: codec_of(name).read(cells[0][1])}


def _source(row: Row, heading: Heading) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    told: dict[str, Any] = {}
    faults: list[tuple[str, str]] = []
    for part in SOURCE_PARTS:
        for title, text in _cells(row, heading, part)[:1]:
            try:
                _fitting([(title, text)])
                told[part.removeprefix("source_")] = codec_of(part).read(text)
            except NotUnderstood as fault:
                faults.append((title, str(fault)))
    return {"source": {"name": "", "seen": None, "url": "", **told}} if told else {}, faults


def _fee(cells: Cells) -> Fee:
    """Read a fee that may stand in several columns: “Phí” and “Lệ phí”."""
    fees = [read_fee_cell(_in_dong(title, text)) for title, text in cells]
    charged = [fee for fee in fees if fee.status is not FeeStatus.FREE]
    if not charged:
        return fees[0]
    if len({fee.status for fee in charged}) > 1:
        raise NotUnderstood("các cột phí, lệ phí nói khác nhau; ghi gộp vào một cột")
    return Fee(
        status=charged[0].status,
        lines=tuple(line for fee in charged for line in fee.lines),
        note=" ".join(fee.note for fee in fees if fee.note),
    )


def _in_dong(heading: str, text: str) -> str:
    """Take a bare number for đồng, as a spreadsheet keeps it, or for what its heading counts in.

    Raises:
        NotUnderstood: the heading counts in thousands and the number looks like đồng.
    """
    scaled = _SCALED.search(heading)
    if scaled and _FEW_DIGITS.fullmatch(text):
        return f"{text} {scaled[1]} {word('currency')}"
    if scaled and _BARE_AMOUNT.fullmatch(text):
        raise NotUnderstood(
            f"tiêu đề cột ghi {scaled[1].lower()} mà ô ghi “{text}”, không rõ là bao nhiêu đồng;"
            f" hãy ghi đủ, ví dụ: 20.000 {word('currency')}"
        )
    return f"{text} {word('currency')}" if _BARE_AMOUNT.fullmatch(text) else text


def _times(cells: Cells) -> Mapping[str, Any]:
    heading, text = cells[0]
    found = _UNIT_IN_HEADING.search(heading)
    if found and "|" not in text:
        times = read_times(text, unit=_UNITS[found[1].lower()])
    else:
        times = codec_of("times").read(text)
    said = "; ".join(remarks(text)) if "|" not in text else ""
    told: dict[str, Any] = {"times": tuple(times)}
    if said and not any(said in time.case for time in _cased(times)):
        told["time_note"] = said
    return told


def _cased(times: Sequence[ProcessingTime]) -> list[ProcessingTime]:
    return [time for time in times if time.case]
