"""Until when an office answers a case, by its limits; and which limit says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.feedback.limits import Grade, Limit, Limits, Step
from bot.feedback.terms import end_of_term
from bot.feedback.working import WorkingTime


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What the limits of a case hang on; one that is reopened is received anew."""

    regime: str
    topic: str
    grade: Grade
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """When the answer is due by the limit ``rule``; ``told`` says whether citizens may hear it.

    ``end`` is missing where the office has told no hours, or does not work again.
    """

    rule: str
    end: datetime | None
    told: bool


def promised(time: WorkingTime | None, limits: Limits, matter: Matter) -> Promise | None:
    """Give until when a case is answered; nothing when there is no limit, as for praise.

    A limit that runs from acceptance runs from the last moment at which the case may be accepted:
    a citizen is told one day, at once, and it does not move with who takes the case up and when.
    """
    answer = limits.find(Step.ANSWERED, matter.regime, matter.topic, matter.grade)
    if answer is None:
        return None
    accept = _acceptance(limits, matter) if answer.begins is Step.ACCEPTED else None
    begin = _end(time, matter.received_at, accept) if accept else matter.received_at
    return Promise(
        rule=answer.id,
        end=_end(time, begin, answer) if begin else None,
        told=limits.is_told(answer.id),
    )


def _acceptance(limits: Limits, matter: Matter) -> Limit | None:
    return limits.find(Step.ACCEPTED, matter.regime, matter.topic, matter.grade)


def _end(time: WorkingTime | None, begin: datetime, limit: Limit) -> datetime | None:
    return end_of_term(time, begin, limit.number, limit.unit) if time else None
