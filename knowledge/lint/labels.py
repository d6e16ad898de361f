"""A key of a content file as an official calls it: “legal[0]” is “Căn cứ pháp lý thứ 1”."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from knowledge.columns import columns

_PART: Final = re.compile(r"\[\[(?P<kind>\w+)\]\]|(?P<place>\d+)|(?P<key>\w+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """Words for the kinds of records and their keys; ``nth`` and ``row`` count what is many.

    ``keys`` adds to the headings of the office's table; a key below another is named by both.
    """

    kinds: Mapping[str, str]
    keys: Mapping[str, str]
    nth: str
    row: str

    def of(self, field: str, row: int | None = None) -> str:
        """Give what ``field`` is called; a key nobody named stays as it is written."""
        told = [self.row.format(row=row)] if row is not None else []
        path: list[str] = []
        for part in _PART.finditer(field):
            if part["kind"]:
                told.append(self.kinds.get(part["kind"], part["kind"]))
            elif part["place"]:
                number = int(part["place"]) + 1
                told[-1:] = [self.nth.format(name="".join(told[-1:]), number=number)]
            else:
                path.append(part["key"])
                whole = self.keys.get(".".join(path)) if len(path) > 1 else None
                told[len(told) - bool(whole) :] = [whole or self._named(part["key"])]
        label = ", ".join(told)
        return label[:1].upper() + label[1:]

    def _named(self, key: str) -> str:
        return self.keys.get(key) or columns().headings.get(key) or f"“{key}”"
