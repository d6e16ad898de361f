"""What is kept about who speaks: told, given out, and erased after a word said on purpose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.conversation.desk import Desk, Turn
from bot.conversation.filing.flow import asked
from bot.conversation.filing.presses import deed_button
from bot.conversation.filing.replying import ended, new_draft, result, talk_of
from bot.conversation.filing.talk import Step
from bot.conversation.turn import TurnResult
from bot.feedback.views import Feedback
from bot.feedback.wishes import Data, DataWish, Keep
from bot.messages import MessageKind


def own_data(turn: Turn, desk: Desk) -> TurnResult | None:
    """Answer “dữ liệu của tôi” and “xóa dữ liệu”."""
    if turn.message.kind is not MessageKind.TEXT or turn.state.feedback is None:
        return None
    if desk.filing_words.says("export", turn.words):
        return _shown(turn, desk, turn.state.feedback)
    return erase("", turn, desk) if desk.filing_words.says("erase", turn.words) else None


def _shown(turn: Turn, desk: Desk, feedback: Feedback) -> TurnResult:
    kept = ", ".join(_kept(desk, feedback))
    if not kept:
        return ended(turn, (desk.say("data_nothing"),))
    buttons = tuple(deed_button(desk, deed) for deed in ("export", "erase"))
    return ended(turn, (desk.say("data_what", list=kept),), buttons)


def _kept(desk: Desk, feedback: Feedback) -> Iterator[str]:
    own = sum(one.own for one in feedback.cases)
    followed = sum(one.follows for one in feedback.cases)
    if own:
        yield desk.say("data_cases", count=str(own))
    if followed:
        yield desk.say("data_followed", count=str(followed))
    if feedback.draft is not None and feedback.draft.words:
        yield desk.say("data_draft")


def export(_: str, turn: Turn, desk: Desk) -> TurnResult:
    """Note that a copy is wished."""
    told = desk.say("data_noted", wish=desk.say("data_see"))
    feedback = turn.state.feedback
    kept = (Keep(feedback.draft),) if feedback and feedback.draft else ()
    return ended(turn, (told,), wishes=(Data(DataWish.EXPORT), *kept))


def erase(_: str, turn: Turn, desk: Desk) -> TurnResult:
    """Ask for the word that erases."""
    feedback = turn.state.feedback
    if feedback is None:
        return ended(turn, (desk.say("data_nothing"),))
    before = feedback.draft or new_draft(turn, feedback, Step.ERASING)
    draft = replace(before, step=Step.ERASING, resting=False)
    talk = talk_of(turn, desk, draft)
    if talk is None:
        return ended(turn, (desk.say("data_nothing"),))
    return result(asked(talk), turn)
