"""Who is served at all: nobody on a channel switched off, in a trial its guests alone."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from bot.conversation.desk import Desk, Turn, plain
from bot.conversation.errands import Errand
from bot.conversation.outcomes import Outcome
from bot.conversation.steps import command, intent
from bot.conversation.turn import TurnResult
from bot.messages import INVITATION

# What Telegram puts before the word of a link.
STARTED: Final = re.compile(r"/?start\s+(?=\S)")


def served(turn: Turn, desk: Desk) -> TurnResult | None:
    """Say why nobody is served here; who is in danger is told where help is all the same."""
    address, trial = turn.message.address, desk.standing.trial
    why = desk.standing.refusal(address.channel, address.conversation)
    # A guest who sends the code once more is told the same: it is no question.
    known = trial.on and trial.code and _said(turn) == trial.code.casefold()
    if known and why != "channel_off":
        joined = plain(Outcome.SMALL_TALK, desk.say("trial_joined"), turn)
        return replace(joined, errand=Errand.JOIN)
    if not why:
        return command.menu(turn, desk) if _invited(turn) else None
    return intent.emergency(turn, desk) or plain(Outcome.CLOSED, desk.say(why), turn)


def _said(turn: Turn) -> str:
    """Give what was typed, or came with a link into Telegram."""
    return STARTED.sub("", turn.message.text.strip()).rstrip(".,!").casefold()


def _invited(turn: Turn) -> bool:
    """Tell whether somebody came by an invitation that is none any more."""
    return bool(STARTED.match(turn.message.text)) and _said(turn).startswith(INVITATION)
