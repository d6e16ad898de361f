"""One group of questions as the work screen shows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.formats import number
from bot.console.keys import CONSOLE
from bot.console.questions.aliasing import without_hidden
from bot.console.questions.listing import near_name
from bot.console.questions.naming import channel_names, hidden_again
from bot.console.resolvers import number_in
from bot.console.routing import Found, NotThere
from bot.console.words import say
from bot.conversation.desk import Desk
from bot.officials.likeness import Rarity, likeness
from bot.officials.questions import Answer, FollowUpStatus, Group, QuestionKind, Reach
from bot.storage.answer_rows import answers_of
from bot.storage.database import Database
from bot.storage.group_lists import relatives
from bot.storage.group_rows import find_group
from bot.storage.officer_rows import find_officer
from bot.storage.question_rows import KeptQuestion, find_question, questions_of
from bot.storage.tables import OutboxStatus
from bot.storage.telling_rows import reach_of

SHOWN: Final = 50
OFFERED: Final = 8
# What is less like it shares but a word that many questions have.
SOMEWHAT_ALIKE: Final = 0.2
# Digits of a group's or a question's number.
LOST: Final = (OutboxStatus.FAILED, OutboxStatus.UNCERTAIN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One question of the group, for reading; ``wish`` is what became of who wants to be told."""

    number: int
    group: int
    office: str
    text: str
    channel: str
    asked_at: datetime
    kind: str
    wish: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Relative:
    """Another open group that may ask the same."""

    number: int
    sample: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """Everything the work screen of a group shows.

    ``plain`` is the sample without what was hidden in it; ``holder`` names who else works on the
    group, ``mine`` tells that the officer does.
    """

    group: Group
    sample: str
    plain: str
    office: str
    near: str
    channels: str
    counts: Sequence[tuple[str, str]]
    members: Sequence[Member]
    answers: Sequence[Answer]
    relatives: Sequence[Relative]
    reach: Sequence[tuple[str, str]]
    holder: str
    mine: bool


async def group_in_path(request: web.Request) -> Found:
    """Find the group of ``{group}``."""
    told = number_in(request.match_info["group"])
    house = request.app[CONSOLE]
    async with house.database.reading() as connection:
        group = await find_group(connection, told, house.clock.now())
    if group is None:
        raise NotThere
    return Found(office=group.office, thing=group)


async def question_in_path(request: web.Request) -> Found:
    """Find the question of ``{question}``, as officials may read it."""
    told = number_in(request.match_info["question"])
    async with request.app[CONSOLE].database.reading() as connection:
        question = await find_question(connection, told)
    if question is None:
        raise NotThere
    return Found(office=question.office, thing=_member(question))


async def read_screen(
    database: Database, actor: Actor, group: Group, desk: Desk, now: datetime
) -> Screen:
    """Read what there is to see of ``group``."""
    other = group.held_by if group.held_by != actor.officer.id else None
    async with database.reading() as connection:
        members = await questions_of(connection, group.id, SHOWN)
        answers = await answers_of(connection, group.id)
        akin = await relatives(connection, group, now)
        reach = await reach_of(connection, group.id)
        holder = await find_officer(connection, other) if other else None
    known = desk.knowledge.offices.get(group.office)
    return Screen(
        group=group,
        sample=hidden_again(group.sample),
        plain=without_hidden(group.sample),
        office=known.name if known else "",
        near=near_name(group.near, desk),
        channels=channel_names(group.channels),
        counts=_counts(group),
        members=[_member(one) for one in members],
        answers=answers,
        relatives=_likeliest(group, akin, desk.knowledge.index.rarity),
        reach=_told_of(reach),
        holder=holder.name if holder else "",
        mine=group.held_by == actor.officer.id,
    )


def _counts(group: Group) -> list[tuple[str, str]]:
    """Give how often each kind was asked, of those that were."""
    counts = {
        QuestionKind.UNANSWERED: group.unanswered,
        QuestionKind.NONE_FITS: group.none_fits,
        QuestionKind.UNCHOSEN: group.unchosen,
        QuestionKind.REFUSED: group.refused,
    }
    return [
        (say(f"question_kinds.{kind}"), number(count)) for kind, count in counts.items() if count
    ]


def _told_of(reach: Mapping[Reach, Mapping[str, int]]) -> list[tuple[str, str]]:
    """Give whom the answer reached and whom not, by channel; what is nobody's case is left out."""
    return [
        (
            say(f"reach.{how}"),
            ", ".join(
                f"{channel_names([channel])} {number(people)}"
                for channel, people in reach[how].items()
            ),
        )
        for how in Reach
        if how in reach
    ]


def _member(one: KeptQuestion) -> Member:
    return Member(
        number=one.inbox_id,
        group=one.group,
        office=one.office,
        text=hidden_again(one.text),
        channel=channel_names([one.channel]),
        asked_at=one.asked_at,
        kind=one.kind,
        wish=_wish(one),
    )


def _wish(one: KeptQuestion) -> str:
    """Tell what became of who asked: nothing, waiting, later, told, or lost on the way."""
    if one.wish is None:
        return ""
    lost = one.wish is FollowUpStatus.TOLD and one.sent in LOST
    return "lost" if lost else str(one.wish)


def _likeliest(group: Group, others: Iterable[Group], rarity: Rarity) -> Sequence[Relative]:
    near = [(likeness(group.shape, one.shape, rarity), one) for one in others]
    ranked = sorted(
        (
            (found, one)
            for found, one in near
            if found >= SOMEWHAT_ALIKE or (one.near and one.near == group.near)
        ),
        key=lambda pair: (-pair[0], -pair[1].asked, pair[1].id),
    )
    return [
        Relative(number=one.id, sample=hidden_again(one.sample)) for _, one in ranked[:OFFERED]
    ]
