"""The office's notices, told before the first reply of a talk and again when they change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.conversation.desk import Desk
from bot.conversation.outcomes import Outcome
from bot.conversation.turn import TurnResult
from bot.messages import ChannelName, IncomingMessage, Reply
from bot.officials.standing import Notice

# Nothing stands before what may save a life; a talk that others hold is theirs.
NOT_BEFORE: Final = frozenset({Outcome.EMERGENCY})


def announced(result: TurnResult, message: IncomingMessage, desk: Desk) -> TurnResult:
    """Put the notices in force before the replies, where the talk has not told them yet.

    The web chat shows them at the head of its page instead.
    """
    spoken_at = result.state.spoken_at
    if message.address.channel is ChannelName.WEB or spoken_at is None or not result.replies:
        return result
    if result.outcome in NOT_BEFORE:
        return result
    notices = desk.standing.notices_at(spoken_at)
    told = tuple(notice.mark for notice in notices)
    fresh = [one for one in notices if one.mark not in result.state.told]
    return replace(
        result,
        replies=(*_in_words(fresh, desk), *result.replies),
        state=replace(result.state, told=told),
    )


def _in_words(notices: Sequence[Notice], desk: Desk) -> tuple[Reply, ...]:
    if not notices:
        return ()
    lines = (desk.say(f"notice_{notice.level}", text=notice.text) for notice in notices)
    return (Reply("\n".join(lines)),)
