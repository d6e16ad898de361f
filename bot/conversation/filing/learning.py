"""What is known of a matter: its sub-kind, place and time, and whether it was told before."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.conversation.filing.answers import MOST_OF_WORDS
from bot.conversation.filing.talk import Again, Talk
from bot.conversation.filing.telling import Telling
from bot.feedback.drafts import Draft
from bot.feedback.kinds import HANDLED, Kind
from bot.feedback.reference import shown as shown_reference
from bot.feedback.regimes import Regime, regime_of
from bot.feedback.views import CaseView
from bot.officials.likeness import likeness
from knowledge.text import words as cut

# Fewer words tell no matter.
LEAST: Final = 2
SAME_WORDS: Final = 0.9
SAME_WITHIN: Final = timedelta(days=1)


def regime(draft: Draft) -> Regime:
    """Give the sub-kind a draft is taken for."""
    return regime_of(draft.kind or Kind.REPORT, draft.topic)


def learned(talk: Talk, draft: Draft, told: str) -> Draft:
    """Put what was told into a draft, with all it tells of kind, place and time beside."""
    seen, telling = talk.desk.recogniser.understand(told), Telling.load()
    return replace(
        draft,
        words=told,
        kind=draft.kind or (seen.kind if seen.kind in HANDLED else None),
        topic=draft.topic or seen.topic,
        urgent=draft.urgent or seen.urgent,
        place=draft.place if placed(draft) else replace(draft.place, words=telling.place(told)),
        happened=draft.happened or telling.time(told),
    )


def told_more(talk: Talk, told: str) -> Draft:
    """Give the draft with more words to its matter, as far as there is room for them."""
    whole = "\n".join(filter(None, (talk.draft.words, told)))
    return (
        talk.draft if not told or len(whole) > MOST_OF_WORDS else learned(talk, talk.draft, whole)
    )


def repeated(talk: Talk, told: str) -> CaseView | None:
    """Give the own case of the last day that says the same."""
    rarity = talk.desk.knowledge.index.rarity
    return next(
        (
            one
            for one in talk.feedback.cases
            if one.own
            and talk.now - one.received_at <= SAME_WITHIN
            and likeness(cut(told), cut(one.words), rarity) >= SAME_WORDS
        ),
        None,
    )


def told_again(talk: Talk, one: CaseView) -> Again:
    """Say that the same was told before, and how to add to it."""
    state = talk.desk.say(f"feedback_state_{one.state}")
    reference = shown_reference(one.reference)
    return Again(key="feedback_repeated", gaps={"reference": reference, "state": state})


def placed(draft: Draft) -> bool:
    """Tell whether the place is known."""
    return bool(draft.place.words) or draft.place.latitude is not None


def too_little(talk: Talk, told: str) -> Again | None:
    """Say what words lack to be kept as the matter: too few, too many, or told before."""
    if len(cut(told)) < LEAST:
        return Again(key="feedback_what_short")
    if len(told) > MOST_OF_WORDS:
        return Again(key="feedback_what_long", gaps={"most": str(MOST_OF_WORDS)})
    same = repeated(talk, told)
    return told_again(talk, same) if same else None
