"""The days on which an office receives citizens, when they are asked for and known."""

from __future__ import annotations

from typing import Final

from bot.conversation.desk import Desk, Turn, plain
from bot.conversation.lawful import lawful_way
from bot.conversation.outcomes import Outcome
from bot.conversation.turn import TurnResult
from bot.feedback.kinds import Kind
from bot.messages import QuickReply

CALENDAR: Final = "calendar"
# How such a visit goes.
GUIDE: Final = "tiep_cong_dan_cap_xa"


def reception(turn: Turn, desk: Desk) -> TurnResult | None:
    """Tell the coming days; an office that set none is asked as for its opening hours."""
    if desk.standing.reception is None or not desk.intents.has("reception", turn.meant):
        return None
    pages = lawful_way(desk, Kind.COMPLAINT, turn.today, "")
    text = next(page.text for page in pages if page.key == CALENDAR)
    guide = desk.knowledge.guides.get(GUIDE)
    more = (QuickReply(guide.title, f"g:{GUIDE}"),) if guide else ()
    return plain(Outcome.HOTLINE, text, turn, more)
