"""What a walk through the portal found, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Final

import orjson

from bot.commands.wording import words
from knowledge.portal_records import ChangeKind, PortalChange
from knowledge.sync import SyncReport

FEW: Final = 10


def as_json(report: SyncReport) -> str:
    """Give the whole report."""
    return orjson.dumps(asdict(report), option=orjson.OPT_INDENT_2).decode()


def as_text(report: SyncReport) -> str:
    """Give a summary, a few changes of each kind, and every fault."""
    return "\n".join(_lines(report))


def _lines(report: SyncReport) -> Iterable[str]:
    said = words("sync")
    yield said["summary"].format(
        seen=report.seen,
        total=report.total,
        details_read=report.details_read,
        details_left=report.details_left,
    )
    for kind in ChangeKind:
        yield from _changes(kind, report.of(kind))
    if report.unconfirmed:
        yield said["unconfirmed"].format(count=report.unconfirmed)
    elif not report.changes and not report.stopped and not report.doubt:
        yield said["nothing"]
    yield from (str(fault) for fault in report.faults)
    yield from (said["remark"].format(what=remark) for remark in report.remarks)
    if report.doubt:
        yield said["doubt"].format(why=report.doubt)
    if report.stopped:
        yield said["stopped"].format(why=report.stopped)


def _changes(kind: ChangeKind, changes: list[PortalChange]) -> Iterable[str]:
    said = words("sync")
    if not changes:
        return
    yield f"{said[kind]}: {len(changes)}"
    for change in changes[:FEW]:
        told = said["fields"].format(fields=", ".join(change.fields)) if change.fields else ""
        yield "  ".join(part for part in ("", change.code, change.name, told) if part)
    if len(changes) > FEW:
        yield "  " + said["more"].format(count=len(changes) - FEW)
