"""Photos of the matter, and the question whether they show anybody's papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.conversation.filing.answers import given, noted
from bot.conversation.filing.learning import regime
from bot.conversation.filing.place_and_time import IN_THE_STREET
from bot.conversation.filing.talk import Again, Onward, Said, State, Step, Taken, Talk
from bot.feedback.drafts import Draft
from bot.feedback.wishes import Discard

MOST_PHOTOS: Final = 5


def added(draft: Draft, files: Sequence[int]) -> tuple[Draft, tuple[int, ...]]:
    """Put files that came into a draft; give those that are too many beside."""
    whole = tuple(dict.fromkeys((*draft.files, *files)))
    kept, left = whole[:MOST_PHOTOS], whole[MOST_PHOTOS:]
    if kept == draft.files:
        return draft, left
    return replace(draft, files=kept, papers=None), left


def _ask_photo(talk: Talk) -> str:
    draft, most = talk.draft, str(MOST_PHOTOS)
    if len(draft.files) >= MOST_PHOTOS:
        return talk.desk.say("feedback_photo_enough", most=most)
    if draft.files:
        return talk.desk.say("feedback_photo_taken", count=str(len(draft.files)))
    return talk.desk.say("feedback_ask_photo", most=most)


def _needs_photo(talk: Talk) -> bool:
    draft = talk.draft
    wanted = bool(draft.files) or regime(draft).id == IN_THE_STREET
    return wanted and draft.case is None and Step.PHOTO not in draft.asked


def _take_photo(talk: Talk, said: Said) -> Taken:
    done = said.choice in {"none", "done"}
    return given(talk.draft, Step.PHOTO) if done else noted(talk, said)


def _take_papers(talk: Talk, said: Said) -> Taken:
    draft = talk.draft
    if said.choice == "yes":
        clean = replace(draft, files=(), papers=None, step="")
        refused = (Discard(draft.files),)
        return Again(key="feedback_photo_refused", asked=True, draft=clean, wishes=refused)
    if said.choice != "no":
        return noted(talk, said)
    cleared = replace(draft, papers=False)
    # What goes with a case that is there already goes at once.
    come = Said(files=draft.files, words=draft.words)
    return cleared if draft.case is None else Onward(cleared, come)


PHOTOS: Final = {
    Step.PAPERS: State(
        ask=lambda talk: talk.desk.say("feedback_photo_papers"),
        take=_take_papers,
        choices={"no": "feedback_photo_papers_no", "yes": "feedback_photo_papers_yes"},
        needed=lambda talk: bool(talk.draft.files) and talk.draft.papers is None,
        yes="yes",
        no="no",
    ),
    Step.PHOTO: State(
        ask=_ask_photo,
        take=_take_photo,
        choices={"none": "feedback_photo_none", "done": "feedback_photo_done"},
        offered=lambda talk: ("done",) if talk.draft.files else ("none",),
        needed=_needs_photo,
        forget=lambda draft: replace(draft, files=(), papers=None),
        no="none",
    ),
}
