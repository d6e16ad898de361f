"""Limits as an office has set them for itself, and whose model it follows (``deadline…``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self


class Profile(StrEnum):
    """Whose published limits an office begins with where no law sets one for everybody."""

    HANOI = "hanoi"
    DANANG = "danang"
    OTHER = "khac"

    @classmethod
    def of(cls, province: str) -> Self:
        """Give the profile of a province by its code."""
        return cls({"01": cls.HANOI, "48": cls.DANANG}.get(province, cls.OTHER))


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLimit:
    """The number and unit an office has set; ``paper`` names its decision, empty for none.

    Citizens are told of it only when it is ``confirmed``.
    """

    number: int
    unit: str
    confirmed: bool
    paper: str = ""

    @classmethod
    def read(cls, value: Mapping[str, Any]) -> Self:
        """Read the value of a setting ``deadline:<id>``.

        Raises:
            KeyError, TypeError, ValueError: something is missing or no number.
        """
        return cls(
            number=int(value["limit"]),
            unit=str(value["limit_unit"]),
            confirmed=bool(value["confirmed"]),
            paper=str(value["paper"]),
        )

    @property
    def value(self) -> Mapping[str, Any]:
        """Give the setting's value."""
        return {
            "limit": self.number,
            "limit_unit": self.unit,
            "confirmed": self.confirmed,
            "paper": self.paper,
        }
