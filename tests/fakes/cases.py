"""Cases for the tests of rules that need no table."""

from __future__ import annotations

from datetime import datetime

from bot.feedback.kinds import Kind
from bot.feedback.models import Case, CaseId, Place, Publicity, Result, Source
from bot.feedback.moves import CaseState


def a_case(received_at: datetime, *, kind: Kind = Kind.REPORT, topic: str = "moi_truong") -> Case:
    """Give a report about rubbish of an office called ``xa``, just received."""
    return Case(
        id=CaseId(1),
        office="xa",
        reference="PA7K2M4QXB9",
        kind=kind,
        regime="",
        topic=topic,
        grade="simple",
        urgent=False,
        state=CaseState.RECEIVED,
        words="rác đổ đầy đầu ngõ",
        happened="",
        place=Place(),
        source=Source.CHAT,
        address=None,
        anonymous=True,
        call_back=False,
        unit=None,
        officer=None,
        received_at=received_at,
        due_at=None,
        due_rule="",
        paused_at=None,
        answered_at=None,
        closed_at=None,
        result=Result.NONE,
        main=None,
        reopened=0,
        level=None,
        publicity=Publicity.PRIVATE,
        version=1,
    )
