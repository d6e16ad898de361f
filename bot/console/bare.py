"""Forms that ask for next to nothing, whatever they are for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from bot.console.fields import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class WishForm:
    """A button with nothing to fill in: that it was pressed says it all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyForm:
    """The reason of an act, which stands in the audit beside it."""

    reason: Annotated[str, Reason()]
