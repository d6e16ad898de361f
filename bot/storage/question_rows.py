"""Questions left open as rows, each in its group, as long as their messages are kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation.turn import Unmet
from bot.officials.likeness import key_of
from bot.storage.console_tables import questions
from bot.storage.finished import Finished
from bot.storage.group_rows import Asked, count_asked


async def keep_unmet(connection: AsyncConnection, finished: Sequence[Finished]) -> None:
    """Keep what turns left open, in the caller's transaction; the others cost nothing."""
    left = [(one, one.result.unmet) for one in finished if one.result.unmet is not None]
    if not left:
        return
    asked = [(one, _asked(one, unmet)) for one, unmet in left]
    # In one order everywhere, so that two processes do not wait for each other's groups.
    asked.sort(key=lambda pair: (pair[1].office, pair[1].key))
    rows = [_row(one, kept, await count_asked(connection, kept)) for one, kept in asked]
    await connection.execute(insert(questions), rows)


def _asked(one: Finished, unmet: Unmet) -> Asked:
    return Asked(
        office=one.result.office,
        shape=" ".join(unmet.shape),
        key=key_of(unmet.shape),
        text=unmet.text,
        near=unmet.near,
        channel=one.claimed.message.address.channel,
        at=one.at,
    )


def _row(one: Finished, asked: Asked, group: int) -> dict[str, Any]:
    return {
        "inbox_id": one.claimed.id,
        "group": group,
        "office": asked.office,
        "channel": asked.channel,
        "conversation": one.claimed.message.address.conversation,
        "text": asked.text,
        # When its message came, so that both are forgotten together.
        "asked_at": one.claimed.message.received_at,
    }
