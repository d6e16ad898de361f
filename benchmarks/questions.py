"""Question sets with expected procedures: ours, and the development set when it lies beside."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests" / "golden" / "questions.jsonl"
UNSEEN = ROOT / "tests" / "golden" / "unseen.jsonl"
SHARED = ROOT.parent / "shared" / "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question and what a right answer looks like; no codes means none may be given."""

    id: str
    text: str
    history: tuple[str, ...]
    codes: tuple[str, ...]
    outcome: str
    style: str


def golden() -> list[Question]:
    return list(_read(GOLDEN))


def unseen() -> list[Question]:
    """Questions by somebody who knew neither the aliases nor the bot; nobody tunes on them."""
    return list(_read(UNSEEN))


def development() -> list[Question]:
    """The set in ../shared, empty when it is not there."""
    path = SHARED / "questions" / "dev.jsonl"
    return list(_read(path)) if path.exists() else []


def _read(path: Path) -> Iterator[Question]:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield Question(
            id=row["id"],
            text=row["question"],
            history=tuple(row.get("history") or ()),
            codes=tuple(row.get("codes") or ()),
            outcome=row.get("outcome") or ("answered" if row.get("codes") else "out_of_scope"),
            style=row.get("style") or row.get("behaviour", ""),
        )
