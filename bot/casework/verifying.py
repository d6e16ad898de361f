"""Use case: read the audit's chain from its beginning and tell whether it is whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import structlog

from bot.officials.audit import BEGINNING, Anchor, AuditEntry, Breach, Fault, check
from bot.storage import audit_rows
from bot.storage.database import Database

# Entries read at once.
BATCH: Final = 1000
log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How far the chain was followed, and the breach found there when there is one."""

    anchor: Anchor
    breach: Breach | None = None


async def verify(database: Database, *, expected: Anchor = BEGINNING) -> Verdict:
    """Follow the whole chain, and compare it with its head and with an anchor noted before.

    What is appended meanwhile is read too.
    """
    reached = BEGINNING
    while True:
        head, batch = await _read(database, reached)
        if not batch:
            return Verdict(anchor=reached, breach=_breach_at_end(reached, head, expected))
        found = check(batch, reached)
        if isinstance(found, Breach):
            return Verdict(anchor=reached, breach=found)
        if any(one.seq == expected.seq and one.hash != expected.hash for one in batch):
            return Verdict(anchor=reached, breach=_unexpected(expected))
        reached = found


async def log_anchor(database: Database) -> None:
    """Tell the log where the chain stands: whoever rewrites the table cannot rewrite that."""
    async with database.reading() as connection:
        head = await audit_rows.head(connection)
    log.info("audit_head", anchor=str(head))


async def _read(database: Database, reached: Anchor) -> tuple[Anchor, tuple[AuditEntry, ...]]:
    """Read the head before the entries, so that none it names can be missing from them.

    Each batch has a transaction of its own: a long one keeps PostgreSQL from clearing up.
    """
    after = None if reached == BEGINNING else reached.seq
    async with database.reading() as connection:
        head = await audit_rows.head(connection)
        return head, await audit_rows.following(connection, after, BATCH)


def _breach_at_end(reached: Anchor, head: Anchor, expected: Anchor) -> Breach | None:
    if head != reached:
        return Breach(seq=max(head.seq, reached.seq), fault=Fault.HEAD)
    return _unexpected(expected) if expected.seq > reached.seq else None


def _unexpected(expected: Anchor) -> Breach:
    return Breach(seq=expected.seq, fault=Fault.EXPECTED)
