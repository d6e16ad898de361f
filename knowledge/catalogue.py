"""A row of the National portal's catalogue → a procedure with its name and little more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import orjson

from knowledge.errors import RowFault
from knowledge.models import Level, Procedure, ProcedureCode, Source

PORTAL: Final = "Cổng Dịch vụ công quốc gia"
PAGE: Final = "https://dichvucong.gov.vn/dich-vu-cong-truc-tuyen/{code}"
_COMMUNE: Final = ("cấp xã", "xã, phường", "công an xã", "ủy ban nhân dân xã")


def read_catalogue(
    path: Path, *, seen: date, provinces: Mapping[str, str] = MappingProxyType({})
) -> tuple[tuple[Procedure, ...], tuple[RowFault, ...]]:
    """Read a catalogue.jsonl; good rows are kept beside the faults.

    ``provinces`` gives the two-digit code of each province's name; without it a province's own
    procedure carries the name itself.
    """
    found: dict[str, Procedure] = {}
    faults: list[RowFault] = []
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        if not line.strip():
            continue
        try:
            procedure = procedure_of(orjson.loads(line), seen=seen, provinces=provinces)
        except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
            problem = f"không phải một dòng danh mục của Cổng: {error}"
            faults.append(RowFault(file=path.name, row=number, column="", problem=problem))
            continue
        found.setdefault(procedure.code, procedure)
    return tuple(found.values()), tuple(faults)


def procedure_of(row: Mapping[str, Any], *, seen: date, provinces: Mapping[str, str]) -> Procedure:
    """Read one row; what a row does not say stays unknown."""
    code, name = str(row["code"]), " ".join(str(row["name"]).split())
    publisher = str(row.get("departmentPromulgate") or "")
    categories = row.get("categories") or [""]
    return Procedure(
        code=ProcedureCode(code),
        official_name=name,
        everyday_name=name,
        sector=str(categories[0]),
        level=_level(list(row.get("departments") or ())),
        source=Source(name=PORTAL, seen=seen, url=PAGE.format(code=code)),
        province=provinces.get(publisher, publisher) if row.get("type") == "SPECIFIC" else "",
        internal=row.get("type") == "STANDARD_INTERNAL",
        has_card=False,
    )


def _level(departments: list[str]) -> Level:
    named = " ".join(departments).lower()
    if any(word in named for word in _COMMUNE):
        return Level.COMMUNE
    if "sở " in named or "tỉnh" in named or "thành phố" in named:
        return Level.PROVINCE
    return Level.MINISTRY
