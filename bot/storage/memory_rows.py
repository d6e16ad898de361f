"""What each conversation remembers, as rows; who locks one keeps others from speaking in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import false, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation.held import silenced
from bot.conversation.state import from_json, to_json
from bot.conversation.turn import ConversationState
from bot.storage.finished import Finished
from bot.storage.subscriber_rows import subscriptions
from bot.storage.tables import conversations
from bot.storage.takeover_rows import held
from bot.storage.upserts import in_each, insert_into
from bot.storage.zalo_people_rows import paused

_NOTHING_YET: Final = to_json(ConversationState())
# Makes the row, or locks the one that is there: a server locks it although nothing is changed.
# https://www.postgresql.org/docs/current/sql-insert.html#SQL-ON-CONFLICT
_LOCK: Final = in_each(
    conversations,
    lambda fresh: fresh.on_conflict_do_update(
        index_elements=["conversation"],
        set_={"updated_at": conversations.c.updated_at},
        where=false(),
    ),
)


async def load_states(
    connection: AsyncConnection, keys: Iterable[str]
) -> dict[str, ConversationState]:
    """Give the memory of each conversation that has one, with the news its address receives."""
    wanted = list(keys)
    rows = await connection.execute(
        select(conversations.c.conversation, conversations.c.state).where(
            conversations.c.conversation.in_(wanted)
        )
    )
    states = {row.conversation: from_json(row.state) for row in rows}
    for key, news in (await subscriptions(connection, wanted)).items():
        states[key] = replace(states.get(key, ConversationState()), news=news)
    return states


async def remember_unless_held(
    connection: AsyncConnection, answered: Sequence[Finished]
) -> Sequence[Finished]:
    """Write what conversations remember; give the turns without what officials say instead.

    Writing locks each conversation, so that none is taken over between here and the commit. At
    Zalo's own desk officials speak, too.
    """
    await _remember(connection, answered)
    now = max(one.at for one in answered)
    addresses = [one.claimed.message.address for one in answered]
    silent = await held(connection, now) | await paused(connection, addresses, now)
    if not any(_key(one) in silent for one in answered):
        return answered
    told = [_silenced(one) if _key(one) in silent else one for one in answered]
    await _remember(connection, told)
    return told


def _key(one: Finished) -> str:
    return one.claimed.message.address.conversation


def _silenced(one: Finished) -> Finished:
    return replace(one, result=silenced(one.result, one.claimed.message, one.before), held=True)


async def _remember(connection: AsyncConnection, finished: Sequence[Finished]) -> None:
    rows = [
        {"conversation": _key(one), "state": to_json(one.result.state), "updated_at": one.at}
        # In one order everywhere, so that no two wait for each other.
        for one in sorted(finished, key=_key)
    ]
    upsert = insert_into(conversations, connection.dialect)
    await connection.execute(
        upsert.on_conflict_do_update(
            index_elements=["conversation"],
            set_={"state": upsert.excluded.state, "updated_at": upsert.excluded.updated_at},
        ),
        rows,
    )


async def lock(connection: AsyncConnection, conversation: str, now: datetime) -> None:
    """Keep everybody else from writing in a conversation until the transaction ends."""
    fresh = {"conversation": conversation, "state": _NOTHING_YET, "updated_at": now}
    await connection.execute(_LOCK[connection.dialect.name], fresh)
