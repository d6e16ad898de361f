"""Whether choices that were offered, or a refusal, settled the matter, as what came next tells.

One matter counts once, by the words it was first asked in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.conversation.hearing import MEMORY
from bot.conversation.labels import NONE
from bot.conversation.outcomes import Outcome
from bot.officials.likeness import ALIKE, Rarity, Shape, shared

# So long after choices were offered it is known whether one was taken: a talk is forgotten then.
PATIENCE: Final = MEMORY
# Says little: too few words of its own to be a matter by itself.
LITTLE: Final = 1
# A card, a guide, a side of a card; what leads back to the choices takes none of them.
TAKING: Final = frozenset({"p", "g", "a"})
TOLD: Final = frozenset({Outcome.ANSWERED, Outcome.GUIDE})
ANSWERED: Final = TOLD | {Outcome.HOTLINE, Outcome.CASE_STATUS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One turn of a talk as it was stored.

    ``own`` counts the words that tell something; ``labels`` are the choices offered under it, in
    small letters, ``refs`` what they lead to, ``reached`` what was told. ``kept`` is the question
    it left open for the officials, if any; ``private`` that somebody complained or denounced,
    ``idle`` that nothing was asked which an office might answer: a word alone, a cry, an insult.
    """

    number: int
    at: datetime
    pressed: bool
    text: str
    outcome: str
    shape: Shape
    own: int
    labels: frozenset[str] = frozenset()
    refs: frozenset[str] = frozenset()
    reached: str = ""
    kept: str = ""
    private: bool = False
    idle: bool = False


def left_unchosen(offer: Stage, talk: Sequence[Stage], rarity: Rarity) -> bool:
    """Tell whether nobody took one of the choices of ``offer``, nor found the answer otherwise.

    ``talk`` are the turns around it, in their order. What is asked back ("lệ phí bao nhiêu"), and
    any talk in which somebody complained or denounced, is left out.
    """
    around = [one for one in talk if abs(one.at - offer.at) <= PATIENCE]
    if offer.pressed or offer.own < LITTLE or offer.kept or any(one.private for one in around):
        return False
    earlier = [one for one in around if one.number < offer.number]
    if any(_goes_on(offer, one, earlier, rarity) for one in earlier):
        return False
    return not _settled(offer, [one for one in around if one.number > offer.number], rarity)


def left_refused(refusal: Stage, talk: Sequence[Stage], rarity: Rarity) -> bool:
    """Tell whether the office may want to see a ``refusal``, and other words fared no better.

    ``talk`` are the turns around it; see ``left_unchosen``.
    """
    return not refusal.idle and left_unchosen(refusal, talk, rarity)


def _goes_on(offer: Stage, first: Stage, earlier: Sequence[Stage], rarity: Rarity) -> bool:
    """Tell whether ``offer`` asks again what ``first`` left open, not settled between."""
    if first.outcome != offer.outcome or first.pressed or first.own < LITTLE:
        return False
    between = [one for one in earlier if one.number > first.number]
    same = _same(offer, first, rarity)
    return same and not _settled(first, between, rarity)


def _settled(offer: Stage, after: Sequence[Stage], rarity: Rarity) -> bool:
    return any(_settles(one, offer, rarity) for one in after)


def _settles(one: Stage, offer: Stage, rarity: Rarity) -> bool:
    if one.pressed:
        kind, _, ref = one.text.partition(":")
        taken = kind in TAKING and ref.rpartition(":")[2] in offer.refs
        return one.text == NONE or taken
    if one.reached in offer.refs or one.kept == offer.text:
        return True
    if (
        offer.labels
        and one.outcome in TOLD
        and (one.own < LITTLE or one.text.casefold() in offer.labels)
    ):
        return True
    told = one.outcome in _better_than(offer) or bool(one.kept)
    return told and _same(one, offer, rarity)


def _better_than(offer: Stage) -> frozenset[Outcome]:
    refused = offer.outcome == Outcome.OUT_OF_SCOPE
    return ANSWERED | {Outcome.CHOICES} if refused else ANSWERED


def _same(one: Stage, other: Stage, rarity: Rarity) -> bool:
    """Tell whether two turns of a talk are about the same: one may be a word, one a sentence."""
    return shared(one.shape, other.shape, rarity) >= ALIKE
