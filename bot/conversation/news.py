"""Receiving news: agreed to in plain words, chosen by topic, ended by one exact word.

What stands in the rows is told by ``ConversationState.news``; what is to stand there is
``TurnResult.news``, written with the turn.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from bot.clock import VIETNAM
from bot.conversation.desk import Desk, Turn, plain
from bot.conversation.errands import Errand
from bot.conversation.outcomes import Outcome
from bot.conversation.sides import vietnamese_date
from bot.conversation.turn import Agreement, TurnResult
from bot.messages import ChannelName, QuickReply
from broadcasts.models import SubscriberStatus
from broadcasts.reading import Subscription

NEWS: Final = "n:news"
AGREE: Final = "n:agree"
DECLINE: Final = "n:decline"
CHOOSE: Final = "n:choose"
ALL: Final = "n:all"
STOP: Final = "n:stop"
BACK: Final = "n:back"
TOPIC: Final = "n:t:"
LABELS: Final = {
    NEWS: "news_menu",
    AGREE: "news_agree",
    DECLINE: "news_decline",
    CHOOSE: "news_choose",
    ALL: "news_all",
    STOP: "news_stop",
    BACK: "news_back",
}


def receives(turn: Turn) -> bool:
    """Tell whether news go to who speaks, or would if they could be reached."""
    news = turn.state.news
    return news is not None and news.status is not SubscriberStatus.OPTED_OUT


def opened(turn: Turn, desk: Desk) -> TurnResult:
    """Tell what is received; who receives nothing is asked whether they agree to."""
    if nowhere := _nowhere(turn, desk):
        return nowhere
    if receives(turn):
        return _told("news_status", turn, desk, *_ways_on(desk))
    return _told(_offer_key(turn), turn, desk, AGREE, DECLINE)


def goes_there(channel: ChannelName, desk: Desk) -> bool:
    """Tell whether there are news to receive by a channel."""
    return desk.office is not None and channel not in desk.muted


def _nowhere(turn: Turn, desk: Desk) -> TurnResult | None:
    """Tell that no news go where somebody asks for them: nothing is promised that cannot be."""
    if goes_there(turn.message.address.channel, desk):
        return None
    key = "news_muted" if desk.office else "news_nowhere"
    return _told(key, turn, desk)


def _offer_key(turn: Turn) -> str:
    return "news_offer_page" if turn.message.address.channel is ChannelName.WEB else "news_offer"


def _ways_on(desk: Desk) -> tuple[str, ...]:
    return (CHOOSE, STOP) if desk.topics else (STOP,)


def agreed(turn: Turn, desk: Desk) -> TurnResult:
    """Note that somebody agreed to receive news, and to which words."""
    if nowhere := _nowhere(turn, desk):
        return nowhere
    topics = turn.state.news.topics if turn.state.news else ()
    words = "\n".join(desk.say(key) for key in (_offer_key(turn), "news_agree"))
    after = Subscription(status=SubscriberStatus.ACTIVE, topics=topics)
    result = _changed("news_agreed", after, turn, desk, *_ways_on(desk))
    return replace(result, agreement=Agreement(words=words))


def stopped(turn: Turn, desk: Desk) -> TurnResult:
    """Note that somebody wants no more news; who has none already is told so."""
    news = turn.state.news
    if news is None:
        return _told("news_none", turn, desk, NEWS)
    if news.status is SubscriberStatus.OPTED_OUT:
        return _told("news_stopped_before" if news.since else "news_stopped", turn, desk, BACK)
    after = replace(news, status=SubscriberStatus.OPTED_OUT, since=None)
    key = "news_stopped_here" if news.elsewhere else "news_stopped"
    return _changed(key, after, turn, desk, BACK)


def taken_up(turn: Turn, desk: Desk) -> TurnResult:
    """Note that who had stopped wants news again: they were told by which word that is."""
    if receives(turn) or turn.state.news is None:
        return opened(turn, desk)
    if nowhere := _nowhere(turn, desk):
        return nowhere
    after = replace(turn.state.news, status=SubscriberStatus.ACTIVE)
    result = _changed("news_taken_up", after, turn, desk, *_ways_on(desk))
    return replace(result, agreement=Agreement(words=desk.say("news_stopped")))


def _choosing(turn: Turn, desk: Desk) -> TurnResult:
    if not receives(turn) or not desk.topics:
        return opened(turn, desk)
    return _told("news_topics", turn, desk, *_topic_values(desk))


def chosen(turn: Turn, desk: Desk) -> TurnResult:
    """Tell who chooses no more which news they receive."""
    return _told("news_chosen", turn, desk)


def _topic_values(desk: Desk) -> tuple[str, ...]:
    return (*(f"{TOPIC}{topic.code}" for topic in desk.topics), ALL, STOP)


def _chosen(topics: tuple[str, ...], turn: Turn, desk: Desk) -> TurnResult:
    news = turn.state.news
    if news is None or not receives(turn):
        return opened(turn, desk)
    after = replace(news, topics=topics)
    return _changed("news_topics", after, turn, desk, *_topic_values(desk))


def _toggled(code: str, turn: Turn, desk: Desk) -> TurnResult | None:
    if code not in {topic.code for topic in desk.topics}:
        return None
    had = turn.state.news.topics if turn.state.news else ()
    left = tuple(one for one in had if one != code)
    return _chosen(left if code in had else (*had, code), turn, desk)


FOLLOWED: Final[Mapping[str, Callable[[Turn, Desk], TurnResult]]] = {
    NEWS: opened,
    AGREE: agreed,
    DECLINE: lambda turn, desk: _told("news_declined", turn, desk),
    CHOOSE: _choosing,
    ALL: lambda turn, desk: _chosen((), turn, desk),
    STOP: stopped,
    BACK: taken_up,
}


def news_followed(value: str, turn: Turn, desk: Desk) -> TurnResult | None:
    """Do what a choice about news says; any other value passes on."""
    if value.startswith(TOPIC):
        return _toggled(value.removeprefix(TOPIC), turn, desk)
    follow = FOLLOWED.get(value)
    return follow(turn, desk) if follow else None


def news_label(value: str, desk: Desk) -> str:
    """Give the words on a button about news; nothing for any other."""
    if value in LABELS:
        return desk.say(LABELS[value])
    code = value.removeprefix(TOPIC)
    return (
        next((one.label for one in desk.topics if f"{TOPIC}{one.code}" == value), "")
        if code
        else ""
    )


def _changed(key: str, after: Subscription, turn: Turn, desk: Desk, *values: str) -> TurnResult:
    then = replace(turn, state=replace(turn.state, news=after))
    return replace(_told(key, then, desk, *values), errand=Errand.NEWS, news=after)


def _told(key: str, turn: Turn, desk: Desk, *values: str) -> TurnResult:
    news = turn.state.news
    chosen = [one.label for one in desk.topics if news and one.code in news.topics]
    topics = ", ".join(chosen) or desk.say("news_every_topic")
    choices = tuple(QuickReply(_marked(value, turn, desk), value) for value in values)
    since = vietnamese_date(news.since.astimezone(VIETNAM).date()) if news and news.since else ""
    told = plain(Outcome.NEWS, desk.say(key, topics=topics, since=since), turn, choices)
    return told if choices else replace(told, state=replace(told.state, offered=()))


def _marked(value: str, turn: Turn, desk: Desk) -> str:
    """Give a button's label; a topic that was chosen has a tick."""
    news = turn.state.news
    ticked = news is not None and value.removeprefix(TOPIC) in news.topics
    label = news_label(value, desk)
    return desk.say("news_ticked", label=label) if ticked else label
