"""A procedure as a citizen reads it: a short card, and one text for each of its sides."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from bot.conversation.outcomes import Aspect
from bot.conversation.wording import Wording
from knowledge.models import (
    Confidence,
    Fee,
    FeeLine,
    FeeStatus,
    Note,
    OnlineLevel,
    Procedure,
    ProcessingTime,
    RequiredDocument,
    TimeUnit,
)
from knowledge.text import fold

_SENTENCE_END: Final = re.compile(r"(?<=[.])\s+")
PAPERS_ON_CARD: Final = 4
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


def vietnamese_date(day: date) -> str:
    """Write a day as Vietnamese people do: 28/02/2027."""
    return day.strftime("%d/%m/%Y")


def amount(value: int) -> str:
    """Write đồng with dots: 8.000."""
    return f"{value:,}".replace(",", ".")


@dataclass(frozen=True, slots=True)
class CardWriter:
    """Writes the texts of a procedure from its record; adds no fact of its own."""

    wording: Wording
    laws: Mapping[str, str]

    def text(
        self, procedure: Procedure, aspect: Aspect, *, today: date, also: Sequence[str] = ()
    ) -> str:
        """Give the text of one side with its source and date; notes that are over stay out.

        What it does not hold of ``also`` follows it.
        """
        procedure = replace(procedure, notes=_still_true(procedure.notes, today))
        body = (
            self._overview(procedure)
            if aspect is Aspect.OVERVIEW
            else self._side(procedure, aspect)
        )
        told = "\n".join(body)
        return self.around(procedure, [*body, *(f"• {one}" for one in also if one not in told)])

    def sentences(
        self, procedure: Procedure, cues: Sequence[str], *, today: date
    ) -> tuple[str, ...]:
        """Give the card's own sentences that hold one of ``cues``; past notes stay out."""
        wanted = [fold(cue) for cue in cues]
        each = _sentences(procedure, today)
        return tuple(dict.fromkeys(one for one in each if any(cue in fold(one) for cue in wanted)))

    def said(self, procedure: Procedure, *, today: date) -> tuple[str, ...]:
        """Give all the card says, line by line: papers, sentences and steps."""
        papers = map(self._paper, procedure.papers)
        return tuple(dict.fromkeys((*papers, *_sentences(procedure, today), *procedure.steps)))

    def around(self, procedure: Procedure, lines: Sequence[str], *, foot: str = "") -> str:
        """Set ``lines`` between the name of a procedure and its source, or another ``foot``."""
        below = foot or self._foot(procedure)
        return "\n".join([procedure.everyday_name.upper(), *lines, below])

    def label(self, aspect: Aspect) -> str:
        """Give the word that stands on a side's button."""
        return self.wording.card["labels"][aspect]

    def _overview(self, procedure: Procedure) -> list[str]:
        if not procedure.has_card:
            return self._bare(procedure)
        lines = [self._line(Aspect.WHO, [procedure.for_whom])] if procedure.for_whom else []
        lines.append(self._line(Aspect.PAPERS, self._papers(procedure, PAPERS_ON_CARD)))
        lines.append(self._line(Aspect.FEE, self._fee(procedure)))
        lines.append(self._line(Aspect.TIME, self._time(procedure)))
        lines.append(self._line(Aspect.WHERE, self._where(procedure)))
        lines.append(self._line(Aspect.ONLINE, self._online(procedure)))
        return [*lines, *self._doubts(procedure)]

    def _bare(self, procedure: Procedure) -> list[str]:
        url = procedure.online_url or procedure.source.url
        lines = (
            [procedure.official_name] if procedure.official_name != procedure.everyday_name else []
        )
        return [*lines, self.wording.card["notes"]["bare"].format(url=url)]

    def _side(self, procedure: Procedure, aspect: Aspect) -> list[str]:
        writers: Mapping[Aspect, Callable[[Procedure], list[str]]] = {
            Aspect.PAPERS: self._papers,
            Aspect.FEE: self._fee,
            Aspect.TIME: self._time,
            Aspect.WHERE: self._where,
            Aspect.ONLINE: self._online,
            Aspect.STEPS: self._steps,
            Aspect.FORM: self._form,
            Aspect.LAW: self._law,
            Aspect.WHO: self._who,
            Aspect.RESULT: self._result,
            Aspect.NOTES: self._notes,
        }
        lines = [self._line(aspect, writers[aspect](procedure))]
        if aspect is Aspect.FEE:
            lines += self._dated_notes(procedure)
        return [*lines, *self._doubts(procedure)]

    def _line(self, aspect: Aspect, parts: list[str]) -> str:
        label = self.label(aspect)
        if len(parts) == 1:
            return f"{label}: {parts[0]}"
        return "\n".join([f"{label}:", *(f"• {part}" for part in parts)])

    def _papers(self, procedure: Procedure, most: int = 99) -> list[str]:
        words = self.wording.card["papers"]
        if not procedure.papers:
            return [procedure.papers_note or words["unknown"]]
        shown = [self._paper(paper) for paper in procedure.papers[:most]]
        hidden = len(procedure.papers) - len(shown)
        if hidden:
            shown.append(words["more"].format(count=hidden))
        elif procedure.papers_note:
            shown.append(procedure.papers_note)
        return shown

    def _paper(self, paper: RequiredDocument) -> str:
        words = self.wording.card["papers"]
        counts = [
            words[key].format(count=count)
            for key, count in (("originals", paper.originals), ("copies", paper.copies))
            if count
        ]
        details = [*counts, *([paper.case] if paper.case else [])]
        return f"{paper.name} ({', '.join(details)})" if details else paper.name

    def _fee(self, procedure: Procedure) -> list[str]:
        fee = procedure.fee
        if fee.status is FeeStatus.KNOWN:
            return [*map(self._fee_line, fee.lines), *_maybe(fee.note)]
        return [self._fee_status(fee)]

    def _fee_status(self, fee: Fee) -> str:
        status = self.wording.card["fee"][fee.status]
        return f"{status}. {fee.note}" if fee.note else status

    def _fee_line(self, line: FeeLine) -> str:
        words = self.wording.card["fee"]
        return words["line"].format(
            amount=amount(line.amount),
            per=words["per"].format(per=line.per) if line.per else "",
            case=words["case"].format(case=line.case) if line.case else "",
        )

    def _time(self, procedure: Procedure) -> list[str]:
        words = self.wording.card["time"]
        lines = [self._one_time(time) for time in procedure.times]
        if procedure.fifteen_hour_rule:
            lines.append(words["fifteen_hour_rule"])
        return [*lines, *_maybe(procedure.time_note)] or [words["unknown"]]

    def _one_time(self, time: ProcessingTime) -> str:
        text = self.wording.card["time"][time.unit]
        if time.unit is not TimeUnit.SAME_DAY:
            text = text.format(amount=time.amount)
        return f"{text} ({time.case})" if time.case else text

    def _where(self, procedure: Procedure) -> list[str]:
        words = self.wording.card["places"]
        lines = [words[place] for place in procedure.places]
        if procedure.any_centre:
            lines.append(words["any_centre"])
        return [*lines, *_maybe(procedure.where_note)] or [words["unknown"]]

    def _online(self, procedure: Procedure) -> list[str]:
        words = self.wording.card["online"]
        lines = [words[procedure.online], *_maybe(procedure.online_note)]
        if procedure.online_url and procedure.online is not OnlineLevel.NONE:
            lines.append(words["link"].format(url=procedure.online_url))
        return lines

    def _steps(self, procedure: Procedure) -> list[str]:
        steps = [f"{number}. {step}" for number, step in enumerate(procedure.steps, start=1)]
        return ["\n" + "\n".join(steps)] if steps else [self.wording.card["steps"]["unknown"]]

    def _form(self, procedure: Procedure) -> list[str]:
        forms = [paper.form for paper in procedure.papers if paper.form]
        url = procedure.online_url or procedure.source.url
        return [*dict.fromkeys(forms), self.wording.card["form"]["none"].format(url=url)]

    def _law(self, procedure: Procedure) -> list[str]:
        texts = [_law_line(number, self.laws.get(number, "")) for number in procedure.legal]
        return texts or [self.wording.card["law"]["unknown"]]

    def _who(self, procedure: Procedure) -> list[str]:
        return [procedure.for_whom or self.wording.card["who"]["unknown"]]

    def _result(self, procedure: Procedure) -> list[str]:
        return [procedure.result or self.wording.card["result"]["unknown"]]

    def _notes(self, procedure: Procedure) -> list[str]:
        return self._dated_notes(procedure) or [self.wording.card["result"]["unknown"]]

    def _dated_notes(self, procedure: Procedure) -> list[str]:
        words = self.wording.card["notes"]
        return [
            words["until"].format(text=note.text, until=vietnamese_date(note.until))
            if note.until
            else note.text
            for note in procedure.notes
        ]

    def _doubts(self, procedure: Procedure) -> list[str]:
        words = self.wording.card["notes"]
        lines = []
        if procedure.renumbered_to:
            lines.append(words["renumbered"].format(code=procedure.renumbered_to))
        if procedure.has_card and procedure.confidence is Confidence.U:
            lines.append(words["unconfirmed"])
        return lines

    def _foot(self, procedure: Procedure) -> str:
        source = procedure.source
        return self.wording.card["foot"]["source"].format(
            name=source.name, seen=vietnamese_date(source.seen), code=procedure.code
        )


def _maybe(text: str) -> list[str]:
    return [text] if text else []


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


def _law_line(number: str, title: str) -> str:
    return f"{title} ({number})" if title else number
