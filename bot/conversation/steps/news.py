"""Receiving news and receiving none any more, in words; the rules are ``conversation.news``."""

from __future__ import annotations

from bot.conversation.desk import Desk, Turn
from bot.conversation.filing.replying import live
from bot.conversation.news import (
    AGREE,
    DECLINE,
    TOPIC,
    chosen,
    news_followed,
    news_label,
    opened,
    receives,
    stopped,
    taken_up,
)
from bot.conversation.news_words import says
from bot.conversation.turn import TurnResult
from bot.messages import MessageKind
from knowledge.text import tokens


def stopping(turn: Turn, desk: Desk) -> TurnResult | None:
    """End news by an exact word, also where the bot is silent otherwise, or take them up again."""
    if turn.message.kind is not MessageKind.TEXT or turn.state.news is None:
        return None
    known, said = desk.news_words, turn.said.text
    # Beside an open question a bare word answers that.
    bare = receives(turn) and live(turn) is None
    if says(known.clear, said) or (bare and says(known.bare, said)):
        return stopped(turn, desk)
    return taken_up(turn, desk) if says(known.back, said) else None


def receiving(turn: Turn, desk: Desk) -> TurnResult | None:
    """Open the news by “đăng ký nhận tin”; after the offer “đồng ý” and “không” answer it.

    “Xong” ends the choosing of kinds. Who stops news they do not receive, or takes up what they
    never had, is told so.
    """
    if turn.message.kind is not MessageKind.TEXT:
        return None
    if value := _offered(turn, desk):
        return news_followed(value, turn, desk)
    known, said = desk.news_words, turn.said.text
    if _is_choosing(turn) and says(known.done, said):
        return chosen(turn, desk)
    if says(known.clear, said) or (says(known.bare, said) and _is_of_news(turn)):
        return stopped(turn, desk)
    asked = says(known.back, said) or desk.intents.has("news", turn.said)
    return opened(turn, desk) if asked else None


def _is_choosing(turn: Turn) -> bool:
    return receives(turn) and any(value.startswith(TOPIC) for value in turn.state.offered)


def _is_of_news(turn: Turn) -> bool:
    """Tell whether a bare word is about news that are stopped, or that were never received.

    To who never had any it is only one single word, and none beside an open choice.
    """
    alone = len(turn.said.text.words) == 1 and not turn.state.offered
    return turn.state.news is not None or alone


def _offered(turn: Turn, desk: Desk) -> str:
    """Give the value of the offered choice that was typed instead of pressed."""
    said, known = turn.said.text, desk.news_words
    if AGREE in turn.state.offered:
        if says(known.yes, said):
            return AGREE
        if says(known.no, said):
            return DECLINE
    labels = ((value, tokens(news_label(value, desk)).words) for value in turn.state.offered)
    return next((value for value, label in labels if label and label == said.words), "")
