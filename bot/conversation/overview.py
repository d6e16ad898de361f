"""A procedure on one screen of a telephone: what matters most of each side, the rest by button."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.conversation.outcomes import Aspect
from bot.conversation.phrasing import shortened
from bot.conversation.sides import Sides, vietnamese_date
from bot.conversation.wording import Wording
from knowledge.models import FeeStatus, OnlineLevel, Procedure, RequiredDocument

MOST_PAPERS: Final = 4
MOST_FIGURES: Final = 2
LONGEST_PAPER: Final = 76
LONGEST_FIGURE: Final = 64
LONGEST_PLACE: Final = 100
LONGEST_REMARK: Final = 110
_FIRST: Final = re.compile(r"[.;]\s")


@dataclass(frozen=True, slots=True)
class Overview:
    """Writes the short card in about twelve lines."""

    wording: Wording
    sides: Sides

    def lines(self, procedure: Procedure) -> list[str]:
        """Give the lines between the name and the source."""
        return [
            *self._who(procedure),
            *self._papers(procedure),
            *self._figures(procedure),
            *self._where(procedure),
            self._online(procedure),
            *self._note(procedure),
        ]

    def _who(self, procedure: Procedure) -> list[str]:
        who = _FIRST.split(procedure.for_whom, maxsplit=1)[0].rstrip(".")
        return [self._line(Aspect.WHO, shortened(who, LONGEST_REMARK))] if who else []

    def _papers(self, procedure: Procedure) -> list[str]:
        words, papers = self.wording.card["overview"], procedure.papers
        if not papers:
            told = self.sides.told(procedure, Aspect.PAPERS).items[0]
            return [self._line(Aspect.PAPERS, shortened(told, LONGEST_REMARK))]
        # The last place goes to the line that tells there are more.
        most = MOST_PAPERS if len(papers) <= MOST_PAPERS else MOST_PAPERS - 1
        shown = [self._paper(paper) for paper in papers[:most]]
        whole = [self.sides.paper(paper) for paper in papers[:most]]
        lines = [f"{self._label(Aspect.PAPERS)}:", *(f"• {paper}" for paper in shown)]
        if len(papers) > most:
            lines.append(words["more_papers"].format(count=len(papers) - most))
        elif shown != whole or procedure.papers_note:
            lines.append(words["whole_papers"])
        return lines

    def _paper(self, paper: RequiredDocument) -> str:
        """Tell a paper, cut when it is long; that it is not for everybody is never cut off."""
        whole = self.sides.paper(paper)
        if len(whole) <= LONGEST_PAPER:
            return whole
        sometimes = self.wording.card["overview"]["sometimes"] if paper.case else ""
        return shortened(paper.name, LONGEST_PAPER - len(sometimes)) + sometimes

    def _figures(self, procedure: Procedure) -> list[str]:
        fee, told = procedure.fee, self.wording.card["overview"]["nothing_known"]
        fee_known = fee.status is not FeeStatus.UNKNOWN or fee.note
        if not fee_known and not procedure.times and not procedure.time_note:
            time = self._label(Aspect.TIME)
            return [told.format(fee=self._label(Aspect.FEE), time=time[:1].lower() + time[1:])]
        return [self._fee(procedure), self._time(procedure)]

    def _fee(self, procedure: Procedure) -> str:
        fee, words = procedure.fee, self.wording.card["overview_fee"]
        brief = [words[fee.status]] if fee.status in words else self.sides.fee_items(fee)
        waiver = self._waiver(procedure)
        if waiver:
            return self._line(Aspect.FEE, f"{self._joined(brief)}; {waiver}")
        remarks = self.sides.phrasing.left(fee.note, brief)
        return self._pointed(Aspect.FEE, brief, more=bool(remarks))

    def _waiver(self, procedure: Procedure) -> str:
        """Tell that some pay less or nothing, and until when if that ends."""
        words = self.wording.card["overview"]
        if procedure.fee.status is FeeStatus.FREE:
            return ""
        waiving = [note for note in procedure.notes if self.sides.phrasing.waives(note.text)]
        last = max((note.until for note in waiving if note.until), default=None)
        if last:
            return words["waiver_until"].format(until=vietnamese_date(last))
        return words["waiver"] if waiving or self.sides.phrasing.waives(procedure.fee.note) else ""

    def _time(self, procedure: Procedure) -> str:
        told = self.sides.told(procedure, Aspect.TIME)
        if not told.items:
            return self._line(Aspect.TIME, shortened(told.remarks[0], LONGEST_REMARK))
        left = self.sides.phrasing.left(procedure.time_note, told.items)
        return self._pointed(Aspect.TIME, told.items, more=bool(left))

    def _where(self, procedure: Procedure) -> list[str]:
        words = self.wording.card["overview"]
        first, *others = self.sides.place_items(procedure)
        ours = [self.sides.units[one] for one in procedure.places if one in self.sides.units]
        place = shortened(ours[0].name if ours else first, LONGEST_PLACE)
        if ours:
            return [self._line(Aspect.WHERE, place + words["see_address"])]
        return [self._pointed(Aspect.WHERE, [place], more=bool(others))]

    def _online(self, procedure: Procedure) -> str:
        words = self.wording.card["overview_online"]
        told = words[procedure.online]
        url = procedure.online_url if procedure.online is not OnlineLevel.NONE else ""
        return self._line(Aspect.ONLINE, f"{told}: {url}" if url else told)

    def _note(self, procedure: Procedure) -> list[str]:
        """Tell the first remark that the fee's line does not point to."""
        notes = [note for note in procedure.notes if not self.sides.phrasing.waives(note.text)]
        if not notes:
            return []
        told = self.sides.notes(notes[:1])
        return [self._pointed(Aspect.NOTES, told, most=LONGEST_REMARK, more=len(notes) > 1)]

    def _pointed(
        self, aspect: Aspect, items: Sequence[str], *, more: bool, most: int = LONGEST_FIGURE
    ) -> str:
        """Tell the first items, and the button behind which there is more."""
        shown = [shortened(item, most) for item in items[:MOST_FIGURES]]
        all_told = list(items) == shown and not more
        pointer = "" if all_told else self.wording.card["overview"]["see"]
        told = "; ".join(shown)
        if pointer:
            told = told.rstrip(".")
        return self._line(aspect, told + pointer.format(label=self._label(aspect)))

    def _joined(self, items: Sequence[str]) -> str:
        return "; ".join(shortened(item, LONGEST_FIGURE) for item in items[:MOST_FIGURES])

    def _label(self, aspect: Aspect) -> str:
        return self.wording.card["labels"][aspect]

    def _line(self, aspect: Aspect, text: str) -> str:
        return f"{self._label(aspect)}: {text}"
