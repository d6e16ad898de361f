"""What is done named without what it is done with: "đăng ký"."""

from __future__ import annotations

from typing import Final

from bot.conversation.decide import Verdict, decide
from bot.conversation.desk import Desk, Turn, offer
from bot.conversation.most_asked import most_asked_of
from bot.conversation.outcomes import Aspect
from bot.conversation.steps.topic import asked_side
from bot.conversation.turn import TurnResult
from knowledge.search import Findings
from knowledge.straying import PLAIN

MOST: Final = 5
FEWEST: Final = 2


def bare_act(turn: Turn, desk: Desk) -> TurnResult | None:
    """Ask what is to be registered, and offer what is asked most of that."""
    found = turn.findings
    if found is None or turn.state.question or not _is_bare(found):
        return None
    named = most_asked_of(desk, found.reading.telling, MOST)
    if len(named) < FEWEST:
        return None
    side = asked_side(found.reading)
    kind = "p" if side is Aspect.OVERVIEW else f"a:{side}"
    values = [(one.everyday_name, f"{kind}:{one.code}") for one in named]
    return offer(desk, turn, values, "choices_act")


def _is_bare(found: Findings) -> bool:
    """Tell whether an act stands alone that no topic is called by, nor search leaves open."""
    if not found.act_alone or any(one.fit.word_for_word for one in found.candidates):
        return False
    return found.act_alone == PLAIN or decide(found).verdict is Verdict.SURE
