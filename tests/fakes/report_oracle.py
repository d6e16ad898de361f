"""The numbers of a report asked for in SQL that knows nothing of how the program counts.

Working minutes are plain minutes here, so the offices must never close (``reported.ALWAYS``), and
who was opened again must not have been asked before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from sqlalchemy import bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import UtcDateTime

# The day that the event of the first answer tells, as the table keeps moments.
DUE: Final = {
    "sqlite": "strftime('%Y-%m-%d %H:%M:%f', json_extract(e.data, '$.due_at')) || '000'",
    "postgresql": "cast(cast(e.data as json)->>'due_at' as timestamptz)",
}
MINUTES: Final = {
    "sqlite": "strftime('%s', c.first_answered_at) / 60 - strftime('%s', c.received_at) / 60",
    "postgresql": "floor(extract(epoch from c.first_answered_at) / 60)"
    " - floor(extract(epoch from c.received_at) / 60)",
}
KNOWN: Final = """
with known as (
  select c.*, case when c.reopened = 0 then c.due_at else {due} end due,
    coalesce(c.first_answered_at, case when c.state = 'closed' then c.closed_at end) ended,
  {minutes} - case when c.reopened = 0 then c.paused_minutes else 0 end minutes
  from feedback_cases c
  left join feedback_events e on c.reopened > 0 and e."case" = c.id and e.did = 'answer'
  where c.result <> 'duplicate' and c.office in ({offices})
), answered as (
  select * from known where first_answered_at >= :begin and first_answered_at < :finish
)
"""
COUNTS: Final = """
select {key} as key,
  count(case when received_at >= :begin and received_at < :finish then 1 end) received,
  count(case when received_at < :begin and (ended is null or ended >= :begin) then 1 end) carried,
  count(case when first_answered_at >= :begin and first_answered_at < :finish then 1 end) answered,
  count(case when first_answered_at >= :begin and first_answered_at < :finish
    and first_answered_at <= due then 1 end) on_time,
  count(case when first_answered_at >= :begin and first_answered_at < :finish
    and first_answered_at > due then 1 end) late,
  count(case when first_answered_at is null and ended >= :begin and ended < :finish then 1 end)
    dropped,
  count(case when received_at < :finish and (ended is null or ended >= :finish)
    and (due is null or due >= :seen) then 1 end) waiting,
  count(case when received_at < :finish and (ended is null or ended >= :finish)
    and due < :seen then 1 end) overdue,
  count(case when first_answered_at >= :begin and first_answered_at < :finish
    and reopened > 0 then 1 end) reopened,
  count(case when first_answered_at >= :begin and first_answered_at < :finish
    and level is not null then 1 end) rated,
  count(case when first_answered_at >= :begin and first_answered_at < :finish
    and level >= 4 then 1 end) happy
from known
where received_at < :finish and (ended is null or ended >= :begin)
group by 1
"""
TIMES: Final = """
, ranked as (
  select {key} as key, minutes, row_number() over (partition by {key} order by minutes) place,
    count(*) over (partition by {key}) whole
  from answered
)
select key, avg(case when place in ((whole + 1) / 2, (whole + 2) / 2) then minutes end) middle,
  max(case when place = (whole * 9 + 9) / 10 then minutes end) most
from ranked group by 1
"""
KEYS: Final = {
    "": "''",
    "kind": "kind",
    "regime": "regime",
    "topic": "topic",
    "unit": "coalesce(cast(unit as text), '')",
    "source": "source",
}


async def recomputed(
    connection: AsyncConnection,
    offices: Sequence[str],
    begin: datetime,
    end: datetime,
    now: datetime,
    side: str = "",
) -> Mapping[str, Mapping[str, Any]]:
    """Give the numbers of each line of a side by its key; of the whole for none."""
    name = connection.dialect.name
    known = KNOWN.format(
        due=DUE[name],
        minutes=MINUTES[name],
        offices=", ".join(f"'{one}'" for one in offices),
    )
    moments = {"begin": begin, "finish": end, "seen": min(end, now)}
    counts = await _asked(connection, known + COUNTS.format(key=KEYS[side]), moments)
    times = await _asked(connection, known + TIMES.format(key=KEYS[side]), moments)
    slow = {row["key"]: row for row in times}
    return {row["key"]: _line(row, slow.get(row["key"], {})) for row in counts}


async def _asked(
    connection: AsyncConnection, sql: str, moments: Mapping[str, datetime]
) -> Sequence[Mapping[str, Any]]:
    used = {name: at for name, at in moments.items() if f":{name}" in sql}
    typed = [bindparam(name, type_=UtcDateTime()) for name in used]
    found = await connection.execute(text(sql).bindparams(*typed), used)
    return [dict(row) for row in found.mappings()]


def _line(counts: Mapping[str, Any], times: Mapping[str, Any]) -> Mapping[str, Any]:
    told = {name: value for name, value in counts.items() if name not in ("key", "happy")}
    limited = counts["on_time"] + counts["late"]
    return {
        **told,
        "timely": _percent(counts["on_time"], limited),
        "satisfied": _percent(counts["happy"], counts["rated"]),
        "median": _hours(times.get("middle")),
        "most": _hours(times.get("most")),
    }


def _percent(part: int, whole: int) -> Decimal | None:
    """Round half up, but call only all 100 and only nothing 0."""
    if not whole:
        return None
    exact = (Decimal(part) * 100 / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
    if part not in (0, whole):
        return min(max(exact, Decimal("0.1")), Decimal("99.9"))
    return exact


def _hours(minutes: Any) -> Decimal | None:
    if minutes is None:
        return None
    return (Decimal(str(minutes)) / 60).quantize(Decimal("0.1"), ROUND_HALF_UP)
