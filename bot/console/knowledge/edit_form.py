"""What every form that edits a record asks beside its fields: whose word, why, from when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Final

from bot.console.fields import (
    LEAST_REASON,
    Address,
    Code,
    Day,
    Line,
    OneOf,
    Reason,
    Ticked,
    Words,
)
from bot.console.forms import Faulty, Typed
from bot.console.knowledge.drafting import BEGINNING
from bot.console.words import say
from knowledge.models import Source

TOKEN: Final = r"[0-9a-f.]{1,80}"  # noqa: S105 - its shape


class Do(StrEnum):
    """What the form's buttons ask for."""

    SAVE = "save"
    PREVIEW = "preview"


@dataclass(frozen=True, slots=True, kw_only=True)
class EditForm:
    """What is asked of every edit; a preview needs no reason yet."""

    token: Annotated[str, Code(TOKEN)]
    source_name: Annotated[str, Line(0, 200)] = ""
    source_url: Annotated[str, Address()] = ""
    reason: Annotated[str, Words(0, 500)] = ""
    valid_from: Annotated[date | None, Day()] = None
    valid_until: Annotated[date | None, Day()] = None
    sure: Annotated[bool, Ticked()] = False
    do: Annotated[Do, OneOf(Do)] = Do.SAVE

    def source(self, office: str, day: date) -> Source:
        """Give whose word the edit is: the source named, else the office itself."""
        return Source(name=self.source_name or office, seen=day, url=self.source_url)

    def refuse(self, today: date) -> None:
        """Go on only with a reason, and days in order that are not over yet.

        Raises:
            Faulty: they are to be mended.
        """
        faults: dict[str, str] = {}
        if len(self.reason) < LEAST_REASON:
            faults["reason"] = say("faults.reason")
        if self.valid_until and self.valid_from and self.valid_until < self.valid_from:
            faults["valid_until"] = say("faults.day_order")
        elif self.valid_until and self.valid_until < today:
            faults["valid_until"] = say("faults.day_over")
        if faults:
            raise Faulty(faults)

    def typed(self, fields: Mapping[str, str]) -> Typed:
        """Give back what was typed, for the form shown again beside its preview."""
        days = {"valid_from": self.valid_from, "valid_until": self.valid_until}
        values = {BEGINNING + name: (text,) for name, text in fields.items()}
        values |= {name: (f"{day:%d/%m/%Y}" if day else "",) for name, day in days.items()}
        values |= {
            name: (str(getattr(self, name)),)
            for name in ("token", "source_name", "source_url", "reason")
        }
        return Typed(values=values | ({"sure": ("on",)} if self.sure else {}))


def labels(headings: Mapping[str, str]) -> Mapping[str, str]:
    """Give what each field of an edit's form is called, for the sum of its faults."""
    asked = ("code", "source_url", "reason", "valid_from", "valid_until")
    return {BEGINNING + name: told for name, told in headings.items()} | {
        name: say(f"edit.{name}") for name in asked
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class DropForm:
    """That an office takes its word back."""

    reason: Annotated[str, Reason()]
    token: Annotated[str, Code(TOKEN)]
