"""Cases for people and for scripts: masked words, never who told of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from bot.clock import VIETNAM
from bot.commands.wording import words
from bot.feedback.models import Case, Event
from bot.feedback.reference import shown
from bot.feedback.topics import topic_label
from bot.handling.access import Sight


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A case with what was done to it, as far as an officer sees it; overdue or not just now."""

    case: Case
    events: tuple[Event, ...] = ()
    sight: Sight = Sight.WHOLE
    now: datetime


def row_of(seen: Seen) -> dict[str, Any]:
    """Give a case as an object for JSON."""
    case = seen.case
    told: dict[str, Any] = {
        "id": case.id,
        "reference": shown(case.reference),
        "office": case.office,
        "kind": case.kind,
        "topic": case.topic,
        "state": case.state,
        "received_at": _iso(case.received_at),
        "due_at": _iso(case.due_at),
        "overdue": is_late(seen),
        "result": case.result,
        "version": case.version,
    }
    if seen.sight is Sight.STATE:
        return told
    return told | {
        "grade": case.grade,
        "unit": case.unit,
        "officer": case.officer,
        "source": case.source,
        "hamlet": case.place.hamlet,
        "words": case.words,
        "answered_at": _iso(case.answered_at),
        "closed_at": _iso(case.closed_at),
        "main": case.main,
        "reopened": case.reopened,
        "level": case.level,
    }


def as_json(seen: Seen) -> str:
    """Give a case with its history as JSON."""
    history = [
        {
            "version": one.version,
            "at": _iso(one.at),
            "by": one.by,
            "author": one.author,
            "did": one.did,
            "state": one.state,
            "public": one.public,
            "text": one.text,
        }
        for one in seen.events
    ]
    told = row_of(seen) | ({"history": history} if seen.sight is Sight.WHOLE else {})
    return orjson.dumps(told, option=orjson.OPT_INDENT_2).decode()


def as_text(seen: Seen) -> str:
    """Give a case in a few lines."""
    say = words("feedback")
    lines = [line(seen)]
    if seen.sight is Sight.WHOLE:
        lines.append(say["words"].format(words=seen.case.words))
        lines += [
            say["step"].format(at=_moment(one.at), did=say[f"did_{one.did}"], text=one.text)
            for one in seen.events
        ]
    return "\n".join(lines)


def line(seen: Seen) -> str:
    """Give a case in one line."""
    say, case = words("feedback"), seen.case
    due = _moment(case.due_at) if case.due_at else say["no_due"]
    return say["line"].format(
        number=case.id,
        reference=shown(case.reference),
        topic=topic_label(case.topic) if seen.sight is Sight.WHOLE else case.office,
        state=say[f"state_{case.state}"],
        due=f"{due} {say['late']}" if is_late(seen) else due,
    )


def lines_of(cases: Sequence[Seen]) -> str:
    """Give a list, one case a line."""
    return "\n".join(map(line, cases)) if cases else words("feedback")["none"]


def is_late(seen: Seen) -> bool:
    """Tell whether an open case should have been answered by now."""
    due = seen.case.due_at
    return seen.case.state.is_open and due is not None and due < seen.now


def _iso(at: datetime | None) -> str | None:
    return at.astimezone(VIETNAM).isoformat() if at else None


def _moment(at: datetime) -> str:
    return f"{at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"
