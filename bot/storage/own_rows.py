"""All rows that tell of one conversation: what a copy for its owner is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Row, Select, Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messages import CitizenAddress
from bot.storage.broadcast_tables import subscriber_topics, subscribers
from bot.storage.console_tables import follow_ups, questions
from bot.storage.feedback_person_tables import consents, data_wishes, drafts
from bot.storage.feedback_tables import cases, events, followers
from bot.storage.photo_rows import StoredPhoto, photos_brought
from bot.storage.tables import inbox, outbox

# The newest of each; a citizen who has more is told so.
MOST: Final = 2_000
Rows = Sequence[Row[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRows:
    """What tells of one conversation, oldest first; sealed values are still sealed.

    Of events only public ones: what officers note for themselves is no citizen's data. What was
    sealed as a denunciation is not here: nobody but its reader opens it.
    """

    cases: Rows
    events: Rows
    photos: Sequence[StoredPhoto]
    followed: Rows
    consents: Rows
    draft: Row[Any] | None
    said: Rows
    replies: Rows
    news: Rows
    awaited: Rows
    wishes: Rows


async def own_rows(
    connection: AsyncConnection, address: CitizenAddress, person_digest: str
) -> OwnRows:
    """Read all that is kept of who speaks from ``address``."""
    talk = address.conversation

    async def found(wanted: Select[Any]) -> Rows:
        return list(await connection.execute(wanted.limit(MOST)))

    mine = select(cases.c.id).where(cases.c.conversation == talk)
    written = await found(select(drafts).where(drafts.c.conversation == talk))
    return OwnRows(
        cases=await found(_of_talk(cases, talk)),
        events=await found(_events(mine)),
        photos=await photos_brought(connection, talk, mine),
        followed=await found(_followed(talk)),
        consents=await found(
            select(consents)
            .where(consents.c.person_digest == person_digest)
            .order_by(consents.c.id)
        ),
        draft=next(iter(written), None),
        said=await found(_of_talk(inbox, talk)),
        replies=await found(_of_talk(outbox, talk)),
        news=await found(_news(address)),
        awaited=await found(_awaited(talk)),
        wishes=await found(_of_talk(data_wishes, talk)),
    )


def _of_talk(table: Table, talk: str) -> Select[Any]:
    return select(table).where(table.c.conversation == talk).order_by(table.c.id)


def _events(mine: Select[Any]) -> Select[Any]:
    public = (events.c.case.in_(mine), events.c.public)
    return select(events).where(*public).order_by(events.c.case, events.c.version)


def _followed(talk: str) -> Select[Any]:
    return (
        select(cases.c.reference, followers.c.since)
        .join(cases, cases.c.id == followers.c.case)
        .where(followers.c.conversation == talk)
        .order_by(followers.c.since)
    )


def _awaited(talk: str) -> Select[Any]:
    return (
        select(questions.c.text, follow_ups.c.agreed_at)
        .join(questions, questions.c.inbox_id == follow_ups.c.inbox_id)
        .where(follow_ups.c.conversation == talk)
    )


def _news(address: CitizenAddress) -> Select[Any]:
    here = (subscribers.c.channel == address.channel, subscribers.c.address == address.user_id)
    return (
        select(subscribers, subscriber_topics.c.topic)
        .outerjoin(subscriber_topics, subscriber_topics.c.subscriber == subscribers.c.id)
        .where(*here)
    )
