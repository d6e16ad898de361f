"""Lines of JSON on the way in: what is wrong with one is told in words."""

from __future__ import annotations

import json
import math
import sys
from io import TextIOWrapper
from typing import Any, NoReturn, TypeGuard


class BadLine(ValueError):
    """A line of the input cannot be read; the message says what to do."""


def speak_utf8() -> None:
    """Read and write UTF-8 whatever the locale; a mark a Windows editor puts in front is none."""
    for stream, encoding in ((sys.stdin, "utf-8-sig"), (sys.stdout, "utf-8")):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding=encoding, errors="replace")


def read_object(line: str, text: str) -> dict[str, Any]:
    """Read a line that holds an object whose field ``text`` is a string.

    Raises:
        BadLine: it is none.
    """
    row = _read_json(line)
    if not isinstance(row, dict) or not isinstance(row.get(text), str):
        raise BadLine(f'cần một đối tượng JSON có "{text}" là chuỗi')
    return row


def check_id(value: object) -> str | float | None:
    """Give the ``id`` of a line back.

    Raises:
        BadLine: it is neither a string nor a number.
    """
    if not _names_a_line(value):
        raise BadLine('"id" phải là chuỗi hoặc số')
    return value


def id_of(line: str) -> str | float | None:
    """Give the ``id`` of a line that may be wrong otherwise, if it can be told."""
    try:
        row = _read_json(line)
    except BadLine:
        return None
    named = row.get("id") if isinstance(row, dict) else None
    return named if _names_a_line(named) else None


def _read_json(line: str) -> object:
    try:
        return json.loads(line, parse_constant=_refused)
    except json.JSONDecodeError as error:
        raise BadLine(f"không phải JSON, sai từ ký tự thứ {error.pos + 1}") from None
    except RecursionError:
        raise BadLine("lồng quá nhiều tầng ngoặc") from None
    except BadLine:
        raise
    except ValueError:
        raise BadLine("có một số quá nhiều chữ số") from None


def _refused(constant: str) -> NoReturn:
    raise BadLine(f"không phải JSON, {constant} không phải là số")


def _names_a_line(value: object) -> TypeGuard[str | float | None]:
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, str | int | None)
