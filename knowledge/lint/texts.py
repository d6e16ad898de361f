"""Every sentence of a record with the key it stands under."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum


def texts(record: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Give each text inside a record, as ``("fee.lines[0].case", "nộp trực tuyến")``."""
    if isinstance(record, Enum) or not record:
        return
    if isinstance(record, str):
        yield path, record
    elif isinstance(record, tuple):
        for number, part in enumerate(record):
            yield from texts(part, f"{path}[{number}]")
    elif is_dataclass(record):
        for one in fields(record):
            yield from texts(getattr(record, one.name), f"{path}.{one.name}".lstrip("."))


def key_of(path: str) -> str:
    """Give the path without its numbers: ``fee.lines.case``."""
    return "".join(part.split("]")[-1] for part in path.split("["))
