"""The questions about the matter: of which kind, what, where and since when."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.conversation.filing.answers import given
from bot.conversation.filing.beginning import BEGINNING
from bot.conversation.filing.learning import learned, too_little
from bot.conversation.filing.place_and_time import PLACE_AND_TIME
from bot.conversation.filing.talk import Said, State, Step, Taken, Talk
from bot.feedback.kinds import Kind


def _ask_what(talk: Talk) -> str:
    by_kind = {Kind.PROPOSAL: "feedback_ask_proposal", Kind.PRAISE: "feedback_ask_praise"}
    if talk.draft.kind is None:
        return talk.desk.say("feedback_unsure")
    return talk.desk.say(by_kind.get(talk.draft.kind, "feedback_ask_what"))


def _take_what(talk: Talk, said: Said) -> Taken:
    told = too_little(talk, said.words)
    return told or given(learned(talk, talk.draft, said.words), Step.WHAT)


MATTER: Final = {
    **BEGINNING,
    Step.WHAT: State(
        ask=_ask_what,
        take=_take_what,
        needed=lambda talk: not talk.draft.words,
        forget=lambda draft: replace(draft, words=""),
    ),
    **PLACE_AND_TIME,
}
