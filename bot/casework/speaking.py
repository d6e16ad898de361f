"""Use case: an official says something in a talk they hold."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from bot.casework.deeds import Acting
from bot.channels.kept import KEPT
from bot.messages import Author, Reply
from bot.officials.audit import Deed
from bot.officials.models import OfficerId
from bot.officials.talks import LENGTH, Talk
from bot.storage.memory_rows import lock
from bot.storage.once_rows import taken_first
from bot.storage.outbox_rows import say_to
from bot.storage.takeover_rows import prolong

# Given instead of a row where the same form had been sent before.
SAID_BEFORE: Final = 0


async def speak(
    doing: Acting,
    talk: Talk,
    officer: OfficerId,
    text: str,
    *,
    once: str,
    lasts: timedelta = LENGTH,
) -> int | None:
    """Put an official's words into the outbox; the talk is held for what it ``lasts`` from now.

    Gives the row, or nothing when the official holds the talk no longer: nothing is said then.
    What was sent twice in one talk, with the same token ``once``, is said once.
    """
    await lock(doing.connection, talk.address.conversation, doing.now)
    if not await prolong(doing.connection, talk, officer, doing.now, lasts):
        return None
    if not await taken_first(
        doing.connection, f"{talk.address.conversation}.{once}", at=doing.now
    ):
        return SAID_BEFORE
    row = await say_to(
        doing.connection,
        talk.address,
        Reply(text),
        author=Author.OFFICER,
        at=doing.now,
        kept=KEPT,
    )
    # What was said stands in the outbox; the audit tells only that it was.
    doing.did(
        Deed(
            action="talk_said",
            office=talk.office,
            kind="talk",
            subject=str(talk.id),
            after={"channel": talk.address.channel, "outbox": row},
        )
    )
    return row
