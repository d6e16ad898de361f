"""Use case: an official says something in a talk they hold."""

from __future__ import annotations

from bot.casework.deeds import Acting
from bot.channels.kept import KEPT
from bot.messages import Author, Reply
from bot.officials.audit import Deed
from bot.officials.models import OfficerId
from bot.officials.talks import LENGTH, Talk
from bot.storage.memory_rows import lock
from bot.storage.outbox_rows import say_to
from bot.storage.takeover_rows import prolong


async def speak(doing: Acting, talk: Talk, officer: OfficerId, text: str) -> int | None:
    """Put an official's words into the outbox and hold the talk for ``LENGTH`` from now.

    Gives the row, or nothing when the official holds the talk no longer: nothing is said then.
    """
    await lock(doing.connection, talk.address.conversation, doing.now)
    if not await prolong(doing.connection, talk, officer, doing.now, LENGTH):
        return None
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
