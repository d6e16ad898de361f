"""Use case: who writes news sees it in their own chats, just as readers will get it."""

from __future__ import annotations

from bot.casework.deeds import Acting
from bot.channels.kept import KEPT
from bot.messages import Author, CitizenAddress, Reply
from bot.newsroom.outlook import outlook
from bot.newsroom.realm import Realm
from bot.newsroom.telling import held, officer_of
from bot.newsroom.wording import words
from bot.officials.audit import Deed
from bot.officials.models import OfficerId
from bot.storage.memory_rows import lock
from bot.storage.officer_chat_rows import chats_of
from bot.storage.outbox_rows import say_to


async def try_out(
    acting: Acting, realm: Realm, number: int, *, site: str
) -> tuple[CitizenAddress, ...]:
    """Send a text as it stands to the chats of who acts, and to nobody else; give which.

    It may be a draft: gaps nobody filled are seen. ``site`` is where everybody reaches us. None
    are given where they have no chat, or none with a message left to answer.

    Raises:
        NoSuchBroadcast: there is none.
    """
    broadcast, version, _ = await held(acting, number)
    seen = await outlook(acting.connection, realm, broadcast, version, site=site)
    chats = await chats_of(acting.connection, OfficerId(officer_of(acting)))
    told = [one.address for one in chats if await _said(acting, one.address, seen.reply)]
    acting.did(
        Deed(
            action="broadcast_tried",
            office=broadcast.office,
            kind="broadcast",
            subject=str(broadcast.id),
            after={"version": version.number, "recipients": len(told)},
        )
    )
    return tuple(told)


async def _said(acting: Acting, address: CitizenAddress, reply: Reply) -> bool:
    """Say first that it is a trial, so that the message itself is as readers get it."""
    await lock(acting.connection, address.conversation, acting.now)
    rows = [
        await say_to(acting.connection, address, one, author=Author.BOT, at=acting.now, kept=KEPT)
        for one in (Reply(words("trial")["head"]), reply)
    ]
    return None not in rows
