"""The audit's chain: what was done, the exact words that are hashed, and what breaks it.

Each entry's hash covers its own words and the hash before it, so whoever changes, drops or inserts
one entry must write every later one anew; the last hash, noted elsewhere, tells even that.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, Final, Self

import orjson

VERSION: Final = 1
# What the tables keep of who acted.
LONGEST_ACTOR: Final = 160
_MISSING: Final = object()
_NOTED: Final = re.compile(r"(?P<seq>[1-9][0-9]{0,17}):(?P<hash>[0-9a-f]{64})")


@dataclass(frozen=True, slots=True, kw_only=True)
class By:
    """Who acts and from where; ``officer`` is ``None`` for what no account did."""

    officer: int | None
    actor: str
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One act upon one object: of which office, what kind of thing, which, before and after."""

    action: str
    office: str
    kind: str
    subject: str
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """Where a chain stands: the number and the hash of its last entry."""

    seq: int
    hash: str

    def __str__(self) -> str:
        """Give it as people note it."""
        return f"{self.seq}:{self.hash}"

    @classmethod
    def of(cls, noted: str) -> Self:
        """Read a noted anchor.

        Raises:
            ValueError: it is not a number, a colon and 64 hexadecimal signs.
        """
        read = _NOTED.fullmatch(noted.strip())
        if read is None:
            raise ValueError(noted)
        return cls(seq=int(read["seq"]), hash=read["hash"])


BEGINNING: Final = Anchor(seq=0, hash="0" * 64)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One row of the chain; ``body`` holds exactly what was hashed after ``prev``."""

    seq: int
    at: datetime
    officer: int | None
    actor: str
    address: str
    action: str
    office: str
    kind: str
    subject: str
    body: str
    prev: str
    hash: str


# What stands in a column of its own beside the body, so that it can be searched.
COLUMNS: Final = tuple(
    one.name for one in fields(AuditEntry) if one.name not in {"body", "prev", "hash"}
)


class Fault(StrEnum):
    """What is wrong with an entry."""

    GAP = "gap"
    PREV = "prev"
    HASH = "hash"
    COLUMN = "column"
    HEAD = "head"
    EXPECTED = "expected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """The first entry that is not as it was written, and why; ``column`` names a false one."""

    seq: int
    fault: Fault
    column: str = ""


def canonical(deed: Deed, *, seq: int, at: datetime, by: By) -> str:
    """Give the one way to write an entry down.

    Raises:
        TypeError: a value has no single way to be written, as a fraction has not.
    """
    told = {
        "v": VERSION,
        "seq": seq,
        "at": _moment(at),
        "officer": by.officer,
        "actor": by.actor,
        "address": by.address,
        "action": deed.action,
        "office": deed.office,
        "kind": deed.kind,
        "subject": deed.subject,
        "before": deed.before,
        "after": deed.after,
        "note": deed.note,
    }
    return orjson.dumps(_plain(told), option=orjson.OPT_SORT_KEYS).decode()


def link(prev: str, body: str) -> str:
    """Give the hash of an entry from the hash before it and its words."""
    return hashlib.sha256(f"{prev}\n{body}".encode()).hexdigest()


def entry_after(anchor: Anchor, deed: Deed, *, at: datetime, by: By) -> AuditEntry:
    """Write the entry that follows ``anchor``."""
    seq = anchor.seq + 1
    body = canonical(deed, seq=seq, at=at, by=by)
    told = {name: value for name, value in orjson.loads(body).items() if name in COLUMNS}
    told["at"] = at
    return AuditEntry(**told, body=body, prev=anchor.hash, hash=link(anchor.hash, body))


def check(entries: Iterable[AuditEntry], after: Anchor = BEGINNING) -> Anchor | Breach:
    """Follow the chain from ``after``; give where it ends, or the first entry that breaks it."""
    for entry in entries:
        breach = _fault_of(entry, after)
        if breach is not None:
            return breach
        after = Anchor(seq=entry.seq, hash=entry.hash)
    return after


def told_of(entry: AuditEntry) -> Deed:
    """Give the deed an entry tells of."""
    told = orjson.loads(entry.body)
    return Deed(**{one.name: told[one.name] for one in fields(Deed)})


def _fault_of(entry: AuditEntry, after: Anchor) -> Breach | None:
    expected = after.seq + 1
    if entry.seq != expected:
        return Breach(seq=expected, fault=Fault.GAP)
    if entry.prev != after.hash:
        return Breach(seq=entry.seq, fault=Fault.PREV)
    if entry.hash != link(entry.prev, entry.body):
        return Breach(seq=entry.seq, fault=Fault.HASH)
    false = next(_false_columns(entry), "")
    return Breach(seq=entry.seq, fault=Fault.COLUMN, column=false) if false else None


def _false_columns(entry: AuditEntry) -> Iterator[str]:
    try:
        written = orjson.loads(entry.body)
    except orjson.JSONDecodeError:
        written = None
    if not isinstance(written, dict):
        yield "body"
        return
    for name in COLUMNS:
        shown = getattr(entry, name)
        if written.get(name, _MISSING) != (_moment(shown) if name == "at" else shown):
            yield name


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _plain(value: object) -> Any:  # noqa: ANN401 - what JSON holds
    """Give ``value`` in what JSON writes in one way only."""
    match value:
        case None | bool() | int():
            return value
        case str():
            return unicodedata.normalize("NFC", value)
        case datetime():
            return _moment(value)
        case date():
            return value.isoformat()
        case Mapping():
            return {_plain(str(name)): _plain(one) for name, one in value.items()}
        case list() | tuple():
            return [_plain(one) for one in value]
        case _:
            raise TypeError(f"{type(value).__name__} cannot stand in the audit")
