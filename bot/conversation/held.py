"""A talk that an official has taken over: the bot says nothing in it but what must not wait."""

from __future__ import annotations

from typing import Final

from bot.conversation.errands import Errand
from bot.conversation.outcomes import Outcome
from bot.conversation.turn import ConversationState, TurnResult
from bot.messages import IncomingMessage, MessageKind
from bot.privacy import WITHHELD
from broadcasts.models import SubscriberStatus

HEARD: Final = frozenset({Errand.UNTELL, Errand.LINK, Errand.MISCODE})


def silenced(
    result: TurnResult, message: IncomingMessage, before: ConversationState
) -> TurnResult:
    """Give what counts of a turn in a held talk; the bot will go on from ``before``.

    Danger is answered all the same: nobody knows whether the official is reading. So is a
    denunciation or a complaint, whose words reach no official, since its writer has to know that;
    who takes back that they want to be told, or wants no more news; and who makes the chat
    their own. Whoever presses what a question about feedback offered is no longer speaking to the
    official: a report that is sent, or an answer that is rated, counts.
    """
    if _presses(result, message, before):
        return result
    put_aside = result.withheld or not set(WITHHELD).isdisjoint(message.masked)
    if put_aside or result.outcome is Outcome.EMERGENCY or result.errand in HEARD or _left(result):
        return result
    return TurnResult(outcome=Outcome.WITH_OFFICER, replies=(), state=before, office=result.office)


def _presses(result: TurnResult, message: IncomingMessage, before: ConversationState) -> bool:
    """Tell whether a button of feedback was pressed, or its number typed."""
    if result.outcome is not Outcome.FEEDBACK:
        return False
    offered = before.offered or (before.feedback and before.feedback.offered)
    typed = bool(offered) and message.text.strip().isdecimal()
    return message.kind is MessageKind.CHOICE or typed


def _left(result: TurnResult) -> bool:
    return result.news is not None and result.news.status is SubscriberStatus.OPTED_OUT
