"""Whether a table's row may be taken: its code, its name, and what a new procedure needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from rapidfuzz import fuzz, process

from knowledge.columns import columns, folded
from knowledge.errors import RowFault
from knowledge.layers import OfficeEdit
from knowledge.models import Procedure
from knowledge.stated import Stated

SAME_NAME: Final = 0.6
NEAR_CODE: Final = 85.0
MOST_NEAR: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """What an official said yes to: procedures nobody knows, and quite other names.

    ``say_new`` and ``say_rename`` tell, in a fault, how to say so.
    """

    new: bool = False
    rename: bool = False
    say_new: str = "thêm --allow-new"
    say_rename: str = "thêm --allow-rename"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known beneath an office, by code, and what the office stated earlier."""

    office: str
    base: Mapping[str, Procedure]
    earlier: Mapping[str, OfficeEdit] = field(default_factory=dict)

    def names_of(self, code: str) -> list[str]:
        """Give every name of a procedure."""
        base, said = self.base.get(code), self.said(code).fields
        ours = (base.official_name, base.everyday_name) if base else ()
        return [name for name in (*ours, said.get("official_name", "")) if name]

    def said(self, code: str) -> OfficeEdit:
        """Give what the office stated of a procedure earlier; without fields that is nothing."""
        return self.earlier.get(code) or OfficeEdit(office=self.office, code=code)

    def codes_by_name(self) -> dict[str, str]:
        """Give the code of each official name that only one procedure has."""
        codes: dict[str, list[str]] = {}
        for one in self.base.values():
            codes.setdefault(folded(one.official_name), []).append(one.code)
        return {name: found[0] for name, found in codes.items() if len(found) == 1 and name}


def with_codes(stated: Iterable[Stated], codes: Mapping[str, str]) -> list[tuple[str, Stated]]:
    """Give each row with its code: its own, or that of the one procedure of its name."""
    return [
        (one.code or codes.get(folded(one.fields.get("official_name", "")), ""), one)
        for one in stated
    ]


def repeated(rows: Sequence[tuple[str, Stated]]) -> dict[str, list[int]]:
    """Give the rows of each code that stands in more than one: none of them can be trusted."""
    often = {code for code, count in Counter(code for code, _ in rows).items() if count > 1}
    told: dict[str, list[int]] = {}
    for code, stated in rows:
        if code and code in often:
            told.setdefault(code, []).append(stated.row)
    return told


def again(stated: Stated, code: str, rows: Sequence[int]) -> RowFault:
    """Say that a code stands in several rows."""
    told = ", ".join(map(str, rows))
    why = f"mã {code} đứng ở nhiều dòng ({told}); không nhận dòng nào, hãy giữ lại một dòng đúng"
    return _at(stated, "code", why)


def refusal(
    stated: Stated, code: str, known: Known, codes: Mapping[str, str], allowed: Allowed
) -> RowFault | None:
    """Say why a row cannot be taken; ``codes`` gives the code of a name."""
    if not code:
        return _at(stated, "code", "không có mã và không có thủ tục nào trùng tên; hãy ghi mã")
    if known.names_of(code) and not allowed.rename:
        fault = _other_name(stated, code, known, codes, allowed)
        if fault:
            return fault
    return None if code in known.base else _unknown(stated, code, known, allowed)


def _other_name(
    stated: Stated, code: str, known: Known, codes: Mapping[str, str], allowed: Allowed
) -> RowFault | None:
    name, ours = folded(stated.fields.get("official_name", "")), known.names_of(code)
    if not name or name in map(folded, ours):
        return None
    other = codes.get(name, code)
    if other == code and max(_likeness(name, folded(one)) for one in ours) >= SAME_NAME:
        return None
    hint = f" (tên này là của mã {other})" if other != code else ""
    why = f"mã {code} là “{ours[0]}”{hint}; nếu đúng là đổi tên thì {allowed.say_rename}"
    return _at(stated, "official_name", why)


def _likeness(one: str, other: str) -> float:
    """Give the share of the shorter name's words that the other has too, 0 to 1."""
    ours, theirs = set(one.split()), set(other.split())
    return len(ours & theirs) / max(1, min(len(ours), len(theirs)))


def _unknown(stated: Stated, code: str, known: Known, allowed: Allowed) -> RowFault | None:
    if stated.abolished:
        return _at(stated, "code", f"thủ tục bị bãi bỏ {code} không có trong dữ liệu; bỏ qua")
    begun = known.said(code).fields
    if not begun and not allowed.new:
        return _at(stated, "code", _not_known(code, known, allowed))
    if not stated.fields.get("official_name"):
        return _at(stated, "official_name", f"thủ tục mới {code} cần có tên")
    if "level" not in {*stated.fields, *begun}:
        words = ", ".join(columns().labels["Level"].values())
        return _at(stated, "level", f"thủ tục mới {code} cần ghi cấp thực hiện: {words}")
    return None


def _not_known(code: str, known: Known, allowed: Allowed) -> str:
    near = process.extract(
        code, known.base.keys(), scorer=fuzz.ratio, score_cutoff=NEAR_CODE, limit=MOST_NEAR
    )
    told = "; ".join(f"{one} “{known.base[one].official_name}”" for one, *_ in near)
    hint = f" Mã gần giống: {told}." if told else ""
    return (
        f"mã {code} chưa có trong dữ liệu.{hint}"
        f" Hãy sửa mã; nếu đúng là thủ tục mới thì {allowed.say_new}"
    )


def _at(stated: Stated, field: str, problem: str) -> RowFault:
    return stated.fault(columns().headings[field], problem)
