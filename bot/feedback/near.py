"""Open cases of others that may be the same matter: alike in words, at the place, in time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import asin, cos, radians, sin, sqrt
from typing import Final

from bot.feedback.drafts import Draft
from bot.feedback.models import Place
from bot.feedback.views import NearCase
from bot.officials.likeness import Rarity, shared
from knowledge.text import fold, words

MOST: Final = 3
ENOUGH: Final = 0.55
METRES: Final = 250
WITHIN: Final = timedelta(days=14)
_OF_WORDS, _OF_PLACE, _OF_TIME = 0.5, 0.3, 0.2
_SAME_PLACE: Final = 0.6
_EARTH_METRES: Final = 6_371_000


def similar(
    draft: Draft, near: Sequence[NearCase], now: datetime, rarity: Rarity
) -> tuple[NearCase, ...]:
    """Give the few of ``near`` that are likely the matter of ``draft``, the likeliest first.

    ``rarity`` weighs words, as the index does.
    """
    scored = [(likely(draft, one, now, rarity), one) for one in near if one.topic == draft.topic]
    ranked = sorted(scored, key=lambda pair: (-pair[0], pair[1].id))
    return tuple(one for score, one in ranked if score >= ENOUGH)[:MOST]


def likely(draft: Draft, one: NearCase, now: datetime, rarity: Rarity) -> float:
    """Tell how likely a case is the same matter (0–1): less when older, or elsewhere."""
    age = (now - one.received_at) / WITHIN
    if not 0 <= age <= 1:
        return 0.0
    said = shared(words(draft.words), words(one.words), rarity)
    there = _same_place(draft.place, one.place, rarity)
    return _OF_WORDS * said + _OF_PLACE * there + _OF_TIME * (1 - age)


def _same_place(one: Place, other: Place, rarity: Rarity) -> bool:
    apart = metres(one, other)
    if apart is not None:
        return apart <= METRES
    if one.hamlet and fold(one.hamlet) == fold(other.hamlet):
        return True
    named = words(one.words), words(other.words)
    return all(named) and shared(*named, rarity) >= _SAME_PLACE


def metres(one: Place, other: Place) -> float | None:
    """Give how far two pins are apart; nothing where one has none."""
    degrees = (one.latitude, one.longitude, other.latitude, other.longitude)
    if None in degrees:
        return None
    north, east, to_north, to_east = (radians(each) for each in degrees if each is not None)
    half = sin((to_north - north) / 2) ** 2
    half += cos(north) * cos(to_north) * sin((to_east - east) / 2) ** 2
    return 2 * _EARTH_METRES * asin(sqrt(min(half, 1.0)))
