"""Use case: an official speaks with a citizen in the bot's place, as long as they hold the talk.

Each change of who speaks is told to the citizen in one sentence, stored with the change. The
caller rings for it (``announce``) once that is committed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from bot.bell import Bell
from bot.casework.deeds import CLOCKWORK, Acting, acting
from bot.channels.kept import KEPT
from bot.clock import Clock
from bot.messages import Author, CitizenAddress, Reply
from bot.officials.audit import Deed
from bot.officials.models import OfficerId
from bot.officials.talks import LENGTH, TakeOver, Talk
from bot.storage.database import Database
from bot.storage.memory_rows import lock
from bot.storage.outbox_rows import say_to
from bot.storage.takeover_rows import clear, holder_of, let_go, run_out, take

AT_ONCE: Final = 100


async def take_over(
    doing: Acting, talk: Talk, officer: OfficerId, sentence: str, *, lasts: timedelta = LENGTH
) -> TakeOver:
    """Let ``officer`` speak in ``talk`` unless somebody else does; give who does.

    The citizen is told the ``sentence`` when they are new there. From the commit on the bot says
    nothing more, not even what it is working out.
    """
    await lock(doing.connection, talk.address.conversation, doing.now)
    before = await holder_of(doing.connection, talk, doing.now)
    held = await take(doing.connection, talk, officer, doing.now, lasts)
    if held.officer == officer and (before is None or before.officer != officer):
        await _tell(doing, talk, sentence, Author.OFFICE)
        doing.did(_deed("talk_taken", held))
    return held


async def hand_back(doing: Acting, talk: Talk, officer: OfficerId, sentence: str) -> bool:
    """Give a talk back to the bot and tell the citizen; tell whether ``officer`` held it."""
    await lock(doing.connection, talk.address.conversation, doing.now)
    held = await holder_of(doing.connection, talk, doing.now)
    if held is None or not await let_go(doing.connection, talk, officer, doing.now):
        return False
    await _tell(doing, talk, sentence, Author.BOT)
    doing.did(_deed("talk_back", held))
    return True


async def expire(
    database: Database, clock: Clock, bell: Bell, sentence: Callable[[CitizenAddress], str]
) -> int:
    """Give back the talks whose officials said nothing more in time; give their number.

    The bot answers in them from that moment on already; here their citizens are told.
    """
    async with database.reading() as connection:
        ended = await run_out(connection, clock.now(), AT_ONCE)
    told = [(one, sentence(one.talk.address)) for one in ended]
    return sum([await _expire(one, database, clock, bell, words) for one, words in told])


async def _expire(
    ended: TakeOver, database: Database, clock: Clock, bell: Bell, sentence: str
) -> bool:
    address = ended.talk.address
    async with acting(database, clock, CLOCKWORK) as doing:
        await lock(doing.connection, address.conversation, doing.now)
        # Somebody may have spoken, or taken it over, since it was looked for.
        if not await clear(doing.connection, ended.talk, doing.now):
            return False
        await _tell(doing, ended.talk, sentence, Author.BOT)
        doing.did(_deed("talk_expired", ended))
    announce(bell, address)
    return True


def announce(bell: Bell, address: CitizenAddress) -> None:
    """Wake whoever shows a citizen's replies, and who sends them."""
    bell.ring(address.conversation)
    bell.ring(address.channel)


async def _tell(doing: Acting, talk: Talk, sentence: str, author: Author) -> None:
    await say_to(
        doing.connection, talk.address, Reply(sentence), author=author, at=doing.now, kept=KEPT
    )


def _deed(action: str, held: TakeOver) -> Deed:
    after = {"channel": held.talk.address.channel, "officer": held.officer, "until": held.until}
    return Deed(
        action=action,
        office=held.talk.office,
        kind="talk",
        subject=str(held.talk.id),
        after=after,
    )
