"""Buttons, numbers and a few fixed words: the citizen steers instead of asking."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.conversation.desk import Desk, Turn, offer, plain, show_guide, show_procedure
from bot.conversation.filing.presses import feedback_label, to_the_office
from bot.conversation.labels import NONE
from bot.conversation.most_asked import most_asked
from bot.conversation.news import NEWS, goes_there, news_followed, news_label
from bot.conversation.outcomes import Aspect, Outcome
from bot.conversation.turn import ConversationState, TurnResult
from bot.conversation.unmet import left_open, telling_label, told_later
from bot.messages import MessageKind, QuickReply
from knowledge.models import GuideId
from knowledge.topics import Topic, TopicKind

START_WORDS: Final = frozenset(
    {"menu", "start", "bat dau", "bat dau lai", "trang chu", "lam lai tu dau"}
)
HELP_WORDS: Final = frozenset({"help", "huong dan su dung", "cach dung", "tro giup"})
BACK_WORDS: Final = frozenset({"0", "quay lai", "tro lai", "back"})
WRONG_WORDS: Final = frozenset(
    {"sai roi", "khong dung", "khong phai cai nay", "nham roi", "tra loi sai", "khong phai"}
)
ORDINALS: Final = {
    "dau": 1, "dau tien": 1, "mot": 1, "nhat": 1, "thu nhat": 1, "hai": 2, "nhi": 2, "ba": 3,
    "bon": 4, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9,
    "cuoi": -1, "cuoi cung": -1,
}  # fmt: skip
ORDINAL_HEADS: Final = (
    "cai",
    "so",
    "muc",
    "thu",
    "chon",
    "lua chon",
    "y",
    "dong",
    "truong hop",
    "thu tuc",
    "viec",
    "chuyen",
)
_MOST_ORDINAL_WORDS: Final = 7
_AFTER: Final = frozenset({"a", "nhe", "nha", "di", "do", "day"})
# Only after a word that counts: “ba làm sao” asks about father.
_ASKED_AFTER: Final = frozenset(
    {"ay", "kia", "vay", "the", "thi", "lam", "sao", "nao", "can", "gi"}
)
_MOST_WORDS_AROUND: Final = 10
_NAMED_ORDINAL: Final = re.compile(
    r"\b(?:cai|muc|viec|chuyen|thu tuc) thu (?P<number>nhat|hai|nhi|ba|tu|nam)\b"
)
MOST_CHOICES: Final = 20
IN_THE_MENU: Final = 5
_MOST_DIGITS: Final = len(str(MOST_CHOICES))


def media(turn: Turn, desk: Desk) -> TurnResult | None:
    """Receive a photo, a voice or a file politely."""
    if turn.message.kind in (MessageKind.TEXT, MessageKind.CHOICE):
        return None
    return plain(Outcome.MEDIA, desk.say("media"), turn)


def command(turn: Turn, desk: Desk) -> TurnResult | None:
    """Answer ``menu``, ``0``, ``help`` and an empty message."""
    said = " ".join(turn.words)
    if not said:
        return plain(Outcome.MENU, desk.say("empty"), turn)
    if said in START_WORDS:
        return menu(turn, desk)
    if said in HELP_WORDS:
        return plain(Outcome.MENU, desk.say("help"), turn)
    if said in BACK_WORDS:
        return _back(turn, desk)
    if said in WRONG_WORDS:
        return follow(NONE, turn, desk)
    return None


def menu(turn: Turn, desk: Desk) -> TurnResult:
    """Start over with a greeting and what is asked most."""
    key = "greeting" if turn.state.spoken_at is None else "menu"
    fresh = replace(turn, state=ConversationState())
    return plain(Outcome.MENU, desk.say(key), fresh, _in_the_menu(turn, desk))


def _in_the_menu(turn: Turn, desk: Desk) -> tuple[QuickReply, ...]:
    there = goes_there(turn.message.address.channel, desk)
    news = (QuickReply(news_label(NEWS, desk), NEWS),) if there else ()
    return (*most_asked(desk, IN_THE_MENU), *to_the_office(desk), *news)


def _back(turn: Turn, desk: Desk) -> TurnResult:
    trail = turn.state.trail[:-1]
    if not trail:
        return menu(turn, desk)
    earlier = replace(turn, state=replace(turn.state, trail=trail[:-1]))
    return follow(trail[-1], earlier, desk) or menu(turn, desk)


def choice(turn: Turn, desk: Desk) -> TurnResult | None:
    """Follow a pressed button, a typed number or an ordinal ("cái thứ hai")."""
    if turn.message.kind is MessageKind.CHOICE:
        return follow(turn.message.text, turn, desk)
    offered = turn.state.offered
    number = ordinal(turn.words) or (named_ordinal(turn.words) if offered else None)
    if number is None:
        beyond = offered and _is_two_digits(turn.words)
        return plain(Outcome.MENU, desk.say("no_such_choice"), turn) if beyond else None
    if not offered:
        return plain(Outcome.UNANSWERED, desk.say("which_procedure"), turn)
    if number > len(offered):
        return plain(Outcome.MENU, desk.say("no_such_choice"), turn)
    return follow(offered[number - 1] if number > 0 else _last(offered), turn, desk)


def _is_two_digits(words: tuple[str, ...]) -> bool:
    """Tell whether a number and nothing else was typed; three digits may be whom to call."""
    return len(words) == 1 and words[0].isdecimal() and len(words[0]) == _MOST_DIGITS


def chosen(turn: Turn) -> str:
    """Give the value of what was pressed, or chosen by its number among what was offered."""
    if turn.message.kind is not MessageKind.TEXT:
        return turn.message.text if turn.message.kind is MessageKind.CHOICE else ""
    offered, number = turn.state.offered, ordinal(turn.words) or 0
    return offered[number - 1] if 1 <= number <= len(offered) else ""


def _last(offered: Sequence[str]) -> str:
    """Give the last choice there is beside the way out."""
    return next((value for value in reversed(offered) if value != NONE), NONE)


def ordinal(words: tuple[str, ...]) -> int | None:
    """Read "2", "hai", "số 2", "cái thứ hai"; nothing when the words say anything else."""
    if not words or len(words) > _MOST_ORDINAL_WORDS:
        return None
    rest = list(words)
    while rest and rest[0] in ORDINAL_HEADS and len(rest) > 1:
        rest.pop(0)
    after = _AFTER | _ASKED_AFTER if len(rest) < len(words) else _AFTER
    while rest and rest[-1] in after:
        rest.pop()
    said = " ".join(rest)
    if said.isdecimal() and len(said) <= _MOST_DIGITS and 1 <= int(said) <= MOST_CHOICES:
        return int(said)
    return ORDINALS.get(said)


def named_ordinal(words: tuple[str, ...]) -> int | None:
    """Read "nói cái thứ hai trước đi"; “con thứ hai” is a child and no choice."""
    if len(words) > _MOST_WORDS_AROUND:
        return None
    match = _NAMED_ORDINAL.search(" ".join(words))
    return ORDINALS.get(match["number"]) if match else None


def follow(value: str, turn: Turn, desk: Desk) -> TurnResult | None:
    """Do what a choice's value says; a value nobody offers any more passes on."""
    if value == NONE:
        return _none_fits(turn, desk)
    if value == "menu":
        return menu(turn, desk)
    return (
        _shown(value, turn, desk)
        or told_later(value, turn, desk)
        or news_followed(value, turn, desk)
    )


def _shown(value: str, turn: Turn, desk: Desk) -> TurnResult | None:
    kind, _, rest = value.partition(":")
    if kind == "p" and rest in desk.knowledge.procedures:
        return show_procedure(desk, turn, rest, Aspect.OVERVIEW, turn.state.question)
    if kind == "g" and rest in desk.knowledge.guides:
        return show_guide(desk, turn, GuideId(rest), turn.state.question)
    if kind == "c":
        return _offer_again(rest, turn, desk)
    side, _, code = rest.partition(":")
    if kind == "a" and side in set(Aspect) and code in desk.knowledge.procedures:
        return show_procedure(desk, turn, code, Aspect(side), turn.state.question)
    return None


def _none_fits(turn: Turn, desk: Desk) -> TurnResult:
    """Ask for other words; who was offered choices and takes none has not been answered."""
    said = f"{desk.say('unanswered_hint')}\n{desk.contact()}"
    if NONE in turn.state.offered and turn.state.question:
        return left_open(said, turn, desk, turn.state.question)
    return plain(Outcome.UNANSWERED, said, turn)


def _offer_again(values: str, turn: Turn, desk: Desk) -> TurnResult:
    offered = [(label_of(value, desk), value) for value in values.split(",")]
    return offer(desk, turn, [pair for pair in offered if pair[0]], "choices")


def value_of(topic: Topic, aspect: Aspect) -> str:
    """Give the value of a choice of ``topic`` that opens the side asked for, if it has sides."""
    if topic.kind is TopicKind.PROCEDURE and not topic.bare and aspect is not Aspect.OVERVIEW:
        return f"a:{aspect}:{topic.ref}"
    return f"{topic.kind[0]}:{topic.ref}"


def label_of(value: str, desk: Desk) -> str:
    """Give the words that stand on a choice's button."""
    if value == NONE:
        return desk.say("choices_none")
    kind, _, ref = value.partition(":")
    if kind == "p" and ref in desk.knowledge.procedures:
        return desk.knowledge.procedures[ref].everyday_name
    if kind == "g" and ref in desk.knowledge.guides:
        return desk.knowledge.guides[ref].title
    code = ref.rpartition(":")[2]
    if kind == "a" and code in desk.knowledge.procedures:
        return desk.knowledge.procedures[code].everyday_name
    return telling_label(value, desk) or news_label(value, desk) or feedback_label(value, desk)
