"""What turns ask to be done beside replying, done in the transaction that stores them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation.errands import Errand
from bot.storage.finished import Finished
from bot.storage.follow_up_rows import Agreed, agree, withdraw
from bot.storage.officer_chat_rows import run_chat_errands
from bot.storage.standing_rows import add_guest
from bot.storage.subscriber_rows import Joined, choose_topics, opt_out, subscribe
from bot.storage.waiting_rows import Asked, put_waiting
from broadcasts.models import SubscriberStatus


async def run_errands(connection: AsyncConnection, finished: Sequence[Finished]) -> None:
    """Run the errands of ``finished`` turns; those without one cost nothing."""
    wished = [one for one in finished if one.result.errand is Errand.PERSON]
    await put_waiting(connection, list(map(_asked, wished)))
    for one in finished:
        address, agreement = one.claimed.message.address, one.result.agreement
        if one.result.errand is Errand.TELL and agreement is not None:
            await agree(connection, Agreed(address=address, agreement=agreement, at=one.at))
        elif one.result.errand is Errand.UNTELL:
            await withdraw(connection, address)
        elif one.result.errand is Errand.JOIN:
            await add_guest(connection, address.conversation, one.result.office, at=one.at)
        elif one.result.errand is Errand.NEWS:
            await _change_news(connection, one)
    await run_chat_errands(connection, finished)


async def _change_news(connection: AsyncConnection, one: Finished) -> None:
    address, news, agreement = one.claimed.message.address, one.result.news, one.result.agreement
    if news is None:
        return
    if news.status is SubscriberStatus.OPTED_OUT:
        await opt_out(connection, address, one.at)
        return
    if agreement is not None:
        agreed = Joined(
            address=address, office=one.result.office, words=agreement.words, at=one.at
        )
        await subscribe(connection, agreed)
    await choose_topics(connection, address, news.topics, one.at)


def _asked(one: Finished) -> Asked:
    told = one.claimed.message
    return Asked(
        talk=one.claimed.id,
        address=told.address,
        office=one.result.office,
        question=one.result.state.question or told.text,
        at=one.at,
    )
