"""Lines that an office tells everybody for a while."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from bot.officials.office_entries import Value


class NoticeLevel(StrEnum):
    """How urgently a notice speaks."""

    INFO = "info"
    WARNING = "warning"
    STORM = "storm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A line told to everybody from ``begins`` to ``ends``, on every channel."""

    id: str
    level: NoticeLevel
    text: str
    begins: datetime
    ends: datetime

    def shown(self, at: datetime) -> bool:
        """Tell whether it is told at a moment."""
        return self.begins <= at < self.ends

    @property
    def mark(self) -> str:
        """Give what tells it from every other notice, and from itself in other words."""
        return f"{self.id}:{sha256(self.text.encode()).hexdigest()[:8]}"

    @property
    def value(self) -> Value:
        """Give the entry's value."""
        return {
            "level": str(self.level),
            "text": self.text,
            "begins": self.begins.isoformat(),
            "ends": self.ends.isoformat(),
        }
