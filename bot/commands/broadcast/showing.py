"""Where a broadcast is, for people and for scripts."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

import orjson

from bot.clock import VIETNAM
from bot.commands.wording import words
from bot.newsroom.whereabouts import Whereabouts


def as_json(seen: Whereabouts, **counts: int) -> str:
    """Give it as JSON: its counts are those of the newest run, ``counts`` those of an act."""
    broadcast, newest = seen.broadcast, seen.newest
    told = {
        "id": broadcast.id,
        "state": seen.state,
        **asdict(seen.counts),
        "office": broadcast.office,
        "kind": broadcast.kind,
        "title": broadcast.title,
        "version": broadcast.version,
        "urgent": broadcast.urgent,
        "run": newest.run if newest else None,
        "next_at": seen.next_at.astimezone(VIETNAM).isoformat() if seen.next_at else None,
        **counts,
    }
    return orjson.dumps(told, option=orjson.OPT_INDENT_2).decode()


def as_text(seen: Whereabouts) -> str:
    """Give it in a few lines."""
    told = words("broadcast")
    state = told[f"state_{seen.state}"]
    lines = [
        told["line"].format(number=seen.broadcast.id, title=seen.broadcast.title, state=state)
    ]
    if seen.next_at:
        lines.append(told["next"].format(at=_moment(seen.next_at)))
    if seen.newest:
        at = _moment(seen.newest.due_at)
        lines.append(told["counts"].format(at=at, **asdict(seen.counts)))
    return "\n".join(lines)


def _moment(at: datetime) -> str:
    return f"{at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"
