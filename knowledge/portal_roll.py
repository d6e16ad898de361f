"""One walk's view of the portal: rows met, procedures gone, details still to read. No network."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import orjson

from knowledge.catalogue import PORTAL, UNREADABLE, one_line, procedure_of
from knowledge.details import enriched
from knowledge.errors import RowFault
from knowledge.models import Level, Procedure
from knowledge.portal_records import (
    Noticed,
    PortalChange,
    PortalRecord,
    detailed,
    left_behind,
    noticed,
    withdrawn,
)
from knowledge.portal_words import PortalWords

VIETNAM: Final = ZoneInfo("Asia/Ho_Chi_Minh")
# Raise it when the reading of details learns more: every detail is then read once again.
READING: Final = 1
DETAIL_KEEPS: Final = timedelta(days=30)
MOST_MAY_VANISH: Final = 0.2
ENOUGH_SEEN: Final = 0.98
FIRST_ASKED: Final = {level: place for place, level in enumerate(Level)}

Met = tuple[list[PortalRecord], list[PortalChange]]


class Roll:
    """Every portal record, brought up to date by the rows of a walk begun at ``at``."""

    def __init__(
        self, records: Iterable[PortalRecord], *, at: datetime, words: PortalWords
    ) -> None:
        """Begin with what is known; ``words`` read levels and provinces."""
        self.faults: list[RowFault] = []
        self.remarks: list[RowFault] = []
        self._by_code = {record.code: record for record in records}
        self._by_id = {
            one.portal_id: one for one in self._by_code.values() if not one.withdrawn_at
        }
        self._at = at
        self.words = words
        self._unreadable = 0

    @property
    def seen(self) -> int:
        """How many rows this walk has met."""
        met = sum(record.seen_at == self._at for record in self._by_code.values())
        return met + self._unreadable

    def meet(self, rows: Iterable[Mapping[str, Any]]) -> Met:
        """Take in a page of the catalogue; give what is to be stored and noted."""
        records: list[PortalRecord] = []
        changes: list[PortalChange] = []
        for row in rows:
            met, noted = self._meet(row)
            records += met
            changes += noted
        return records, changes

    def _meet(self, row: Mapping[str, Any]) -> Met:
        try:
            procedure = procedure_of(row, seen=self._today(), words=self.words)
            portal_id = one_line(row["id"])
        except UNREADABLE as error:
            self._unreadable += 1
            return self._refuse(one_line(row.get("code")), f"dòng danh mục hỏng: {error}")
        known = self._by_code.get(procedure.code)
        if known and known.seen_at == self._at and known.portal_id != portal_id:
            self._unreadable += 1
            self.remarks.append(
                _found(procedure.code, "Cổng có hai thủ tục cùng mã; giữ thủ tục đầu")
            )
            return [], []
        if known and known.unconfirmed:
            known = replace(known, withdrawn_at=None) if known.seen_at == self._at else None
        old = self._renumbered(procedure, portal_id) if known is None else None
        record, change = noticed(
            procedure, portal_id, stamp_of(row), known=known or old, at=self._at
        )
        if record.first_seen == self._at:
            record = replace(record, withdrawn_at=self._at)
        records, changes = self._take((record, change))
        if old:
            records.append(self._keep(left_behind(old, procedure.code, at=self._at)))
        return records, changes

    def _renumbered(self, procedure: Procedure, portal_id: str) -> PortalRecord | None:
        old = self._by_id.get(portal_id)
        return old if old and old.code != procedure.code and old.seen_at != self._at else None

    def cut_short(self, total: int) -> bool:
        """Tell whether far fewer rows were met than the portal said it has."""
        return self.seen < ENOUGH_SEEN * total

    def vanished(self, total: int) -> tuple[Met, str]:
        """Give the withdrawals of a finished walk, or why none is believed.

        ``total`` is how many rows the portal said it has, 0 when it did not say.
        """
        if self.cut_short(total):
            return ([], []), f"danh mục bị cắt: chỉ thấy {self.seen} trên {total} thủ tục"
        active = [record for record in self._by_code.values() if not record.withdrawn_at]
        gone = [record for record in active if record.seen_at != self._at]
        if len(gone) > MOST_MAY_VANISH * len(active):
            return ([], []), f"{len(gone)} trên {len(active)} thủ tục biến mất cùng lúc"
        records: list[PortalRecord] = []
        changes: list[PortalChange] = []
        for record in gone:
            met, noted = self._take(withdrawn(record, at=self._at))
            records += met
            changes += noted
        return (records, changes), ""

    def confirmed(self) -> list[PortalRecord]:
        """Give what this walk saw first, as on the portal: the catalogue was read to its end."""
        return [self._keep(replace(record, withdrawn_at=None)) for record in self.unconfirmed()]

    def unconfirmed(self) -> list[PortalRecord]:
        """Give what this walk saw first and nobody is told of yet."""
        met = (record for record in self._by_code.values() if record.seen_at == self._at)
        return [record for record in met if record.unconfirmed]

    def wanting_details(self) -> list[PortalRecord]:
        """Give the records whose detail is unread, outdated or old.

        What failed before comes last, what communes decide comes first. Nothing is tried twice in
        one walk.
        """
        wanting = filter(self._wants_detail, self._by_code.values())
        return sorted(
            wanting,
            key=lambda one: (
                bool(one.detail_failed_at),
                FIRST_ASKED[one.procedure.level],
                one.code,
            ),
        )

    def _wants_detail(self, record: PortalRecord) -> bool:
        if record.withdrawn_at or record.detail_failed_at == self._at:
            return False
        if record.detail_at is None or record.detail_stamp != record.stamp:
            return True
        return self._at - record.detail_at > DETAIL_KEEPS

    def read_detail(self, record: PortalRecord, detail: Mapping[str, Any]) -> Met:
        """Take in a detail.

        Raises:
            WrongDetail: it is another procedure's, or of another shape.
        """
        source = replace(record.procedure.source, seen=self._today())
        procedure = enriched(replace(record.procedure, source=source), detail)
        return self._take(detailed(record, procedure, at=self._at))

    def refuse_detail(self, record: PortalRecord, why: str) -> Met:
        """Note that the portal gave no detail, or a wrong one."""
        self._refuse(record.code, why)
        return [self._keep(replace(record, detail_failed_at=self._at))], []

    def _take(self, met: Noticed) -> Met:
        record, change = met
        return [self._keep(record)], [change] if change else []

    def _keep(self, record: PortalRecord) -> PortalRecord:
        self._by_code[record.code] = record
        return record

    def _refuse(self, code: str, problem: str) -> Met:
        self.faults.append(_found(code, problem))
        return [], []

    def _today(self) -> date:
        return self._at.astimezone(VIETNAM).date()


def _found(code: str, problem: str) -> RowFault:
    return RowFault(file=PORTAL, row=None, column=code, problem=problem)


def stamp_of(row: Mapping[str, Any]) -> str:
    """Give a word that differs when the row, or our reading of details, does."""
    if row.get("updatedAt"):
        return f"{READING}:{one_line(row['updatedAt'])[:40]}"
    told = orjson.dumps(row, option=orjson.OPT_SORT_KEYS)
    return f"{READING}:{hashlib.sha256(told).hexdigest()[:32]}"
