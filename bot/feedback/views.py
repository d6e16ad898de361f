"""What a conversation gets to see of cases, looked up before its turn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.feedback.drafts import Draft
from bot.feedback.enclosed import Enclosed
from bot.feedback.kinds import Kind
from bot.feedback.models import CaseId, Place, Result
from bot.feedback.moves import CaseState
from bot.feedback.reference import Unread


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """A case as a citizen may see it.

    ``words``, ``question`` and ``files`` of the answer are the filer's alone: of somebody else's
    case they are empty. ``question`` is what the office asked and waits for; ``may_reopen`` and
    ``may_rate`` tell what is open to this conversation at the moment of the turn.
    """

    id: CaseId
    reference: str
    office: str
    kind: Kind
    topic: str
    state: CaseState
    received_at: datetime
    due_at: datetime | None = None
    due_told: bool = False
    unit: str = ""
    answer: str = ""
    result: Result = Result.NONE
    answered_at: datetime | None = None
    words: str = ""
    place: str = ""
    question: str = ""
    own: bool = False
    follows: bool = False
    reopened: bool = False
    may_reopen: bool = False
    may_rate: bool = False
    files: tuple[Enclosed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NearCase:
    """An open case of others that may be the same matter; ``title`` has no words of a person."""

    id: CaseId
    topic: str
    words: str
    place: Place
    title: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Wait:
    """References are not looked up for some minutes: too many typed here were nobody's."""

    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """What is known of a conversation's feedback: its draft, its cases (newest first), a look-up.

    ``looked`` is the case whose reference the message is, why it is none, how long to wait, or
    ``None`` when the message is no look-up. ``near`` are open cases of the draft's office and
    topic of the last 14 days, ``today`` how many the conversation filed since local midnight.
    ``reserved`` is the reference a draft that begins in this turn takes. ``typed`` is the message
    as it was typed, of which the turn itself sees masked words; empty where it is not kept.
    ``files`` are the stored files of the conversation that belong to no case, what came with the
    message among them. ``reader_named`` tells that the office's sealed inbox has its reader;
    without one nothing is put into it. ``promise`` is when the draft would be due, were it filed
    now, or its case, were what is asked answered now; nothing where no day may be told.
    ``offered`` are the values under a public step that the conversation read last.
    """

    reserved: str
    draft: Draft | None = None
    cases: tuple[CaseView, ...] = ()
    looked: CaseView | Unread | Wait | None = None
    near: tuple[NearCase, ...] = ()
    today: int = 0
    typed: str = ""
    files: tuple[int, ...] = ()
    reader_named: bool = False
    promise: datetime | None = None
    offered: tuple[str, ...] = ()
