"""What an office states about a procedure, before it is weighed against what is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from knowledge.errors import RowFault


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """One row: the fields it states, and where it stands.

    ``source`` among the fields is a table of the parts the row names. ``abolished`` rows stand
    under a title that says so.
    """

    code: str
    fields: Mapping[str, Any]
    file: str
    row: int
    abolished: bool = False

    def fault(self, column: str, problem: str) -> RowFault:
        """Give a fault of this row."""
        return RowFault(file=self.file, row=self.row, column=column, problem=problem)


@dataclass(slots=True, kw_only=True)
class TableReading:
    """What a file states and what is wrong with it; good rows are kept beside the faults.

    ``decision`` names the decision the file belongs to, empty when it is none's; ``unknown`` lists
    headings nobody knows, whose columns are not read.
    """

    file: str
    seen: date
    stated: list[Stated] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)
    unknown: dict[str, None] = field(default_factory=dict)
    decision: str = ""
