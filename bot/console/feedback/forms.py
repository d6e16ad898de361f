"""What officers fill in to move a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final

from bot.console.fields import (
    Code,
    Day,
    Line,
    Number,
    OneOf,
    Reason,
    Sent,
    Several,
    Ticked,
    Upload,
    Words,
)
from bot.feedback.kinds import Kind
from bot.feedback.limits import Grade
from bot.feedback.models import Result
from bot.feedback.reference import Unread, read_reference

LONGEST: Final = 4_000
NUMBER: Final = r"[0-9]{1,18}"
# More files than an answer takes are told apart by name, not refused as a whole.
MOST_SENT: Final = 20
# A unit, or an officer of one.
POST: Final = r"u[0-9]{1,18}(?:o[0-9]{1,18})?"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimForm:
    """Writing in a case alone for a while; ``over`` whoever does now."""

    over: Annotated[bool, Ticked()] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoForm:
    """Which photo of a case is opened."""

    photo: Annotated[str, Code(shape=NUMBER)]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileForm:
    """Which file of an answer is opened."""

    file: Annotated[str, Code(shape=NUMBER)]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignForm:
    """Who a case is given to; ``post`` is a unit, or an officer of one."""

    post: Annotated[str, Code(shape=POST)]
    reason: Annotated[str, Words(0, 500)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplainedForm:
    """Whom a case complains of: a unit, or an officer of one; and how that is known."""

    of: Annotated[str, Code(shape=POST)]
    reason: Annotated[str, Reason()]


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferForm:
    """To which office of ours a case goes, and why."""

    to: Annotated[str, Code()]
    reason: Annotated[str, Reason()]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOnForm:
    """To whom outside a case goes, how they are reached, and why."""

    body: Annotated[str, Line(3, 200)]
    contact: Annotated[str, Line(3, 300)]
    reason: Annotated[str, Reason()]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsForm:
    """A question, a note, what somebody said on the telephone."""

    words: Annotated[str, Words(2, 2_000)]


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseForm:
    """Why a case is not handled, and what can be done instead."""

    code: Annotated[str, Code()]
    words: Annotated[str, Words(5, 2_000)]


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeForm:
    """With which case one is answered, by its reference."""

    main: Annotated[str, Line(1, 40)]

    @property
    def reference(self) -> str:
        """The reference as it is stored; empty when it is none."""
        read = read_reference(self.main)
        return "" if isinstance(read, Unread) else read


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeForm:
    """How hard or pressing a case is, and why."""

    grade: Annotated[Grade, OneOf(Grade)]
    reason: Annotated[str, Reason()]


@dataclass(frozen=True, slots=True, kw_only=True)
class KindForm:
    """What a case is, what it is about, and why."""

    kind: Annotated[Kind, OneOf(Kind)]
    topic: Annotated[str, Code()]
    reason: Annotated[str, Reason()]


@dataclass(frozen=True, slots=True, kw_only=True)
class DueForm:
    """Until when it is answered instead, and why; the citizen hears both."""

    day: Annotated[date, Day()]
    reason: Annotated[str, Reason()]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerForm:
    """What is answered; ``code`` says why where nothing could be done.

    ``send`` says which button was pressed: keep it, lay it before who signs, or give it. ``files``
    go with it; those in ``drop`` were chosen before and do not.
    """

    result: Annotated[Result, OneOf(Result)]
    text: Annotated[str, Words(5, LONGEST)]
    code: Annotated[str, Code()] = ""
    send: Annotated[str, Code(shape="keep|submit|give")] = "keep"
    files: Annotated[tuple[Sent, ...], Several(Upload(), most=MOST_SENT)] = ()
    drop: Annotated[tuple[str, ...], Several(Code(shape=NUMBER))] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveForm:
    """Which version of a submitted answer was read."""

    version: Annotated[int, Number(1)]
