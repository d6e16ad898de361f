"""Citizens who are offered choices and what they do about it: their turns, stored."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.channels.kept import KEPT
from bot.conversation.outcomes import Outcome
from bot.conversation.turn import Hit, TurnResult, Unmet
from bot.messages import ChannelName, MessageKind, QuickReply, Reply
from bot.officials.questions import QuestionKind
from bot.storage.database import Database
from bot.storage.finished import Claimed, Finished
from bot.storage.inbox_rows import insert_messages, store_finished
from knowledge.text import words
from tests.conftest import NOON
from tests.factories import a_citizen, a_message
from tests.fakes.questions import ANSWERED, NUMBERS

BIRTH, MARRIAGE = "1.001193", "1.000894"
MADE = (("Đăng ký khai sinh", f"p:{BIRTH}"), ("Đăng ký kết hôn", f"p:{MARRIAGE}"))
NONE = ("Không có mục nào đúng", "none")
BUTTONS = tuple(QuickReply(label, value) for label, value in (*MADE, NONE))
OFFERS = replace(
    ANSWERED,
    outcome=Outcome.CHOICES,
    replies=(Reply("Bạn hỏi về việc nào?", BUTTONS),),
    hits=tuple(Hit(code=value[2:], name=label, score=0.5) for label, value in MADE),
)
TELLS_BIRTH = replace(ANSWERED, procedure=BIRTH)


def none_fits(question: str) -> TurnResult:
    """End the turn in which somebody presses that no choice is right."""
    shape = tuple(sorted(words(question)))
    unmet = Unmet(text=question, shape=shape, kind=QuestionKind.NONE_FITS)
    return replace(ANSWERED, outcome=Outcome.UNANSWERED, unmet=unmet)


async def said(
    database: Database,
    text: str,
    result: TurnResult,
    *,
    after: float = 0,
    user: str = "nam",
    kind: MessageKind = MessageKind.TEXT,
    office: str = "",
    since: datetime = NOON,
    masked: tuple[str, ...] = (),
) -> int:
    """Store what a citizen said ``after`` minutes and how it ended; give its row."""
    at = since + timedelta(minutes=after)
    address = a_citizen(user, ChannelName.WEB)
    plain = a_message(text, external_id=f"o{next(NUMBERS)}", address=address)
    message = replace(plain, kind=kind, received_at=at, masked=masked)
    async with database.writing() as connection:
        (row,) = (await insert_messages(connection, [message])).rows.values()
    ended = replace(result, office=office or result.office)
    claimed = Claimed(id=row, message=message, attempts=0)
    done = Finished(claimed=claimed, result=ended, at=at, took_ms=1)
    async with database.writing() as connection:
        await store_finished(connection, [done], KEPT)
    return row


async def pressed(
    database: Database, value: str, result: TurnResult, *, after: float = 1, user: str = "nam"
) -> int:
    """Store that a citizen pressed a choice."""
    kind = MessageKind.CHOICE
    return await said(database, value, result, after=after, user=user, kind=kind)
