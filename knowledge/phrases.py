"""Times, fees and law numbers as offices write them → records; what is not understood is refused.

The grammar is strict on purpose: a phrase with a word it does not know raises ``NotUnderstood``,
it is never half read. Capitals do not matter, marks do.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from knowledge.columns import word
from knowledge.models import Fee, FeeLine, FeeStatus, ProcessingTime, TimeUnit


class NotUnderstood(ValueError):
    """A phrase says something the grammar does not know; the message tells what to write."""


def _grammar(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.DOTALL)


_PARTS: Final = _grammar(r"\s*(?:\n|;|•|\.\s+(?=trường hợp|đối với|nếu))\s*")
_BULLET: Final = " \t-+*–."
_SIGNED: Final = re.compile(r"(?:^|[\n;:•|])\s*[-+−–]\d", re.MULTILINE)
_REMARK: Final = re.compile(r"\s*\(([^()]*)\)")
_WHOM: Final = r"(?:đối với|trường hợp|nếu|khi|với)\b"
_CASE: Final = rf"(?:\s*,?\s*(?P<case>{_WHOM}.+?))?"
_UNITS: Final = {
    "ngày làm việc": TimeUnit.WORKING_DAY,
    "ngày lv": TimeUnit.WORKING_DAY,
    "ngày": TimeUnit.DAY,
    "giờ": TimeUnit.HOUR,
    "tháng": TimeUnit.MONTH,
}
_SINCE: Final = (
    r"(?:,?\s*(?:kể từ|tính từ|từ) (?:ngày|khi|thời điểm)(?: tiếp)? (?:nhận|tiếp nhận)(?: được)?"
    r"(?: đủ)?(?: hồ sơ)?(?: đầy đủ)?(?:,? hợp lệ)?(?: theo quy định)?)?"
)
_LIMIT: Final = _grammar(
    r"(?:(?:thời hạn(?: giải quyết)?|trong(?: vòng| thời hạn)?|không quá|tối đa|là)\s*:?\s*)*"
    rf"(?:≤\s*)?0*(?P<count>\d{{1,4}})\s*(?P<unit>{'|'.join(_UNITS)})?{_SINCE}{_CASE}{_SINCE}"
)
_TO: Final = r"\s*(?:-|–|—|đến|tới)\s*"
_TIME_RANGE: Final = _grammar(
    rf"(?:từ\s+)?0*(?P<least>\d{{1,4}}){_TO}0*(?P<count>\d{{1,4}})\s*(?P<unit>{'|'.join(_UNITS)}){_SINCE}"
)
_SAME_DAY: Final = _grammar(
    r"ngay|(?:giải quyết |trả kết quả )?(?:ngay\s*)?trong(?: cùng)? ngày(?: làm việc)?"
    rf"(?: (?:tiếp )?nhận(?: được)?(?: đủ)? hồ sơ)?(?: hợp lệ)?{_CASE}"
    r"|ngay (?:sau )?khi (?:tiếp )?nhận(?: được)?(?: đủ)? (?:hồ sơ|yêu cầu)(?: hợp lệ)?"
)
_CASE_FIRST: Final = _grammar(rf"(?P<case>[^:\d][^:]*?)\s*:\s*(?P<rest>.+)|"
                              rf"(?P<whom>{_WHOM}.+?),? thì (?P<then>.+)")  # fmt: skip

_MONEY: Final = (
    r"(?P<figure>\d{1,3}(?:[.,\s]\d{3})+|\d+)\s*"
    r"(?:(?P<thousand>k)|(?P<scale>nghìn|ngàn|triệu)?\s*(?:đồng|vnđ|vnd|đ))(?![a-zà-ỹ])"
)
_ENDLESS: Final = re.compile(r"\d(?:[.,]?\d){12,}")
MONEY: Final = _grammar(_MONEY)
_SCALES: Final = {"": 1, "nghìn": 1_000, "ngàn": 1_000, "triệu": 1_000_000}
_COUNCIL: Final = _grammar(r"hđnd|hội đồng nhân dân")
_WAIVER: Final = _grammar(r"\bmiễn\b")
_FREE: Final = _grammar(
    r"(?:không|miễn|miễn phí|không thu|không có|không mất|không phải nộp|0)"
    r"(?: (?:phí|lệ phí|đồng|đ|thu))*(?:,? lệ phí)?[.]?|0đ"
)
_FEE_RANGE: Final = _grammar(
    rf"(?:từ\s+)?(?P<least>\d[\d.,]*){_TO}{_MONEY}(?:(?:\s*/\s*|\s+một\s+|\s+mỗi\s+)(?P<per>.+))?"
)
_WAY_FIRST: Final = _grammar(
    r"(?P<case>(?:nộp )?(?:trực tuyến|trực tiếp|online|qua mạng|qua bưu (?:chính|điện)))"
    r"[\s,]+(?P<rest>.+)"
)
_FEE_LINE: Final = _grammar(
    rf"(?:(?:mức thu|mức|phí|lệ phí)\s+)*{_MONEY}"
    rf"(?:(?:\s*/\s*|\s+một\s+|\s+mỗi\s+)(?P<per>[^()/:,.]+?))?{_CASE}\s*(?:\((?P<remark>[^()]*)\))?"
)
LAW_NUMBER: Final = re.compile(
    r"(?<![\w/.])\d{1,4}(?:\.\d{1,2})?/(?:\d{4}/)?[A-ZĐ]{2,}\d*(?:-[A-ZĐ][A-ZĐa-z]*)*(?![\w/-])"
)


def read_times(text: str, *, unit: TimeUnit | None = None) -> tuple[ProcessingTime, ...]:
    """Read the time limits in ``text``, one a line; ``unit`` goes with a bare number.

    Raises:
        NotUnderstood: any part is not understood.
    """
    refuse_signed(text)
    return tuple(time for part in parts(text) for time in _times(part, unit))


def _times(part: str, unit: TimeUnit | None) -> Iterable[ProcessingTime]:
    """Read one part; of a range both ends, each named as such."""
    match = _TIME_RANGE.fullmatch(_REMARK.sub("", part).strip(_BULLET))
    if match and 0 < int(match["least"]) < int(match["count"]):
        meant = _UNITS[match["unit"].lower()]
        for count, case in ((match["least"], "soonest"), (match["count"], "latest")):
            yield ProcessingTime(unit=meant, amount=int(count), case=word(case))
    else:
        yield _time(part, unit)


def _time(part: str, unit: TimeUnit | None) -> ProcessingTime:
    said = _REMARK.sub("", part).strip(_BULLET)
    if match := _SAME_DAY.fullmatch(said):
        return ProcessingTime(unit=TimeUnit.SAME_DAY, case=match["case"] or "")
    if match := _LIMIT.fullmatch(said):
        meant = _UNITS[match["unit"].lower()] if match["unit"] else unit
        if meant and int(match["count"]):
            return ProcessingTime(unit=meant, amount=int(match["count"]), case=match["case"] or "")
    if match := _CASE_FIRST.fullmatch(part):
        time = _time(match["rest"] or match["then"], unit)
        return ProcessingTime(unit=time.unit, amount=time.amount, case=_case(match))
    raise NotUnderstood(f"không hiểu thời hạn “{part}”; ghi ví dụ: 05 ngày làm việc")


def remarks(text: str) -> tuple[str, ...]:
    """Give what stands in parentheses, such as what a time limit does not count."""
    return tuple(found.strip() for found in _REMARK.findall(text) if " " in found.strip())


def read_fee(text: str) -> Fee:
    """Read a fee: an amount a line, “Không”, or that the provincial People's Council sets it.

    Raises:
        NotUnderstood: any part is not understood.
    """
    refuse_signed(text)
    if is_free(text):
        return Fee(status=FeeStatus.FREE)
    if is_set_by_council(text) and not amounts(text):
        return Fee(status=FeeStatus.PROVINCIAL)
    lines = tuple(line for part in parts(text) for line in _fee_lines(part))
    if not lines:
        raise NotUnderstood("ô trống")
    return Fee(status=FeeStatus.KNOWN, lines=lines)


def refuse_signed(text: str) -> None:
    """Refuse a number with a sign before it, or one without end: no fee and no time limit is so.

    Raises:
        NotUnderstood: there is one.
    """
    if _ENDLESS.search(text):
        raise NotUnderstood(f"“{text[:60]}” có con số dài quá 12 chữ số; hãy ghi lại con số")
    if _SIGNED.search(text):
        raise NotUnderstood(
            f"“{text[:60]}” có dấu + hoặc - trước con số; hãy bỏ dấu, ghi số dương"
        )


def _fee_lines(part: str) -> Iterable[FeeLine]:
    """Read one part; of a range both ends, each named as such."""
    match = _FEE_RANGE.fullmatch(part)
    least, most = _ends(match) if match else (0, 0)
    if match and least < most:
        for amount, case in ((least, "least"), (most, "most")):
            yield FeeLine(amount=amount, per=match["per"] or "", case=word(case))
    else:
        yield _fee_line(part)


def _ends(match: re.Match[str]) -> tuple[int, int]:
    least, most = int(re.sub(r"\D", "", match["least"])), _amount(match)
    scaled = least * _scale(match)  # “20-50 nghìn” counts both ends in thousands
    return (scaled if scaled < most else least), most


def _fee_line(part: str) -> FeeLine:
    if match := _FEE_LINE.fullmatch(part):
        case = match["case"] or match["remark"] or ""
        return FeeLine(amount=_amount(match), per=match["per"] or "", case=case)
    if match := _WAY_FIRST.fullmatch(part):
        line = _charge(match["rest"].lstrip(": "))
        return FeeLine(amount=line.amount, per=line.per, case=str(match["case"]))
    if match := _CASE_FIRST.fullmatch(part):
        line = _charge(match["rest"] or match["then"])
        return FeeLine(amount=line.amount, per=line.per, case=_case(match))
    raise NotUnderstood(
        f"không hiểu mức thu “{part}”; ghi ví dụ: 8.000 đồng/bản, Không thu, Theo NQ HĐND tỉnh"
    )


def _charge(text: str) -> FeeLine:
    """Read what is charged in a case named before; nothing may be."""
    return FeeLine(amount=0) if is_free(text) else _fee_line(text)


def amounts(text: str) -> frozenset[int]:
    """Give every amount of money a text names."""
    return frozenset(_amount(match) for match in MONEY.finditer(composed(text)))


def _amount(match: re.Match[str]) -> int:
    return int(re.sub(r"\D", "", match["figure"])) * _scale(match)


def _scale(match: re.Match[str]) -> int:
    return _SCALES["nghìn" if match["thousand"] else (match["scale"] or "").lower()]


def is_set_by_council(text: str) -> bool:
    """Tell whether a text says that a People's Council sets the fee."""
    return _COUNCIL.search(composed(text)) is not None


def is_free(text: str) -> bool:
    """Tell whether a text says, without any condition, that nothing is to be paid."""
    return _FREE.fullmatch(composed(text).strip()) is not None


def mentions_waiver(text: str) -> bool:
    """Tell whether a text speaks of somebody who does not pay."""
    return _WAIVER.search(composed(text)) is not None


def law_numbers(text: str) -> tuple[str, ...]:
    """Give the numbers of legal texts named in ``text``, each once, in order."""
    return tuple(dict.fromkeys(LAW_NUMBER.findall(composed(text))))


def parts(text: str) -> Iterable[str]:
    """Cut a cell into its lines; bullets and closing stops fall away."""
    stripped = (part.strip(_BULLET) for part in _PARTS.split(composed(text)))
    return (part for part in stripped if part)


def composed(text: str) -> str:
    """Give the text with every mark composed, however it was typed."""
    return unicodedata.normalize("NFC", text)


def _case(match: re.Match[str]) -> str:
    return str(match["case"] or match["whom"]).strip(_BULLET)
