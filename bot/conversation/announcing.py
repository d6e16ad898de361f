"""What stands before a reply: that a program answers, and notices that have changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.conversation.desk import Desk
from bot.conversation.outcomes import Outcome
from bot.conversation.turn import ConversationState, TurnResult
from bot.messages import ChannelName, IncomingMessage, Reply
from bot.officials.notices import Notice

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


def introduced(
    result: TurnResult, before: ConversationState, message: IncomingMessage, desk: Desk
) -> TurnResult:
    """Say in the first reply of all that a program answers, to who asked before being greeted.

    People must know that they talk to a machine: Luật Trí tuệ nhân tạo 134/2025/QH15. The web
    chat says so on its page.
    """
    if message.address.channel is ChannelName.WEB or before.spoken_at or not result.replies:
        return result
    if result.outcome in NOT_BEFORE or any(_says_so(one, desk) for one in result.replies):
        return result
    first, *more = result.replies
    told = f"{desk.say('introduction')}\n{first.text}"
    return replace(result, replies=(replace(first, text=told), *more))


def _says_so(reply: Reply, desk: Desk) -> bool:
    return desk.say("automatic").casefold() in reply.text.casefold()


def _in_words(notices: Sequence[Notice], desk: Desk) -> tuple[Reply, ...]:
    if not notices:
        return ()
    lines = (desk.say(f"notice_{notice.level}", text=notice.text) for notice in notices)
    return (Reply("\n".join(lines)),)
