"""The portal's detail of one procedure → what can be trusted of it.

The portal's forms are filled unevenly: units are missing, a fee of 0 often means “the council
sets it”, amounts are typed in thousands or dollars, channels contradict each other. What is not
clear stays unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from knowledge.catalogue import one_line
from knowledge.models import (
    Fee,
    FeeLine,
    FeeStatus,
    Level,
    OnlineLevel,
    Procedure,
    ProcessingTime,
    RequiredDocument,
    TimeUnit,
)
from knowledge.phrases import amounts, is_free, is_set_by_council, law_numbers, mentions_waiver
from knowledge.text import words

UNITS: Final = {
    "WORKING_DAY": TimeUnit.WORKING_DAY,
    "DAY": TimeUnit.DAY,
    "HOUR": TimeUnit.HOUR,
    "MONTH": TimeUnit.MONTH,
}
LEVELS: Final = {
    "isWard": Level.COMMUNE,
    "isProvince": Level.PROVINCE,
    "isMinistry": Level.MINISTRY,
}
# Less is no fee in đồng: such figures are thousands or a consulate's dollars.
SMALLEST_FEE: Final = 1_000
MOST_FEE_LINES: Final = 8
MOST_PAPERS: Final = 20
LONGEST_TEXT: Final = 300


class WrongDetail(ValueError):
    """The portal answered with another procedure's page, or with none."""


def enriched(procedure: Procedure, detail: Mapping[str, Any]) -> Procedure:
    """Add to a catalogue row what its detail says clearly.

    Raises:
        WrongDetail: the detail is not this procedure's, or not of the portal's shape.
    """
    try:
        _check_identity(procedure, detail)
        return replace(
            procedure,
            level=_level(detail, procedure.level),
            papers=_papers(_records(detail, "executionCases")),
            fee=_fee(_methods(detail), own_province=bool(procedure.province)),
            times=_times([*_methods(detail), *_case_times(detail)]),
            online=_online(detail),
            legal=_legal(_records(detail, "legalBasisesDetails")),
            result=_names(_records(detail, "resultsDetails")),
            for_whom=_names(_records(detail, "subjectTypesDetails")),
        )
    except (AttributeError, TypeError) as error:
        raise WrongDetail(f"chi tiết không đúng mẫu của Cổng: {error}") from error


def _check_identity(procedure: Procedure, detail: Mapping[str, Any]) -> None:
    code, name = one_line(detail.get("code")), one_line(detail.get("name"))
    if code != procedure.code:
        raise WrongDetail(f"Cổng trả về chi tiết của mã {code or '(trống)'}")
    if words(name) != words(procedure.official_name):
        raise WrongDetail(f"tên trong chi tiết khác danh mục: {name[:LONGEST_TEXT]}")


def _records(detail: Mapping[str, Any], key: str) -> Sequence[Mapping[str, Any]]:
    return detail.get(key) or ()


def _methods(detail: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    return _records(detail, "executionMethods")


def _level(detail: Mapping[str, Any], known: Level) -> Level:
    told = [level for key, level in LEVELS.items() if detail.get(key) is True]
    return known if known in told or not told else told[0]


def _case_times(detail: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    for case in _records(detail, "cases"):
        day = case.get("processingDay") or {}
        yield {"processingTime": day.get("qty"), "processingTimeUnit": day.get("type")}


def _times(rows: Iterable[Mapping[str, Any]]) -> tuple[ProcessingTime, ...]:
    told = {
        (row["processingTime"], UNITS[unit])
        for row in rows
        if (unit := row.get("processingTimeUnit")) in UNITS and row.get("processingTime")
    }
    if len(told) != 1:
        return ()
    amount, unit = told.pop()
    return (ProcessingTime(unit=unit, amount=int(amount)),) if amount == int(amount) else ()


def _fee(methods: Sequence[Mapping[str, Any]], *, own_province: bool) -> Fee:
    fees = [fee for method in methods for fee in _records(method, "fees")]
    texts = [one_line(fee.get("description")) for fee in fees]
    paid = {
        (int(fee["value"]), text)
        for fee, text in zip(fees, texts, strict=True)
        if fee.get("value")
    }
    if any(map(is_set_by_council, texts)) and not (own_province and paid):
        return Fee(status=FeeStatus.PROVINCIAL)
    if paid:
        return _paid(paid)
    free = bool(fees) and all(map(is_free, texts))
    return Fee(status=FeeStatus.FREE if free else FeeStatus.UNKNOWN)


def _paid(paid: set[tuple[int, str]]) -> Fee:
    each_has_its_case = len({text for _, text in paid}) == len(paid)
    clear = all(_agree(value, text) for value, text in paid)
    if not clear or not each_has_its_case or len(paid) > MOST_FEE_LINES:
        return Fee(status=FeeStatus.UNKNOWN)
    lines = [FeeLine(amount=value, case=_short(text)) for value, text in sorted(paid)]
    return Fee(status=FeeStatus.KNOWN, lines=tuple(lines))


def _agree(value: int, text: str) -> bool:
    named = amounts(text)
    return value >= SMALLEST_FEE and (value in named if named else not mentions_waiver(text))


def _online(detail: Mapping[str, Any]) -> OnlineLevel:
    if detail.get("isFullProcess") is True:
        return OnlineLevel.FULL
    return OnlineLevel.NONE if detail.get("isOfflineOnly") is True else OnlineLevel.UNKNOWN


def _papers(cases: Sequence[Mapping[str, Any]]) -> tuple[RequiredDocument, ...]:
    papers = dict.fromkeys(
        RequiredDocument(
            name=name,
            originals=paper.get("originalQty") or None,
            copies=paper.get("copyQty") or None,
            case=_short(one_line(case.get("name"))) if len(cases) > 1 else "",
        )
        for case in cases
        for paper in _records(case, "profileComponents")
        if (paper.get("originalQty") or paper.get("copyQty"))
        and (name := _short(one_line(paper.get("name")).strip(" -+*;:")))
    )
    return tuple(papers) if len(papers) <= MOST_PAPERS else ()


def _legal(bases: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    return law_numbers(" ; ".join(one_line(base.get("code")) for base in bases))


def _names(records: Sequence[Mapping[str, Any]]) -> str:
    return _short("; ".join(filter(None, (one_line(one.get("name")) for one in records))))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1].rstrip() + "…"
