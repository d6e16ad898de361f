"""What is typed after ``broadcast create`` and ``start``, as it is typed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from broadcasts.schedule.models import GRACE_MINUTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A text as it is typed."""

    title: str = ""
    text: str = ""
    file: Path | None = None
    picture: Path | None = None
    depicted: str = ""
    attach: tuple[Path, ...] = ()
    kind: str = ""
    office: str = ""
    audience: str = ""
    to: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    buttons: tuple[str, ...] = ()
    fills: tuple[str, ...] = ()
    urgent: bool = False
    reason: str = ""
    entry: int | None = None
    slot: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A schedule as it is typed."""

    at: str = ""
    rrule: str = ""
    until: str = ""
    grace: int = GRACE_MINUTES
    off_days: str = ""
