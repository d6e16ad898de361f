"""Which of the days off around a day counts, and which cannot stand beside each other; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from knowledge.models import DayOff

Layers = Iterable[Sequence[DayOff]]


def in_force(day: date, layers: Layers) -> DayOff | None:
    """Give what counts on ``day``; of the ``layers`` the nearest office's stand first.

    Within one of them a day worked instead goes before the days off around it (a swapped day), a
    short span before a long one, a later before an earlier: in whatever order they were entered.
    """
    for layer in layers:
        covering = [one for one in layer if one.first <= day <= one.last]
        if covering:
            return min(covering, key=_rank)
    return None


def _rank(one: DayOff) -> tuple[bool, timedelta, int, str]:
    return (not one.works, one.last - one.first, -one.first.toordinal(), one.name)


def contradicting(new: DayOff, own: Iterable[DayOff]) -> DayOff | None:
    """Give the entry of the same office beside which ``new`` cannot stand, if there is one.

    Spans do not overlap, but for days worked instead within a longer span off.
    """
    clashing = (one for one in own if _overlap(new, one))
    return next((one for one in clashing if not (_swap(new, one) or _swap(one, new))), None)


def overruled(new: DayOff, above: Layers) -> DayOff | None:
    """Give what ``new`` would say the contrary of: everybody's days, or an office's above."""
    layers = tuple(above)
    told = (in_force(day, layers) for day in _days(new))
    return next((one for one in told if one is not None and one.works != new.works), None)


def _overlap(one: DayOff, other: DayOff) -> bool:
    return one.first <= other.last and other.first <= one.last


def _swap(worked: DayOff, around: DayOff) -> bool:
    within = around.first <= worked.first and worked.last <= around.last
    shorter = worked.last - worked.first < around.last - around.first
    return worked.works and not around.works and within and shorter


def _days(span: DayOff) -> Iterator[date]:
    for ahead in range((span.last - span.first).days + 1):
        yield span.first + timedelta(days=ahead)
