"""Questions left open: what the officials get to see of them, and who wants to be told."""

from __future__ import annotations

import re
from dataclasses import replace
from hashlib import sha256
from typing import Final

from bot.conversation.desk import Desk, Turn, plain
from bot.conversation.errands import Errand
from bot.conversation.outcomes import Outcome
from bot.conversation.turn import Agreement, TurnResult, Unmet
from bot.messages import IncomingMessage, QuickReply
from bot.officials.likeness import shape_of
from bot.officials.questions import QuestionKind
from bot.privacy import withheld_kind
from knowledge.search import Findings

TELL: Final = "f:tell:"
UNTELL: Final = "f:untell"
_MARK_LENGTH: Final = 16
# No digits: a choice that looks like somebody's number would be masked on its way in.
_LETTERS: Final = str.maketrans("0123456789abcdef", "abcdefghijklmnop")
_OURS: Final = re.compile(rf"{TELL}[a-p]{{{_MARK_LENGTH}}}")


def mark_of(external_id: str) -> str:
    """Give the mark by which a choice names the question whose id in its channel is given."""
    return sha256(external_id.encode()).hexdigest()[:_MARK_LENGTH].translate(_LETTERS)


def left_open(said: str, turn: Turn, desk: Desk, question: str = "") -> TurnResult:
    """End a turn without an answer: the officials see what was asked, now or in ``question``.

    Of a denunciation or a complaint nothing is shown to anybody.
    """
    result = plain(Outcome.UNANSWERED, said, turn)
    asked = question or turn.message.text
    if withheld_kind(asked) is not None:
        return result
    findings = None if question else turn.findings
    seen = findings or desk.ask(asked)
    shape = shape_of(seen.reading.words, seen.reading.weights)
    kind = QuestionKind.NONE_FITS if question else QuestionKind.UNANSWERED
    unmet = Unmet(text=asked, shape=shape, near=_near(seen), kind=kind)
    return replace(result, unmet=unmet)


def _near(findings: Findings) -> str:
    return next((one.topic.ref for one in findings.candidates), "")


def offering_to_tell(result: TurnResult, message: IncomingMessage, desk: Desk) -> TurnResult:
    """Offer, under the last reply, to tell the answer once there is one."""
    value = f"{TELL}{mark_of(message.external_id)}"
    *earlier, last = result.replies
    text = f"{last.text}\n{desk.say('tell_offer')}"
    choices = (*last.choices, QuickReply(desk.say("tell_me"), value))
    offered = tuple(choice.value for choice in choices)
    return replace(
        result,
        replies=(*earlier, replace(last, text=text, choices=choices)),
        state=replace(result.state, offered=offered),
    )


def told_later(value: str, turn: Turn, desk: Desk) -> TurnResult | None:
    """Do what a choice about being told says; any other value passes on."""
    if value == UNTELL:
        return withdrawn(turn, desk)
    return agreed(value.removeprefix(TELL), turn, desk) if value.startswith(TELL) else None


def telling_label(value: str, desk: Desk) -> str:
    """Give the words on a button about being told; nothing for any other."""
    if value == UNTELL:
        return desk.say("tell_me_not")
    return desk.say("tell_me") if _OURS.fullmatch(value) else ""


def agreed(mark: str, turn: Turn, desk: Desk) -> TurnResult:
    """Note that the citizen wants to be told, and how they take it back."""
    withdrawing = QuickReply(desk.say("tell_me_not"), UNTELL)
    words = f"{desk.say('tell_offer')}\n{desk.say('tell_me')}\n{desk.say('tell_agreed')}"
    return replace(
        plain(Outcome.FOLLOW_UP, desk.say("tell_agreed"), turn, (withdrawing,)),
        errand=Errand.TELL,
        agreement=Agreement(mark=mark, words=words),
    )


def withdrawn(turn: Turn, desk: Desk) -> TurnResult:
    """Note that the citizen wants to be told nothing any more."""
    told = plain(Outcome.FOLLOW_UP, desk.say("tell_withdrawn"), turn)
    return replace(told, errand=Errand.UNTELL)
