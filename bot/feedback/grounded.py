"""A reason the citizen is told, with where it stands in law."""

from __future__ import annotations

from dataclasses import dataclass

from bot.feedback.law import Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounded:
    """A reason: ``label`` for officers, ``sentence`` for the citizen, said behind “vì”."""

    code: str
    label: str
    sentence: str
    basis: Basis

    @property
    def told(self) -> str:
        """Give the sentence, with where it stands when that may be cited."""
        cited = self.basis.cited
        return f"{self.sentence} ({cited})" if cited else self.sentence
