"""A conversation's memory as JSON, for its row in the tables."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from bot.conversation.outcomes import Aspect
from bot.conversation.turn import ConversationState


def to_json(state: ConversationState) -> str:
    """Write ``state`` as one line of JSON."""
    return json.dumps(
        {
            "procedure": state.procedure,
            "aspect": state.aspect,
            "question": state.question,
            "offered": state.offered,
            "trail": state.trail,
            "told": state.told,
            "spoken_at": state.spoken_at.isoformat() if state.spoken_at else None,
            "awaits": state.awaits,
            "album": state.album,
        },
        ensure_ascii=False,
    )


def from_json(text: str) -> ConversationState:
    """Read what ``to_json`` wrote; a row of an older release starts over instead of failing."""
    try:
        return _read(json.loads(text))
    except (KeyError, TypeError, ValueError):
        return ConversationState()


def _read(row: dict[str, Any]) -> ConversationState:
    spoken = row["spoken_at"]
    return ConversationState(
        procedure=row["procedure"],
        aspect=Aspect(row["aspect"]),
        question=row["question"],
        offered=tuple(row["offered"]),
        trail=tuple(row["trail"]),
        # Rows of the release before have none.
        told=tuple(row.get("told", ())),
        spoken_at=datetime.fromisoformat(spoken) if spoken else None,
        # Older releases wrote neither.
        awaits=bool(row.get("awaits", False)),
        album=str(row.get("album", "")),
    )
