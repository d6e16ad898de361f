"""A timing as JSON: what commands print and tables keep."""

from __future__ import annotations

from datetime import date
from typing import Any

import orjson

from broadcasts.timing.models import Per, Period, Timing, TimingKind


def told(timing: Timing) -> dict[str, Any]:
    """Give the timing as plain values; days are ISO 8601."""
    return {
        "kind": timing.kind.value,
        "start": _iso(timing.start),
        "end": _iso(timing.end),
        "count": timing.count,
        "per": timing.per.value if timing.per else None,
        "note": timing.note,
        "before": timing.before,
        "periods": [{"start": _iso(one.start), "end": _iso(one.end)} for one in timing.periods],
    }


def timing_to_json(timing: Timing) -> str:
    """Write a timing."""
    return orjson.dumps(told(timing)).decode()


def timing_from_json(written: str) -> Timing:
    """Read a timing; what another release added is left out.

    Raises:
        ValueError: it is none.
    """
    try:
        values = orjson.loads(written)
        return Timing(
            kind=TimingKind(values["kind"]),
            start=_day(values.get("start")),
            end=_day(values.get("end")),
            count=values.get("count"),
            per=Per(values["per"]) if values.get("per") else None,
            note=values.get("note") or "",
            periods=tuple(
                Period(date.fromisoformat(one["start"]), date.fromisoformat(one["end"]))
                for one in values.get("periods") or ()
            ),
            before=bool(values.get("before")),
        )
    except (KeyError, TypeError, AttributeError) as fault:
        raise ValueError(f"no timing: {written[:80]}") from fault


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
