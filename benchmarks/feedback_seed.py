"""A PostgreSQL full of cases, as after years: what cycles and pages of feedback are timed over.

Rows are made by the server itself: a million takes a minute.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import text

from bot.storage.database import Database

# Of the newest cases so many are open; the rest was answered and closed.
OPEN: Final = 20_000
_CASES: Final = """
INSERT INTO feedback_cases (
  office, reference, kind, regime, topic, grade, urgent, state, is_open, words, happened, place,
  hamlet, source, channel, user_id, conversation, anonymous, call_back, consent, basis, unit,
  officer, received_at, due_at, due_rule, due_set, paused_minutes, alerted, first_answered_at,
  answered_at, closed_at, result, reason, reopened, level, factor, publicity, version)
SELECT
  (CAST(:offices AS text[]))[1 + (g % CAST(:many AS bigint))],
  lpad(to_hex(g), 9, 'x'),
  (ARRAY['phan_anh', 'phan_anh', 'phan_anh', 'kien_nghi', 'khen'])[1 + (g % 5)],
  'phan_anh_hien_truong',
  (ARRAY['moi_truong', 'chieu_sang', 'ha_tang_giao_thong', 'tieng_on', 'cap_thoat_nuoc',
         'thai_do_phuc_vu', 'an_ninh_trat_tu', 'dien_vien_thong'])[1 + (g * 7 % 8)],
  'simple', g % 97 = 0,
  CASE WHEN its.closed THEN 'closed'
       ELSE (ARRAY['received', 'assigned', 'in_progress', 'awaiting_citizen'])[1 + (g % 4)] END,
  NOT its.closed,
  'rác đổ đầy đầu ngõ ' || g || ', mấy hôm nay không ai dọn, mùi rất khó chịu, mong xem giúp',
  'mấy hôm nay', 'ngõ ' || g % 300, 'Thôn ' || g % 40, 'chat', 'web', 'u' || g,
  'web:u' || g, true, false, '1', 'duty',
  CASE WHEN g % 4 = 0 THEN NULL ELSE 1 + g % 3 END,
  CASE WHEN g % 4 < 2 THEN NULL ELSE 1 + g % 5 END,
  its.received, its.received + interval '4 days', 'ht_normal', false, 0, 0,
  CASE WHEN its.closed THEN its.received + its.took END,
  CASE WHEN its.closed THEN its.received + its.took END,
  CASE WHEN its.closed THEN its.received + interval '200 hours' END,
  CASE WHEN its.closed THEN (ARRAY['done', 'done', 'cannot', 'handed_on'])[1 + (g % 4)]
       ELSE '' END,
  '', 0, CASE WHEN g % 3 = 0 THEN 1 + g % 5 END, '', 'private', 4
FROM generate_series(CAST(:first AS bigint), CAST(:last AS bigint)) AS g,
LATERAL (SELECT
  now() - make_interval(mins => CAST(CAST(:total AS bigint) - g AS int)) AS received,
  make_interval(hours => CAST(5 + g % 130 AS int)) AS took,
  g <= CAST(:closed AS bigint) AS closed
) AS its
"""
_EVENTS: Final = """
INSERT INTO feedback_events ("case", version, at, author, "by", did, state, public, text, data)
SELECT c.id, v.version, c.received_at, v.author, NULL, v.did, v.state, true, v.said, '{}'
FROM feedback_cases AS c, (VALUES
  (1, 'citizen', 'file', 'received', ''),
  (2, 'officer', 'assign', 'assigned', ''),
  (3, 'officer', 'answer', 'answered', 'Đã cho dọn sạch ngõ.')
) AS v (version, author, did, state, said)
WHERE c.id BETWEEN CAST(:first AS bigint) AND CAST(:last AS bigint)
  AND (v.version < 3 OR NOT c.is_open)
"""
BATCH: Final = 50_000


async def seed(database: Database, offices: Sequence[str], total: int) -> None:
    """Fill an empty PostgreSQL with ``total`` cases of ``offices``, one a minute until now."""
    told = {
        "offices": list(offices),
        "many": len(offices),
        "total": total,
        "closed": total - min(OPEN, total // 2),
    }
    patient = database.unhurried()
    for first in range(1, total + 1, BATCH):
        part = {"first": first, "last": min(first + BATCH - 1, total)}
        async with patient.writing() as connection:
            await connection.execute(text(_CASES), told | part)
            await connection.execute(text(_EVENTS), part)
    async with patient.writing() as connection:
        for table in ("feedback_cases", "feedback_events"):
            await connection.execute(text(f"ANALYZE {table}"))
