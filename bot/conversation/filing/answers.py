"""Small hands for answers: what was given is noted, what was not understood is asked again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from bot.conversation.filing.reach import may_ask, merged, told_contact
from bot.conversation.filing.talk import Again, Said, State, Step, Taken, Talk
from bot.conversation.filing.telling import Telling
from bot.feedback.drafts import Draft
from bot.feedback.models import Contact
from bot.privacy import in_words, mask
from knowledge.text import words as cut

# What is typed beside a choice and is shorter tells nothing of the matter.
TELLING: Final = 3
MOST_OF_WORDS: Final = 3000
MOST_OF_A_PLACE: Final = 200
MOST_OF_A_TIME: Final = 150
ASKED_AGAIN: Final = Again(asked=True)


def given(draft: Draft, step: Step, **answers: Any) -> Draft:  # noqa: ANN401 - a draft's own
    """Note an answer: its question needs none any more."""
    asked = tuple(one for one in draft.asked if one != step)
    return replace(draft, asked=(*asked, step), **answers)


def noted(talk: Talk, said: Said) -> Taken:
    """Add what was told beside the point to the matter; ask again where it tells nothing."""
    told = said.words.strip()
    if contact := told_contact(told, talk.desk):
        return _contact_told(talk, contact)
    if late := told_late(talk, told):
        return late
    whole = f"{talk.draft.words}\n{told}"
    if len(cut(told)) < TELLING:
        return ASKED_AGAIN
    if len(whole) > MOST_OF_WORDS:
        return Again(key="feedback_what_long", gaps={"most": str(MOST_OF_WORDS)})
    return Again(key="feedback_noted", asked=True, draft=replace(talk.draft, words=whole))


def told_late(talk: Talk, told: str) -> Again | None:
    """Take words that only tell since when or where as that, whatever is asked; else nothing."""
    return late_time(talk, told) or late_place(talk, told)


def late_time(talk: Talk, told: str) -> Again | None:
    """Take words that are nothing but a time as when it happened."""
    if talk.draft.case is not None or not Telling.load().is_a_time(told):
        return None
    draft = replace(talk.draft, happened=told[:MOST_OF_A_TIME])
    return Again(key="feedback_noted_time", asked=True, draft=draft, gaps={"time": shown(told)})


def late_place(talk: Talk, told: str) -> Again | None:
    """Take words that only name a place as where it is."""
    if talk.draft.case is not None or not Telling.load().is_a_place(told):
        return None
    place = replace(talk.draft.place, words=told[:MOST_OF_A_PLACE])
    draft = replace(talk.draft, place=place)
    return Again(key="feedback_noted_place", asked=True, draft=draft, gaps={"place": shown(told)})


def _contact_told(talk: Talk, told: Contact) -> Again:
    """Keep a name or number that was not asked for beside the matter, if calls are wished."""
    if not talk.draft.call_back:
        key = "feedback_contact_not_kept" if may_ask(talk) else "feedback_contact_not_here"
        return Again(key=key, asked=True)
    draft = replace(talk.draft, contact=merged(talk.draft.contact, told))
    return Again(key="feedback_contact_kept", asked=True, draft=draft)


def choosing(**ways: Callable[[Draft], Draft]) -> Callable[[Talk, Said], Taken]:
    """Take one of several choices; any words are noted."""

    def take(talk: Talk, said: Said) -> Taken:
        way = ways.get(said.choice)
        return way(talk.draft) if way else noted(talk, said)

    return take


def typed(
    step: Step, field: str, most: int, *, wrong: str, read: Callable[[str], str] = str.strip
) -> Callable[[Talk, Said], Taken]:
    """Take words into a field of the contact, or skip it; ``wrong`` says why they will not do."""

    def take(talk: Talk, said: Said) -> Taken:
        if said.choice == "skip":
            return given(talk.draft, step)
        if late := late_time(talk, said.words.strip()):
            return late
        found = read(said.words)[:most]
        if not found:
            return Again(key=wrong)
        contact = replace(talk.draft.contact, **{field: found})
        return given(talk.draft, step, contact=contact)

    return take


def asking(key: str) -> Callable[[Talk], str]:
    """Ask with one sentence."""
    return lambda talk: talk.desk.say(key)


def shown(text: str) -> str:
    """Give words as they may be shown back: without personal data but the place of a fault."""
    return in_words(mask(text, keep_places=True).text)


def with_forgotten(state: State, draft: Draft, step: Step) -> Draft:
    """Take an answer back: its question is asked again."""
    asked = tuple(one for one in draft.asked if one != step)
    return state.forget(replace(draft, asked=asked))
