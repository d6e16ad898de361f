"""Who is served at all: nobody on a channel switched off, in a trial its guests alone."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.desk import Desk, Turn, plain
from bot.conversation.errands import Errand
from bot.conversation.outcomes import Outcome
from bot.conversation.steps import intent
from bot.conversation.turn import TurnResult


def served(turn: Turn, desk: Desk) -> TurnResult | None:
    """Say why nobody is served here; who is in danger is told where help is all the same."""
    address = turn.message.address
    why = desk.standing.refusal(address.channel, address.conversation)
    if not why:
        return None
    if why == "trial_closed" and _knows_the_code(turn, desk):
        joined = plain(Outcome.SMALL_TALK, desk.say("trial_joined"), turn)
        return replace(joined, errand=Errand.JOIN)
    return intent.emergency(turn, desk) or plain(Outcome.CLOSED, desk.say(why), turn)


def _knows_the_code(turn: Turn, desk: Desk) -> bool:
    """Tell whether a message is the trial's code, also as a link into Telegram sends it."""
    said = turn.message.text.strip().removeprefix("/start").strip().casefold()
    return bool(said) and said == desk.standing.trial.code.casefold()
