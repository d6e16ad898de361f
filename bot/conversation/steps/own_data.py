"""What is kept about who speaks: given out, and erased after a word said on purpose.

What came of it is said where it is done (``bot.handling.own``), so these turns say nothing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.conversation.desk import Desk, Turn
from bot.conversation.filing.flow import asked
from bot.conversation.filing.presses import deed_button
from bot.conversation.filing.replying import ended, live, new_draft, result, talk_of
from bot.conversation.filing.talk import Step
from bot.conversation.turn import TurnResult
from bot.feedback.wishes import Copy, Data, DataWish, Keep, Wish
from bot.messages import MessageKind, QuickReply

# What can be pressed below a copy.
OFFERED: Final = ("paper", "erase")


def own_data(turn: Turn, desk: Desk) -> TurnResult | None:
    """Answer “dữ liệu của tôi” and “xóa dữ liệu”."""
    if turn.message.kind is not MessageKind.TEXT:
        return None
    if desk.filing_words.says("export", turn.words):
        return export("", turn, desk)
    return erase("", turn, desk) if desk.filing_words.says("erase", turn.words) else None


def export(_: str, turn: Turn, desk: Desk) -> TurnResult | None:
    """Give a copy at once; a number typed next chooses one of the buttons below it."""
    offered = tuple(deed_button(desk, deed) for deed in OFFERED)
    return _wished(turn, desk, Copy(), offered)


def paper(_: str, turn: Turn, desk: Desk) -> TurnResult | None:
    """Have the office hand over a copy."""
    return _wished(turn, desk, Data(DataWish.EXPORT))


def _wished(
    turn: Turn, desk: Desk, wish: Wish, offered: tuple[QuickReply, ...] = ()
) -> TurnResult | None:
    if turn.state.feedback is None:
        return None
    draft = live(turn)
    if draft is None:
        return ended(turn, (), offered, (wish,))
    rests = Keep(replace(draft, resting=True))
    return ended(turn, (desk.say("feedback_aside"),), wishes=(rests, wish))


def erase(_: str, turn: Turn, desk: Desk) -> TurnResult | None:
    """Tell what is erased and what is not, and ask for the word that erases."""
    feedback = turn.state.feedback
    if feedback is None:
        return None
    before = feedback.draft or new_draft(turn, feedback, Step.ERASING)
    draft = replace(before, step=Step.ERASING, resting=False)
    talk = talk_of(turn, desk, draft)
    return result(asked(talk), turn) if talk else None
