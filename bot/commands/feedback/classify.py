"""Lines of messages → lines of what each of them is."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, TextIO

from bot.commands.json_lines import BadLine, check_id, id_of, read_object
from bot.commands.wording import words
from bot.errors import CannotBegin
from bot.feedback.classifying.telling import told


def opened(file: Path | None) -> AbstractContextManager[Iterable[str]]:
    """Open ``file``, or standard input when there is none.

    Raises:
        CannotBegin: it cannot be opened.
    """
    if file is None:
        return nullcontext(sys.stdin)
    try:
        return file.open(encoding="utf-8-sig", errors="replace")
    except OSError:
        raise CannotBegin(words("classify")["no_file"].format(file=file)) from None


def classify_lines(lines: Iterable[str], out: TextIO) -> int:
    """Write what each line is, in order; a broken one is told in its place. Give the exit code."""
    faults = 0
    for line in lines:
        if line.strip():
            row = _row(line)
            faults += "error" in row
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    return 1 if faults else 0


def _row(line: str) -> dict[str, Any]:
    try:
        row = read_object(line, "text")
        return {"id": check_id(row.get("id")), **told(row["text"])}
    except BadLine as fault:
        return {"id": id_of(line), "error": str(fault)}
