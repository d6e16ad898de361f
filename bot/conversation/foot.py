"""The last line of a card: who said what it tells, and when; and the procedure's code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.conversation.outcomes import Aspect
from bot.conversation.sides import FIELDS, vietnamese_date
from bot.conversation.wording import Wording
from knowledge.models import Procedure, Source

IN_OVERVIEW: Final = (
    Aspect.WHO,
    Aspect.PAPERS,
    Aspect.FEE,
    Aspect.TIME,
    Aspect.WHERE,
    Aspect.ONLINE,
    Aspect.NOTES,
)


@dataclass(frozen=True, slots=True)
class Foot:
    """Writes sources: a side an office stated itself carries the office's, the rest its own."""

    wording: Wording

    def line(self, procedure: Procedure, aspect: Aspect) -> str:
        """Give the source line under one side, or under the overview of them all."""
        if aspect is Aspect.OVERVIEW:
            told = self._by_side(procedure)
        else:
            fields = FIELDS[aspect] + (FIELDS[Aspect.NOTES] if aspect is Aspect.FEE else ())
            told = [self._one("one", source) for source in _of_fields(procedure, fields)]
        words = self.wording.card["foot"]
        gone = procedure.source_of("abolished")
        if procedure.abolished and gone != procedure.source:
            told.insert(0, self._one("side", gone, [words["abolition"]]))
        return words["source"].format(sources="; ".join(told), code=self._code(procedure))

    def _by_side(self, procedure: Procedure) -> list[str]:
        sides: dict[Source, list[str]] = {}
        for aspect in IN_OVERVIEW:
            for source in _of_fields(procedure, FIELDS[aspect]):
                if source != procedure.source:
                    sides.setdefault(source, []).append(self.wording.card["labels"][aspect])
        stated = [self._one("side", source, labels) for source, labels in sides.items()]
        return [*stated, self._one("rest" if stated else "one", procedure.source)]

    def _one(self, key: str, source: Source, labels: Sequence[str] = ()) -> str:
        return self.wording.card["foot"][key].format(
            name=source.name, seen=vietnamese_date(source.seen), sides=", ".join(labels)
        )

    def _code(self, procedure: Procedure) -> str:
        new = procedure.renumbered_to
        if not new or procedure.abolished:
            return procedure.code
        return self.wording.card["foot"]["renumbered"].format(code=new, old=procedure.code)


def _of_fields(procedure: Procedure, fields: Sequence[str]) -> list[Source]:
    """Give the sources of those fields that say something, each once."""
    telling = [name for name in fields if getattr(procedure, name)] or fields[:1]
    return list(dict.fromkeys(procedure.source_of(name) for name in telling))
