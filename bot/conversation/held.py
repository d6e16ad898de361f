"""A talk that an official has taken over: the bot says nothing in it but what must not wait."""

from __future__ import annotations

from bot.conversation.errands import Errand
from bot.conversation.outcomes import Outcome
from bot.conversation.turn import ConversationState, TurnResult
from bot.messages import IncomingMessage
from bot.privacy import PersonalData


def silenced(
    result: TurnResult, message: IncomingMessage, before: ConversationState
) -> TurnResult:
    """Give what counts of a turn in a held talk; the bot will go on from ``before``.

    Danger is answered all the same: nobody knows whether the official is reading. So is a
    denunciation, whose words reach no official, since its writer has to know that; and who takes
    back that they want to be told.
    """
    put_aside = result.withheld or PersonalData.DENUNCIATION in message.masked
    if put_aside or result.outcome is Outcome.EMERGENCY or result.errand is Errand.UNTELL:
        return result
    return TurnResult(outcome=Outcome.WITH_OFFICER, replies=(), state=before, office=result.office)
