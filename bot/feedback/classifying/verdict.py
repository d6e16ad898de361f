"""What a message was found to be, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.feedback.kinds import Kind


class Urgency(StrEnum):
    """Whether something may wait for its turn."""

    NORMAL = "normal"
    URGENT = "urgent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The kind of a message with its reason, and what else it might be.

    ``signs`` are the concepts that spoke loudest for it (groups of ``concepts.vi.toml``), never
    words of the message: a complaint's or a denunciation's may not be quoted. ``shares`` are the
    probabilities of all kinds (0-1), the likeliest first, ``other`` the likeliest kind besides.
    ``topic`` is an id of ``topics.vi.toml``.
    """

    kind: Kind
    other: Kind
    shares: Mapping[Kind, float]
    signs: tuple[str, ...]
    topic: str
    urgency: Urgency

    def share(self, kinds: Iterable[Kind]) -> float:
        """Give the probability that it is one of ``kinds``."""
        return sum(self.shares[kind] for kind in kinds)
