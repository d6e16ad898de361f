"""A row of the National portal's catalogue → a procedure with its name and little more."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import orjson

from knowledge.errors import RowFault
from knowledge.models import Level, Procedure, ProcedureCode, Source
from knowledge.portal_words import PortalWords

PORTAL: Final = "Cổng Dịch vụ công quốc gia"
PAGE: Final = "https://dichvucong.gov.vn/dich-vu-cong-truc-tuyen/{code}"
# The longest of July 2026 has 1,192 characters.
LONGEST_NAME: Final = 2_000
# It stands in the value of a button, which is plain ASCII.
CODE: Final = re.compile(r"(?=\D*\d)[\w.\-/]{3,32}", re.ASCII)
UNREADABLE: Final = (orjson.JSONDecodeError, KeyError, TypeError, ValueError, AttributeError)


def read_catalogue(
    path: Path, *, seen: date, words: PortalWords | None = None
) -> tuple[tuple[Procedure, ...], tuple[RowFault, ...]]:
    """Read a catalogue.jsonl; good rows are kept beside the faults, the first of a code wins."""
    words = words or shipped_words()
    found: dict[str, Procedure] = {}
    faults: list[RowFault] = []
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        if not line.strip():
            continue
        try:
            procedure = procedure_of(orjson.loads(line), seen=seen, words=words)
        except UNREADABLE as error:
            faults.append(_fault(path, number, f"không phải một dòng danh mục của Cổng: {error}"))
            continue
        if found.setdefault(procedure.code, procedure) is not procedure:
            faults.append(_fault(path, number, f"mã {procedure.code} đã có ở dòng trên; bỏ qua"))
    return tuple(found.values()), tuple(faults)


def _fault(path: Path, row: int, problem: str) -> RowFault:
    return RowFault(file=path.name, row=row, column="", problem=problem)


def procedure_of(row: Mapping[str, Any], *, seen: date, words: PortalWords) -> Procedure:
    """Read one row of the catalogue; what it does not say stays unknown.

    Raises one of ``UNREADABLE`` for what is no row of the catalogue.
    """
    code, name = one_line(row["code"]), one_line(row["name"])
    if not CODE.fullmatch(code) or not 0 < len(name) <= LONGEST_NAME:
        raise ValueError("code hoặc name thiếu, quá dài hay không đúng dạng")
    specific = row.get("type") == "SPECIFIC"
    return Procedure(
        code=ProcedureCode(code),
        official_name=name,
        everyday_name=name,
        sector=one_line(next(iter(row.get("categories") or ()), "")),
        level=_level(name, row.get("departments") or (), specific, words),
        source=Source(name=PORTAL, seen=seen, url=PAGE.format(code=quote(code, safe=""))),
        province=words.province(one_line(row.get("departmentPromulgate"))) if specific else "",
        internal=row.get("type") == "STANDARD_INTERNAL",
        has_card=False,
    )


def _level(name: str, departments: Any, specific: bool, words: PortalWords) -> Level:  # noqa: ANN401 - JSON
    said = words.level(map(one_line, departments)) or words.level([name])
    return said or (Level.PROVINCE if specific else Level.MINISTRY)


def one_line(value: object) -> str:
    """Give a text of the portal with its white space made plain; nothing gives an empty one."""
    return " ".join(str(value).replace("\0", "").split()) if value else ""


@cache
def shipped_words() -> PortalWords:
    """Give the words shipped with the program, read once."""
    return PortalWords.load()
