"""Our own content files (TOML) → records, with every fault named by file, card and key.

A file holds table arrays: ``[[procedure]]``, ``[[guide]]``, ``[[hotline]]``, ``[[office]]``,
``[[law]]`` and ``[[day_off]]``. The keys are the fields of the records in ``knowledge.models``;
docs/content.md explains them. An unknown key is a fault, so that a slip of the pen never drops a
fee silently.
"""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, get_args, get_type_hints

from pydantic import TypeAdapter, ValidationError

from knowledge.content_page import Page, problem_of, unknown_key, unknown_kind
from knowledge.errors import InvalidSnapshot, RowFault
from knowledge.models import DayOff, Guide, Hotline, LegalText, Office, Procedure, Snapshot

CONTENT_ROOT: Final = Path(__file__).parent / "data"
KINDS: Final[dict[str, type]] = {
    "procedure": Procedure,
    "guide": Guide,
    "hotline": Hotline,
    "office": Office,
    "law": LegalText,
    "day_off": DayOff,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What was read and what was refused; good records are kept beside the faults."""

    snapshot: Snapshot
    faults: tuple[RowFault, ...]


def load_snapshot(root: Path = CONTENT_ROOT) -> Snapshot:
    """Read every content file under ``root``.

    Raises:
        InvalidSnapshot: any file or record is faulty.
    """
    content = read_content(content_files(root))
    if content.faults:
        raise InvalidSnapshot(content.faults)
    return content.snapshot


def content_files(root: Path = CONTENT_ROOT) -> list[Path]:
    """Give the content files under ``root`` in order; ``*.vi.toml`` hold wording, not records."""
    return sorted(path for path in root.rglob("*.toml") if not path.name.endswith(".vi.toml"))


def content_fingerprint(root: Path = CONTENT_ROOT) -> str:
    """Give a name of the content files under ``root`` that differs when any of them does."""
    digest = hashlib.sha256()
    for path in content_files(root):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def office_codes(root: Path = CONTENT_ROOT) -> frozenset[str]:
    """Give the codes of the offices under ``root``; files without offices are not read."""
    telling = [path for path in content_files(root) if b"[[office]]" in path.read_bytes()]
    return frozenset(office.code for office in read_content(telling).snapshot.offices)


def read_content(paths: list[Path]) -> Content:
    """Read ``paths`` in order, keeping the good records of each."""
    records: dict[str, list[Any]] = {kind: [] for kind in KINDS}
    faults: list[RowFault] = []
    for path in paths:
        _read_file(path, records, faults)
    snapshot = Snapshot(
        procedures=tuple(records["procedure"]),
        guides=tuple(records["guide"]),
        hotlines=tuple(records["hotline"]),
        offices=tuple(records["office"]),
        legal_texts=tuple(records["law"]),
        days_off=tuple(records["day_off"]),
    )
    return Content(snapshot=snapshot, faults=tuple(faults))


def _read_file(path: Path, records: dict[str, list[Any]], faults: list[RowFault]) -> None:
    try:
        text = path.read_text(encoding="utf-8-sig")
        tables = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        faults.append(Page(path.name, ()).unreadable(error))
        return
    page = Page.of(path, text)
    for kind, rows in tables.items():
        if kind not in KINDS or not _are_tables(rows):
            faults.append(page.fault(kind, 1, "", unknown_kind(", ".join(KINDS))))
            continue
        for number, row in enumerate(rows, start=1):
            _read_record(page, kind, number, row, records, faults)


def _are_tables(rows: object) -> bool:
    return isinstance(rows, list) and all(isinstance(row, dict) for row in rows)


def _read_record(
    page: Page,
    kind: str,
    number: int,
    row: dict[str, Any],
    records: dict[str, list[Any]],
    faults: list[RowFault],
) -> None:
    unknown = list(_unknown_keys(KINDS[kind], row))
    if unknown:
        faults.extend(page.fault(kind, number, key, unknown_key()) for key in unknown)
        return
    try:
        records[kind].append(_adapter(KINDS[kind]).validate_python(row))
    except ValidationError as error:
        for detail in error.errors():
            key = ".".join(str(part) for part in detail["loc"])
            faults.append(page.fault(kind, number, key, problem_of(detail)))


@cache
def _adapter(record: type) -> TypeAdapter[Any]:
    return TypeAdapter(record)


def _unknown_keys(record: type, row: dict[str, Any], prefix: str = "") -> list[str]:
    known = _keys_of(record)
    unknown = [f"{prefix}{key}" for key in row if key not in known]
    for key, value in row.items():
        nested = known.get(key)
        if nested is not None:
            children = value if isinstance(value, list) else [value]
            for child in children:
                if isinstance(child, dict):
                    unknown += _unknown_keys(nested, child, f"{prefix}{key}.")
    return unknown


@cache
def _keys_of(record: type) -> dict[str, type | None]:
    """Give every key of a record, with the record that stands under it when one does."""
    hints = get_type_hints(record)
    return {field.name: _nested_record(hints[field.name]) for field in fields(record)}


def _nested_record(hint: object) -> type | None:
    if is_dataclass(hint) and isinstance(hint, type):
        return hint
    for argument in get_args(hint):
        if is_dataclass(argument) and isinstance(argument, type):
            return argument
    return None
