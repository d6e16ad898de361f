"""Use case: an officer answers a group of questions once, and it goes back to who waits for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.casework.deeds import Acting
from bot.casework.telling import Teller, Told
from bot.officials.audit import Deed
from bot.officials.models import OfficerId
from bot.officials.questions import AnswerKind, AnswerWords, Group, GroupStatus
from bot.storage import answer_rows, group_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The answer is stored, and this many were told."""

    answer: int
    told: Told


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredMeanwhile:
    """Somebody else was quicker: nothing was stored, nobody was told."""

    group: Group


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBy:
    """Somebody else works on the group until then."""

    officer: OfficerId
    until: datetime


class NoSuchGroup(LookupError):
    """The group is not there any more."""


async def answer(
    acting: Acting, group: int, words: AnswerWords, teller: Teller, *, reason: str = ""
) -> Answered | AnsweredMeanwhile | HeldBy:
    """Answer a group as the acting officer, and tell the first who wait; the clock tells the rest.

    Two who answer at once: one does, the other is told so. The ``reason`` is for colleagues: the
    audit keeps it, and no citizen reads it.

    Raises:
        NoSuchGroup: there is no such group.
    """
    officer = officer_of(acting)
    known = await locked(acting, group)
    refused = refusal(known, officer)
    if refused is not None:
        return refused
    number = await answer_rows.add_answer(
        acting.connection, known, words, officer=officer, at=acting.now
    )
    status = GroupStatus.OUT if words.kind is AnswerKind.OUT else GroupStatus.ANSWERED
    await group_rows.set_status(acting.connection, group, status, at=acting.now)
    told = await teller.tell(acting.connection, group, known.office, acting.now)
    acting.did(replace(_deed(known, words, told), note=reason))
    return Answered(answer=number, told=told)


def _deed(group: Group, words: AnswerWords, told: Told) -> Deed:
    out = words.kind is AnswerKind.OUT
    after = {
        "kind": str(words.kind),
        "answer": words.text,
        "ref": words.ref,
        "change": words.change,
        "told": told.now,
        "later": told.later,
    }
    return replace(
        deed_of("question_out" if out else "question_answered", group),
        before={"status": str(group.status)},
        after={name: value for name, value in after.items() if value not in ("", None)},
    )


async def claim(acting: Acting, group: int) -> HeldBy | None:
    """Keep a group to the acting officer for some minutes; give who else has it.

    Raises:
        NoSuchGroup: there is no such group.
    """
    officer, known = officer_of(acting), await locked(acting, group)
    if not await group_rows.claim(acting.connection, group, officer, acting.now):
        return held(known, officer)
    acting.did(deed_of("question_claimed", known))
    return None


async def release(acting: Acting, group: int) -> None:
    """Give back what the acting officer keeps to themselves."""
    await group_rows.release(acting.connection, group, officer_of(acting))


def refusal(group: Group, officer: OfficerId) -> AnsweredMeanwhile | HeldBy | None:
    """Tell why ``officer`` may not change ``group`` now, if so."""
    if group.status is not GroupStatus.OPEN:
        return AnsweredMeanwhile(group=group)
    return held(group, officer)


def held(group: Group, officer: OfficerId) -> HeldBy | None:
    """Tell who else works on ``group``, if anybody."""
    if group.held_by in (None, officer) or group.held_until is None:
        return None
    return HeldBy(officer=OfficerId(group.held_by or 0), until=group.held_until)


async def locked(acting: Acting, group: int) -> Group:
    """Give a group, locked until the transaction ends.

    Raises:
        NoSuchGroup: there is no such group.
    """
    found = await group_rows.lock_groups(acting.connection, [group], acting.now)
    if group not in found:
        raise NoSuchGroup(group)
    return found[group]


def officer_of(acting: Acting) -> OfficerId:
    """Give the account that acts; questions are answered by people alone."""
    if acting.by.officer is None:
        raise PermissionError("an officer answers, no command and no clock")
    return OfficerId(acting.by.officer)


def deed_of(action: str, group: Group) -> Deed:
    """Begin what the audit remembers of an act upon ``group``."""
    return Deed(action=action, office=group.office, kind="question", subject=str(group.id))
