"""Where a broadcast is, for people and for scripts."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

import orjson

from bot.clock import VIETNAM
from bot.commands.wording import words
from bot.newsroom.upcoming import Next, Upcoming
from bot.newsroom.whereabouts import Reported, Whereabouts


def as_json(seen: Whereabouts, to_come: Upcoming | None, reported: Reported, **counts: int) -> str:
    """Give it as JSON, with the times to come.

    Its counts and what was ``reported`` are those of the newest run, ``counts`` those of an act.
    """
    broadcast, newest = seen.broadcast, seen.newest
    told = {
        "id": broadcast.id,
        "state": seen.state,
        **asdict(seen.counts),
        "receipts": asdict(reported.receipts) if reported.receipts else None,
        "target": reported.target.written(),
        "office": broadcast.office,
        "kind": broadcast.kind,
        "title": broadcast.title,
        "version": broadcast.version,
        "urgent": broadcast.urgent,
        "run": newest.run if newest else None,
        "schedule": to_come.rule if to_come else None,
        "times": [_time_as_json(one) for one in to_come.times] if to_come else [],
        "next_at": seen.next_at.astimezone(VIETNAM).isoformat() if seen.next_at else None,
        **counts,
    }
    return orjson.dumps(told, option=orjson.OPT_INDENT_2).decode()


def _time_as_json(one: Next) -> dict[str, str | None]:
    at = one.at.astimezone(VIETNAM).isoformat() if one.at else None
    return {"wished": one.wished.astimezone(VIETNAM).isoformat(), "at": at, "why": one.why}


def as_text(seen: Whereabouts, to_come: Upcoming | None, reported: Reported) -> str:
    """Give it in a few lines."""
    told = words("broadcast")
    state = told[f"state_{seen.state}"]
    lines = [
        told["line"].format(number=seen.broadcast.id, title=seen.broadcast.title, state=state)
    ]
    if seen.next_at:
        lines.append(told["next"].format(at=_moment(seen.next_at)))
    if to_come:
        late = to_come.grace_minutes
        lines.append(told["schedule"].format(rule=to_come.rule, minutes=late))
        lines += map(_time, to_come.times)
    if seen.newest:
        at = _moment(seen.newest.due_at)
        lines.append(told["counts"].format(at=at, **asdict(seen.counts)))
    if reported.receipts:
        lines.append(told["receipts"].format(**asdict(reported.receipts)))
    if reported.target:
        lines.append(told["target"].format(target=reported.target.told()))
    return "\n".join(lines)


def _time(one: Next) -> str:
    name = "left_out" if one.at is None else "moved" if one.why else "on_time"
    at = _moment(one.at or one.wished)
    return words("broadcast")[name].format(at=at, wished=_moment(one.wished), why=one.why)


def _moment(at: datetime) -> str:
    return f"{at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"
