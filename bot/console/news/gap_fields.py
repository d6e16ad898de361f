"""The gaps of a text as fields of its form: each by its name, a list with room for its lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.console.forms import Typed
from broadcasts.composing.gaps import Gap, gaps_in, known_gaps
from broadcasts.models import NewsText

BEGINNING: Final = "gap."
# A list of steps may be most of a text; what is longer belongs into the body itself.
LONGEST: Final = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class GapField:
    """A field that fills ``gap`` with ``value``; left blank, the office's ``own`` data fill it."""

    gap: Gap
    value: str
    own: str

    @property
    def name(self) -> str:
        """Give the name the field is sent by."""
        return f"{BEGINNING}{self.gap.code}"

    @property
    def label(self) -> str:
        """Give what stands over the field."""
        return self.gap.name[:1].upper() + self.gap.name[1:]


def gap_fields(
    text: NewsText, typed: Typed, *, values: Mapping[str, str], own: Mapping[str, str]
) -> Sequence[GapField]:
    """Give a field for each known gap of the text that the form shows, in the text's order.

    ``values`` are those stored with it, ``own`` what the office's data fill gaps with.
    """
    shown = replace(
        text,
        title=str(typed.get("title", text.title)),
        body=str(typed.get("body", text.body)),
        depicted=str(typed.get("depicted", text.depicted)),
    )
    codes = (one.strip() for one in gaps_in(shown))
    return [
        GapField(gap=known_gaps()[code], value=values.get(code, ""), own=own.get(code, ""))
        for code in dict.fromkeys(codes)
        if code in known_gaps()
    ]
