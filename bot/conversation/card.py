"""A procedure as a citizen reads it: a short card, and one text for each of its sides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, Self

from bot.conversation.foot import Foot
from bot.conversation.outcomes import Aspect
from bot.conversation.overview import Overview
from bot.conversation.phrasing import Phrasing
from bot.conversation.sides import Sides, Told
from bot.conversation.wording import Wording
from knowledge.models import Confidence, Note, Office, Place, Procedure, Snapshot
from knowledge.text import fold

_SENTENCE_END: Final = re.compile(r"(?<=[.])\s+")
SIDES: Final = (
    Aspect.PAPERS,
    Aspect.FEE,
    Aspect.TIME,
    Aspect.WHERE,
    Aspect.ONLINE,
    Aspect.STEPS,
    Aspect.FORM,
    Aspect.LAW,
)


@dataclass(frozen=True, slots=True)
class CardWriter:
    """Writes the texts of a procedure from its record; adds no fact of its own.

    ``names`` gives the everyday name of each procedure by code.
    """

    wording: Wording
    sides: Sides
    names: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, snapshot: Snapshot, wording: Wording, units: Mapping[Place, Office]) -> Self:
        """Lay out the words for what ``snapshot`` tells; ``units`` are the desks near us."""
        laws = {law.number: law.title for law in snapshot.legal_texts}
        names = {str(one.code): one.everyday_name for one in snapshot.procedures}
        return cls(wording, Sides(wording, Phrasing.load(), laws, units), names)

    def text(
        self, procedure: Procedure, aspect: Aspect, *, today: date, also: Sequence[str] = ()
    ) -> str:
        """Give the text of one side with its source and date; notes that are over stay out.

        What it does not hold of ``also`` follows it.
        """
        procedure = replace(procedure, notes=_still_true(procedure.notes, today))
        lines = (
            self._overview(procedure)
            if aspect is Aspect.OVERVIEW
            else self._side(procedure, aspect)
        )
        told = "\n".join(lines)
        lines += [one for one in also if one not in told]
        return self.around(procedure, lines, foot=Foot(self.wording).line(procedure, aspect))

    def sentences(
        self, procedure: Procedure, cues: Sequence[str], *, today: date
    ) -> tuple[str, ...]:
        """Give the card's own sentences that hold one of ``cues``; past notes stay out."""
        wanted = [fold(cue) for cue in cues]
        each = _sentences(procedure, today)
        return tuple(dict.fromkeys(one for one in each if any(cue in fold(one) for cue in wanted)))

    def said(self, procedure: Procedure, *, today: date) -> tuple[str, ...]:
        """Give all the card says, line by line: papers, sentences and steps."""
        papers = map(self.sides.paper, procedure.papers)
        return tuple(dict.fromkeys((*papers, *_sentences(procedure, today), *procedure.steps)))

    def around(self, procedure: Procedure, lines: Sequence[str], *, foot: str = "") -> str:
        """Set ``lines`` between the name of a procedure and its source, or another ``foot``.

        What is abolished is said to be so before anything else.
        """
        below = foot or Foot(self.wording).line(procedure, Aspect.OVERVIEW)
        name = procedure.everyday_name.upper()
        if procedure.abolished:
            name = self.wording.card["abolished"]["title"].format(name=name)
        return "\n".join([name, *self._abolished(procedure), *lines, below])

    def label(self, aspect: Aspect) -> str:
        """Give the word that stands on a side's button."""
        return self.wording.card["labels"][aspect]

    def buttons(self, procedure: Procedure, *, today: date) -> tuple[Aspect, ...]:
        """Give the sides worth a button; remarks have one when there are any."""
        notes = _still_true(procedure.notes, today)
        return (*SIDES, Aspect.NOTES) if notes else SIDES

    def _abolished(self, procedure: Procedure) -> list[str]:
        words = self.wording.card["abolished"]
        if not procedure.abolished:
            return []
        lines = [words["line"].format(decision=procedure.abolished)]
        new = procedure.renumbered_to
        if new:
            key = "successor" if new in self.names else "successor_code"
            lines.append(words[key].format(name=self.names.get(new, ""), code=new))
        return lines

    def _overview(self, procedure: Procedure) -> list[str]:
        if not procedure.has_card:
            return self._bare(procedure)
        if procedure.abolished:
            return [self.wording.card["abolished"]["earlier"]]
        lines = Overview(self.wording, self.sides).lines(procedure)
        return [*lines, *self._doubts(procedure)]

    def _bare(self, procedure: Procedure) -> list[str]:
        url = procedure.online_url or procedure.source.url
        lines = (
            [procedure.official_name] if procedure.official_name != procedure.everyday_name else []
        )
        return [*lines, self.wording.card["notes"]["bare"].format(url=url)]

    def _side(self, procedure: Procedure, aspect: Aspect) -> list[str]:
        told = self.sides.told(procedure, aspect)
        return [*self._listed(aspect, told), *told.lines, *self._doubts(procedure)]

    def _listed(self, aspect: Aspect, told: Told) -> list[str]:
        """Set items under their label; remarks stand apart, so that none is taken for an item."""
        label = self.label(aspect)
        if len(told.items) == 1:
            head = [f"{label}: {told.items[0]}"]
        else:
            head = [f"{label}:", *(f"• {item}" for item in told.items)]
        said, remarks = list(told.items), list[str]()
        for remark in told.remarks:
            left = self.sides.phrasing.left(remark, [*said, *remarks])
            remarks += [left] if left else []
        if not told.items and remarks:
            return [f"{label}: {remarks[0]}", *remarks[1:]]
        return [*head, *remarks]

    def _doubts(self, procedure: Procedure) -> list[str]:
        doubtful = procedure.has_card and procedure.confidence is Confidence.U
        return [self.wording.card["notes"]["unconfirmed"]] if doubtful else []


def _sentences(procedure: Procedure, today: date) -> Iterator[str]:
    told = (
        procedure.for_whom,
        procedure.papers_note,
        procedure.time_note,
        procedure.where_note,
        procedure.fee.note,
        procedure.result,
        *(note.text for note in _still_true(procedure.notes, today)),
    )
    return (one for text in told for one in _SENTENCE_END.split(text) if one)


def _still_true(notes: tuple[Note, ...], today: date) -> tuple[Note, ...]:
    return tuple(note for note in notes if note.until is None or note.until >= today)
