"""Cases for people and for scripts: masked words, never who told of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from bot.clock import VIETNAM
from bot.commands.wording import words
from bot.feedback.models import Case, Remark
from bot.feedback.reference import shown
from bot.feedback.topics import topic_label
from bot.handling.access import Sight
from bot.storage.case_page_rows import Told


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A case with what was done to it, as far as an officer sees it; overdue or not just now."""

    case: Case
    history: tuple[Told, ...] = ()
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
    history = {"history": list(map(_row, seen.history))}
    told = row_of(seen) | (history if seen.sight is Sight.WHOLE else {})
    return orjson.dumps(told, option=orjson.OPT_INDENT_2).decode()


def _row(one: Told) -> dict[str, Any]:
    event = one.event
    told: dict[str, Any] = {
        "version": event.version,
        "at": _iso(event.at),
        "by": event.by,
        "name": one.name,
        "author": event.author,
        "did": event.did,
        "state": event.state,
        "public": event.public,
        "text": event.text,
    }
    level = _level(one)
    return told if level is None else told | {"level": level}


def _level(one: Told) -> object:
    """Give what a rating said; other steps say none."""
    return one.event.data.get("level") if one.event.did is Remark.RATED else None


def as_text(seen: Seen) -> str:
    """Give a case in a few lines."""
    say = words("feedback")
    lines = [line(seen)]
    if seen.sight is Sight.WHOLE:
        lines.append(say["words"].format(words=seen.case.words))
        lines += map(_step, seen.history)
    return "\n".join(lines)


def _step(one: Told) -> str:
    say, event = words("feedback"), one.event
    level = _level(one)
    rated = "" if level is None else say["level"].format(level=level)
    return (
        say["step"]
        .format(
            at=_moment(event.at),
            who=one.name or say[f"author_{event.author}"],
            did=say[f"did_{event.did}"],
            text=" ".join(filter(None, (rated, event.text))),
        )
        .rstrip()
    )


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
