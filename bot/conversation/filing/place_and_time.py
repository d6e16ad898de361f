"""The questions where and since when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.conversation.filing.answers import (
    ASKED_AGAIN,
    MOST_OF_A_PLACE,
    MOST_OF_A_TIME,
    asking,
    given,
    late_time,
)
from bot.conversation.filing.learning import LEAST, placed, regime
from bot.conversation.filing.talk import Again, Said, State, Step, Taken, Talk
from bot.conversation.filing.telling import Telling
from bot.feedback.models import Place
from knowledge.text import words as cut

IN_THE_STREET: Final = "phan_anh_hien_truong"
OF_CONDUCT: Final = "phan_anh_hanh_vi"
WITH_A_PLACE: Final = frozenset({IN_THE_STREET, OF_CONDUCT, "kien_nghi_dia_phuong"})
WITH_A_TIME: Final = frozenset({IN_THE_STREET, OF_CONDUCT})


def _ask_place(talk: Talk) -> str:
    of_conduct = regime(talk.draft).id == OF_CONDUCT
    return talk.desk.say("feedback_ask_where_service" if of_conduct else "feedback_ask_where")


def _needs_place(talk: Talk) -> bool:
    draft = talk.draft
    known = placed(draft) or Step.PLACE in draft.asked
    return not known and regime(draft).id in WITH_A_PLACE


def _take_place(talk: Talk, said: Said) -> Taken:
    if said.choice == "skip":
        return given(talk.draft, Step.PLACE)
    if said.position is not None:
        pin = said.position
        place = Place(latitude=pin.latitude, longitude=pin.longitude, words=said.words)
        return given(talk.draft, Step.PLACE, place=place)
    if late := late_time(talk, said.words.strip()):
        return late
    if not _tells_a_place(cut(said.words)):
        return Again(key="feedback_where_unclear")
    place = replace(talk.draft.place, words=said.words.strip()[:MOST_OF_A_PLACE])
    return given(talk.draft, Step.PLACE, place=place)


def _tells_a_place(said: Sequence[str]) -> bool:
    return len(said) >= LEAST or any(word.isdecimal() for word in said)


def _needs_time(talk: Talk) -> bool:
    draft = talk.draft
    known = bool(draft.happened) or Step.WHEN in draft.asked
    return not known and regime(draft).id in WITH_A_TIME


TIMES: Final = {
    "now": "feedback_when_now",
    "today": "feedback_when_today",
    "days": "feedback_when_days",
    "long": "feedback_when_long",
}


def _take_time(talk: Talk, said: Said) -> Taken:
    told = talk.desk.say(TIMES[said.choice]) if said.choice else said.words.strip()
    if not cut(told):
        return ASKED_AGAIN
    telling = Telling.load()
    if not said.choice and not telling.time(told) and telling.place(told):
        # Who is asked since when and tells where said it better than before.
        there = replace(talk.draft.place, words=told[:MOST_OF_A_PLACE])
        return Again(asked=True, draft=replace(talk.draft, place=there))
    return given(talk.draft, Step.WHEN, happened=told[:MOST_OF_A_TIME])


PLACE_AND_TIME: Final = {
    Step.PLACE: State(
        ask=_ask_place,
        take=_take_place,
        choices={"skip": "feedback_skip"},
        needed=_needs_place,
        forget=lambda draft: replace(draft, place=Place()),
        no="skip",
    ),
    Step.WHEN: State(
        ask=asking("feedback_ask_when"),
        take=_take_time,
        choices=TIMES,
        needed=_needs_time,
        forget=lambda draft: replace(draft, happened=""),
    ),
}
