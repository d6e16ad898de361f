"""Pictures sent at once are answered once; what is said with one of them is answered."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.desk import Desk
from bot.conversation.pipeline import Conversation
from bot.conversation.turn import ConversationState
from bot.messages import MessageKind
from tests.conftest import NOON
from tests.factories import a_message


def _answered(desk: Desk, *sent: tuple[str, str]) -> list[int]:
    """Send pictures, each with its album and the words under it; count the replies to each."""
    conversation, state, counts = Conversation(desk), ConversationState(), []
    for album, words in sent:
        message = replace(a_message(words, kind=MessageKind.PHOTO), album=album)
        result = conversation.answer(message, state, now=NOON)
        counts.append(len(result.replies))
        state = result.state
    return counts


def test_of_an_album_the_first_picture_is_answered_for_all(desk: Desk) -> None:
    assert _answered(desk, ("a", ""), ("a", ""), ("a", ""), ("b", ""), ("a", "")) == [
        1, 0, 0, 1, 1,
    ]  # fmt: skip


def test_pictures_of_no_album_are_answered_each(desk: Desk) -> None:
    assert _answered(desk, ("", ""), ("", "")) == [1, 1]


def test_words_under_a_later_picture_are_answered(desk: Desk) -> None:
    assert _answered(desk, ("a", ""), ("a", "xem giúp tôi")) == [1, 1]
