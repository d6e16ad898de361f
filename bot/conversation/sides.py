"""What each side of a procedure says: its items, and remarks that are no items."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from bot.conversation.hours import described
from bot.conversation.outcomes import Aspect
from bot.conversation.phrasing import Phrasing, contained
from bot.conversation.wording import Wording
from knowledge.models import (
    Fee,
    FeeLine,
    FeeStatus,
    Note,
    Office,
    OnlineLevel,
    Place,
    Procedure,
    ProcessingTime,
    RequiredDocument,
    TimeUnit,
)

FIELDS: Final[Mapping[Aspect, tuple[str, ...]]] = {
    Aspect.PAPERS: ("papers", "papers_note"),
    Aspect.FEE: ("fee",),
    Aspect.TIME: ("times", "time_note", "fifteen_hour_rule"),
    Aspect.WHERE: ("places", "where_note", "any_centre"),
    Aspect.ONLINE: ("online", "online_url", "online_note"),
    Aspect.STEPS: ("steps",),
    Aspect.FORM: ("papers",),
    Aspect.LAW: ("legal",),
    Aspect.WHO: ("for_whom",),
    Aspect.RESULT: ("result",),
    Aspect.NOTES: ("notes",),
}


def vietnamese_date(day: date) -> str:
    """Write a day as Vietnamese people do: 28/02/2027."""
    return day.strftime("%d/%m/%Y")


def amount(value: int) -> str:
    """Write đồng with dots: 8.000."""
    return f"{value:,}".replace(",", ".")


@dataclass(frozen=True, slots=True)
class Told:
    """Items, one a line, and the remarks and whole lines that follow them."""

    items: list[str]
    remarks: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sides:
    """Tells one side of a procedure after another; ``units`` are the desks of our own offices."""

    wording: Wording
    phrasing: Phrasing
    laws: Mapping[str, str]
    units: Mapping[Place, Office] = field(default_factory=dict)

    def told(self, procedure: Procedure, aspect: Aspect) -> Told:
        """Give what one side says; unknown is said to be unknown."""
        writers: Mapping[Aspect, Callable[[Procedure], Told]] = {
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
        return writers[aspect](procedure)

    def _papers(self, procedure: Procedure) -> Told:
        if not procedure.papers:
            return Told([procedure.papers_note or self.wording.card["papers"]["unknown"]])
        return Told(list(map(self.paper, procedure.papers)), _maybe(procedure.papers_note))

    def paper(self, paper: RequiredDocument) -> str:
        """Tell one paper with how many of it, and when it is asked for."""
        words = self.wording.card["papers"]
        counts = [
            words[key].format(count=count)
            for key, count in (("originals", paper.originals), ("copies", paper.copies))
            if count
        ]
        details = [*counts, *_maybe(paper.case)]
        return f"{paper.name} ({', '.join(details)})" if details else paper.name

    def _fee(self, procedure: Procedure) -> Told:
        fee = procedure.fee
        notes = (note for note in procedure.notes if self.phrasing.waives(note.text))
        return Told(self.fee_items(fee), [*_maybe(fee.note), *self.notes(notes)])

    def fee_items(self, fee: Fee) -> list[str]:
        """Tell each amount, or what is known instead."""
        if fee.status is FeeStatus.KNOWN:
            return list(map(self._fee_line, fee.lines))
        return [self.wording.card["fee"][fee.status]]

    def _fee_line(self, line: FeeLine) -> str:
        words = self.wording.card["fee"]
        case = words["case"].format(case=line.case) if line.case else ""
        if not line.amount:
            return words["free"] + case
        per = words["per"].format(per=line.per) if line.per else ""
        return words["line"].format(amount=amount(line.amount), per=per, case=case)

    def _time(self, procedure: Procedure) -> Told:
        words = self.wording.card["time"]
        rule = [words["fifteen_hour_rule"]] if procedure.fifteen_hour_rule else []
        items = list(map(self.time, procedure.times))
        remarks = [*_maybe(procedure.time_note), *rule]
        return Told(items or ([] if remarks else [words["unknown"]]), remarks)

    def time(self, time: ProcessingTime) -> str:
        """Tell one time limit and its case."""
        text = self.wording.card["time"][time.unit]
        if time.unit is not TimeUnit.SAME_DAY:
            text = text.format(amount=time.amount)
        return f"{text} ({time.case})" if time.case else text

    def _where(self, procedure: Procedure) -> Told:
        words = self.wording.card["places"]
        remarks = [words["any_centre"]] if procedure.any_centre else []
        ours = [self.units[place] for place in procedure.places if place in self.units]
        lines = [described(self.wording, unit) for unit in ours]
        return Told(self.place_items(procedure), remarks, lines)

    def place_items(self, procedure: Procedure) -> list[str]:
        """Tell each place; one that its note names more closely is told by the note alone."""
        words = self.wording.card["places"]
        named = [place for place in procedure.places if place is not Place.OTHER]
        items = contained([*(words[place] for place in named), *_maybe(procedure.where_note)])
        return items or [words["other" if procedure.places else "unknown"]]

    def _online(self, procedure: Procedure) -> Told:
        words = self.wording.card["online"]
        link = []
        if procedure.online_url and procedure.online is not OnlineLevel.NONE:
            link = [words["link"].format(url=procedure.online_url)]
        return Told([words[procedure.online]], _maybe(procedure.online_note), link)

    def _steps(self, procedure: Procedure) -> Told:
        steps = self.wording.steps(procedure.steps)
        return Told([], lines=steps) if steps else Told([self.wording.card["steps"]["unknown"]])

    def _form(self, procedure: Procedure) -> Told:
        forms = dict.fromkeys(paper.form for paper in procedure.papers if paper.form)
        url = procedure.online_url or procedure.source.url
        return Told(list(forms), [self.wording.card["form"]["none"].format(url=url)])

    def _law(self, procedure: Procedure) -> Told:
        texts = [_law_line(number, self.laws.get(number, "")) for number in procedure.legal]
        return Told(texts or [self.wording.card["law"]["unknown"]])

    def _who(self, procedure: Procedure) -> Told:
        return Told([procedure.for_whom or self.wording.card["who"]["unknown"]])

    def _result(self, procedure: Procedure) -> Told:
        return Told([procedure.result or self.wording.card["result"]["unknown"]])

    def _notes(self, procedure: Procedure) -> Told:
        return Told(self.notes(procedure.notes) or [self.wording.card["notes"]["none"]])

    def notes(self, notes: Iterable[Note]) -> list[str]:
        """Tell each remark with the last day it holds."""
        words = self.wording.card["notes"]
        return [
            words["until"].format(text=note.text.rstrip(". "), until=vietnamese_date(note.until))
            if note.until
            else note.text
            for note in notes
        ]


def _maybe(text: str) -> list[str]:
    return [text] if text else []


def _law_line(number: str, title: str) -> str:
    return f"{title} ({number})" if title else number
