"""Use case: officers put groups of questions in order: joined, taken apart, masked, reopened.

What they decide is not undone by the comparing of new questions: see ``grouping``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from bot.casework.answering import (
    AnsweredMeanwhile,
    HeldBy,
    NoSuchGroup,
    deed_of,
    locked,
    officer_of,
    refusal,
)
from bot.casework.deeds import Acting
from bot.officials.likeness import key_of
from bot.officials.questions import Group, GroupStatus
from bot.privacy import PersonalData
from bot.storage import group_rows, merging_rows, question_rows
from bot.storage.merging_rows import Taken
from bot.storage.question_rows import KeptQuestion

# What an officer hid stands as this.
HIDDEN: Final = "[…]"
# A group's questions that are looked through for those asked alike.
MEMBERS: Final = 500
Refused = AnsweredMeanwhile | HeldBy
ShapeOf = Callable[[str], tuple[str, ...]]


class NoSuchQuestion(LookupError):
    """The question is not, or no longer, in the group."""


async def join(acting: Acting, one: int, into: int) -> Refused | None:
    """Join a group to another of the same office; give why not.

    Raises:
        NoSuchGroup: one of them is not there, or it is of another office, or the same.
    """
    officer = officer_of(acting)
    groups = await group_rows.lock_groups(acting.connection, {one, into}, acting.now)
    if len({one, into} & groups.keys()) < 2 or groups[one].office != groups[into].office:  # noqa: PLR2004 - a group is joined to another
        raise NoSuchGroup(one)
    for group in (groups[one], groups[into]):
        if refused := refusal(group, officer):
            return refused
    await merging_rows.merge(acting.connection, groups[one], groups[into])
    deed = deed_of("question_joined", groups[one])
    acting.did(replace(deed, after={"into": into, "count": groups[one].asked}))
    return None


async def split(acting: Acting, group: int, question: int, shape_of: ShapeOf) -> int | Refused:
    """Take a question, and those asked in the same words, out of a group; give their own.

    ``shape_of`` tells the shape of a text: what was joined to the group is let go again.

    Raises:
        NoSuchGroup: there is no such group.
        NoSuchQuestion: the question is not in it, or it is its only one.
    """
    known = await locked(acting, group)
    if refused := refusal(known, officer_of(acting)):
        return refused
    members = await question_rows.questions_of(acting.connection, group, MEMBERS)
    meant = next((one for one in members if one.inbox_id == question), None)
    alike = [one for one in members if meant and _words(one) == _words(meant)]
    if meant is None or len(alike) == len(members):
        raise NoSuchQuestion(question)
    own = await _apart(acting, known, alike, shape_of)
    deed = deed_of("question_split", known)
    acting.did(replace(deed, after={"into": own, "count": len(alike)}))
    return own


def _words(one: KeptQuestion) -> str:
    return " ".join(one.text.casefold().split())


async def _apart(
    acting: Acting, group: Group, alike: Sequence[KeptQuestion], shape_of: ShapeOf
) -> int:
    counts = Counter(name for one in alike for name in group_rows.counted_as(one.kind))
    taken = Taken(rows=[one.inbox_id for one in alike], counts=counts, sample=alike[0].text)
    key = key_of(shape_of(alike[0].text))
    before = await merging_rows.merged_before(acting.connection, group, key)
    if before is None:
        return await merging_rows.part(acting.connection, group, taken)
    await merging_rows.revive(acting.connection, before, group, taken)
    return before


async def mask(acting: Acting, group: int, question: int, words: str) -> bool:
    """Hide ``words`` wherever a question is kept; tell whether it holds them.

    Raises:
        NoSuchGroup: there is no such group.
        NoSuchQuestion: the question is not in it.
    """
    known, meant = await _member(acting, group, question)
    if not words.strip() or words not in meant.text:
        return False
    await _hide(acting, known, meant, meant.text.replace(words, HIDDEN))
    return True


async def seal(acting: Acting, group: int, question: int) -> None:
    """Hide the whole of a question that may denounce somebody; its group keeps no word of it.

    Raises:
        NoSuchGroup: there is no such group.
        NoSuchQuestion: the question is not in it.
    """
    known, meant = await _member(acting, group, question)
    await _hide(acting, known, meant, PersonalData.DENUNCIATION.mark)


async def _member(acting: Acting, group: int, question: int) -> tuple[Group, KeptQuestion]:
    known = await locked(acting, group)
    meant = await question_rows.find_question(acting.connection, question)
    if meant is None or meant.group != group:
        raise NoSuchQuestion(question)
    return known, meant


async def _hide(acting: Acting, group: Group, meant: KeptQuestion, text: str) -> None:
    await question_rows.rewrite(acting.connection, meant, text)
    if group.sample == meant.text:
        await question_rows.rewrite_sample(acting.connection, group.id, text)
    acting.did(deed_of("question_masked", group))


async def reopen(acting: Acting, group: int) -> bool:
    """Put an answered group, or one out of scope, back among the open; tell whether it was one.

    Raises:
        NoSuchGroup: there is no such group.
    """
    known = await locked(acting, group)
    if known.status not in (GroupStatus.ANSWERED, GroupStatus.OUT):
        return False
    await group_rows.set_status(acting.connection, group, GroupStatus.OPEN)
    deed = deed_of("question_reopened", known)
    acting.did(replace(deed, before={"status": str(known.status)}))
    return True
