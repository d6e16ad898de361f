"""The buttons of feedback, pressed or chosen by number: of drafts, cases and ways on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from bot.conversation.desk import Desk, Turn
from bot.conversation.filing import flow
from bot.conversation.filing.hearing import OPEN
from bot.conversation.filing.offers import taken
from bot.conversation.filing.presses import Press, deed_of, mark_of, press_of
from bot.conversation.filing.replying import ended, result, talk_of
from bot.conversation.filing.talk import Talk
from bot.conversation.steps import command, feedback, lookup, own_data, ways
from bot.conversation.steps.filing import told_at
from bot.conversation.turn import TurnResult
from bot.feedback import presses
from bot.feedback.reference import shown as shown_reference
from bot.feedback.wishes import Keep
from bot.messages import MessageKind

Deed = Callable[[str, Turn, Desk], TurnResult | None]
DEEDS: Final[Mapping[str, Deed]] = {
    "open": feedback.opened,
    "begin": feedback.begin,
    "this": feedback.begin,
    "kinds": feedback.kinds,
    "leave": feedback.leave,
    "resume": feedback.resume,
    "drop": feedback.drop,
    "report": feedback.report,
    "report_ask": ways.report_asked,
    "not_one": feedback.opened,
    "way": ways.page,
    "lookup": lookup.inquired,
    "mine": lookup.mine,
    "export": own_data.export,
    "paper": own_data.paper,
    "erase": own_data.erase,
}


def pressed(turn: Turn, desk: Desk) -> TurnResult | None:
    """Do what a button of feedback says, pressed or chosen by its number, old or new."""
    value = command.chosen(turn) or taken(turn, desk)
    if press := press_of(value):
        # “Ba” may be somebody's name, “hai” a part of an answer.
        if turn.message.kind is MessageKind.TEXT and not _is_number(turn) and press.step in OPEN:
            return None
        return _of_draft(press, turn, desk)
    deed = deed_of(value)
    if deed is None:
        return _of_case(value, turn, desk)
    name, of = deed
    known = DEEDS.get(name)
    return known(of, turn, desk) if known else lookup.acted(name, of, turn, desk)


def _of_case(value: str, turn: Turn, desk: Desk) -> TurnResult | None:
    """Do what a button under something told of a case says."""
    if level := presses.rated(value):
        return lookup.rated(*level, turn, desk)
    if (case := presses.reopened(value)) is not None:
        return lookup.acted("reopen", str(case), turn, desk)
    said = presses.published(value)
    return lookup.published(*said, turn, desk) if said else None


def _is_number(turn: Turn) -> bool:
    return "".join(turn.words).isdecimal()


def _of_draft(press: Press, turn: Turn, desk: Desk) -> TurnResult:
    """Take a press at the question that stands; one of an old message changes nothing."""
    talk = talk_of(turn, desk)
    if talk is None or mark_of(talk.draft.reference) != press.mark:
        return _old_press(press, turn, desk, talk)
    if talk.draft.step != press.step:
        return result(flow.resumed(talk), turn)
    choice = replace(turn.message, kind=MessageKind.CHOICE, text=_value(press))
    awake = replace(talk, draft=replace(talk.draft, resting=False))
    return told_at(replace(turn, message=choice), awake)


def _value(press: Press) -> str:
    return f"d:{press.mark}:{press.step}:{press.choice}"


def _old_press(press: Press, turn: Turn, desk: Desk, talk: Talk | None) -> TurnResult:
    known = turn.state.feedback
    sent = [one for one in known.cases if mark_of(one.reference) == press.mark] if known else []
    wishes = (Keep(talk.draft),) if talk else ()
    if sent:
        reference = shown_reference(sent[0].reference)
        told = desk.say("feedback_already_sent", reference=reference)
        return ended(turn, (told,), wishes=wishes)
    return ended(turn, (desk.say("feedback_old_press"),), wishes=wishes)
