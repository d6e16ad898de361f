"""The list of groups: what its address asks for, its rows, and the same as a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Annotated, Final

from bot.console.actor import Actor
from bot.console.fields import Code
from bot.console.formats import day, moment
from bot.console.lists import Asked
from bot.console.questions.naming import channel_names, hidden_again
from bot.console.slices import SLICE, in_slices
from bot.console.words import say
from bot.console.xlsx import MOST_ROWS, Sheet, Value
from bot.conversation.desk import Desk
from bot.messages import ChannelName
from bot.officials.permissions import Action
from bot.officials.questions import Group, GroupStatus, QuestionKind
from bot.storage.database import Database
from bot.storage.group_lists import ORDERS, Wanted, count_groups, count_open, list_groups
from bot.storage.paging import SIZE, Page

ALL: Final = "all"
SHOWN: Final = (GroupStatus.OPEN, GroupStatus.ANSWERED, GroupStatus.OUT)
COLUMNS: Final = (
    "sample",
    "asked",
    "none_fits",
    "unchosen",
    "refused",
    "wishes",
    "channels",
    "first",
    "last",
    "near",
    "status",
    "office",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedQuestions(Asked):
    """What the list of groups may be asked beside; the open ones are shown first."""

    status: Annotated[str, Code()] = ""
    channel: Annotated[str, Code()] = ""
    kind: Annotated[str, Code()] = ""

    @property
    def order(self) -> str:
        """What the list is sorted by."""
        return self.sort if self.sort in ORDERS else "last"

    def wanted(self, actor: Actor) -> Wanted:
        """Give which groups ``actor`` sees of those asked for."""
        reach = actor.offices(Action.QUESTIONS_SEE)
        if self.office:
            here = {self.office} if actor.may(Action.QUESTIONS_SEE, self.office) else set()
            reach = frozenset(here)
        known = self.status if self.status in set(SHOWN) else GroupStatus.OPEN
        return Wanted(
            offices=reach,
            status=None if self.status == ALL else GroupStatus(known),
            kind=QuestionKind(self.kind) if self.kind in set(QuestionKind) else None,
            every=self.kind == ALL,
            channel=self.channel if self.channel in set(ChannelName) else "",
            first=self.from_,
            last=self.to,
            text=self.text,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A group as the list shows it; ``near`` is the card or guide the bot thought of."""

    group: Group
    sample: str
    channels: str
    near: str
    office: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A page of the list, and how many groups are open in each of its parts."""

    rows: Page[Row]
    open: Mapping[QuestionKind | None, int]


async def read_list(
    database: Database, actor: Actor, asked: AskedQuestions, desk: Desk, now: datetime
) -> Listed:
    """Read a page of the list."""
    wanted = asked.wanted(actor)
    async with database.reading() as connection:
        found = await list_groups(
            connection, wanted, now, order=asked.order, after=asked.page, size=SIZE
        )
        counts = await count_open(connection, wanted.offices)
    return Listed(rows=found.turned(partial(shown, desk=desk)), open=counts)


def shown(group: Group, desk: Desk) -> Row:
    """Give a group as officials see it, masked once more by what is known by now."""
    known = desk.knowledge.offices.get(group.office)
    return Row(
        group=group,
        sample=hidden_again(group.sample),
        channels=channel_names(group.channels),
        near=near_name(group.near, desk),
        office=known.name if known else group.office,
    )


def near_name(ref: str, desk: Desk) -> str:
    """Name the card, guide or hotline of ``ref``; nothing when it is gone."""
    knowledge = desk.knowledge
    if ref in knowledge.procedures:
        return knowledge.procedures[ref].everyday_name
    if ref in knowledge.guides:
        return knowledge.guides[ref].title
    return knowledge.hotlines[ref].name if ref in knowledge.hotlines else ""


def states() -> Sequence[tuple[str, str]]:
    """Give the states to choose from, with their words."""
    return [
        *((str(one), say(f"question_states.{one}")) for one in SHOWN),
        (ALL, say("questions.all")),
    ]


def kinds() -> Sequence[tuple[str, str]]:
    """Give the kinds to choose from, with their words."""
    return [
        *((str(one), say(f"question_kinds.{one}")) for one in QuestionKind),
        (ALL, say("questions.all_kinds")),
    ]


def sorts() -> Sequence[tuple[str, str]]:
    """Give the orders to choose from, with their words."""
    return [(one, say(f"question_orders.{one}")) for one in ORDERS]


async def read_sheet(
    database: Database, actor: Actor, asked: AskedQuestions, desk: Desk, now: datetime
) -> tuple[Sheet, int]:
    """Give the whole list as a spreadsheet, and how many rows it has."""
    wanted = asked.wanted(actor)

    async def read(after: str) -> Page[Group]:
        async with database.reading() as connection:
            return await list_groups(
                connection, wanted, now, order=asked.order, after=after, size=SLICE
            )

    async with database.reading() as connection:
        count = await count_groups(connection, wanted)
    conditions = [
        *_conditions(asked),
        (say("questions.taken_by"), actor.officer.name),
        (say("questions.taken_at"), moment(now)),
    ]
    sheet = Sheet(
        title=say("questions.title"),
        headings=[say(f"questions.{name}") for name in COLUMNS],
        # Masking so many takes seconds: it is done where the book is written, beside the loop.
        rows=(_cells(shown(group, desk)) for group in in_slices(read)),
        conditions=conditions,
    )
    return sheet, min(count, MOST_ROWS)


def _cells(row: Row) -> Sequence[Value]:
    group = row.group
    return (
        row.sample,
        group.asked,
        group.none_fits,
        group.unchosen,
        group.refused,
        group.wishes,
        row.channels,
        group.first_at,
        group.last_at,
        row.near,
        say(f"question_states.{group.status}"),
        row.office,
    )


def _conditions(asked: AskedQuestions) -> Iterator[tuple[str, str]]:
    words: Mapping[str, str] = {
        "office": say("lists.office"), "from": say("lists.from"), "to": say("lists.to"),
        "text": say("lists.text"), "status": say("lists.status"), "channel": say("lists.channel"),
        "kind": say("questions.kind"),
    }  # fmt: skip
    for name, value in asked.query().items():
        if name in words:
            yield words[name], day(value) if name in ("from", "to") else value
