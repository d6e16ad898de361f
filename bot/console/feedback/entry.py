"""What an officer fills in for somebody who came to the desk or called, and the case it makes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, Final

from bot.console.fields import Code, Line, Once, OneOf, Ticked, Words
from bot.console.forms import Faulty, Typed
from bot.console.words import say
from bot.feedback.classifying import Urgency, classify
from bot.feedback.kinds import HANDLED, WITHHELD, Kind
from bot.feedback.limits import Grade
from bot.feedback.models import Contact, Place, Source
from bot.feedback.purposes import Purpose, consent_text
from bot.feedback.reference import new_reference
from bot.feedback.regimes import regime_of
from bot.feedback.topics import topics
from bot.handling.filing import Told
from bot.officials.models import OfficerId
from bot.officials.telephones import is_telephone

# What may be left open: the words propose it.
OPEN: Final = ("kind", "topic")


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryForm:
    """What somebody told; ``agreed`` says that they agreed to be written down with their name.

    A kind or a topic that is left open is proposed. ``no_way`` says that they were asked and
    wish no complaint and no denunciation, whatever their words read as.
    """

    once: Annotated[str, Once()]
    source: Annotated[Source, OneOf(Source)]
    words: Annotated[str, Words(10, 4_000)]
    kind: Annotated[Kind | None, OneOf(Kind)] = None
    topic: Annotated[str, Code()] = ""
    no_way: Annotated[bool, Ticked()] = False
    place: Annotated[str, Line(0, 300)] = ""
    hamlet: Annotated[str, Line(0, 80)] = ""
    happened: Annotated[str, Line(0, 200)] = ""
    urgent: Annotated[bool, Ticked()] = False
    name: Annotated[str, Line(0, 80)] = ""
    phone: Annotated[str, Line(0, 30)] = ""
    address: Annotated[str, Line(0, 200)] = ""
    call_back: Annotated[bool, Ticked()] = False
    agreed: Annotated[bool, Ticked()] = False

    @property
    def contact(self) -> Contact:
        """How the person is reached, as far as they told."""
        return Contact(name=self.name, phone=self.phone, address=self.address)

    def told(self, office: str, officer: OfficerId, at: datetime) -> Told:
        """Give what makes the case."""
        contact, kind = self.contact, self.kind or Kind.REPORT
        return Told(
            office=office,
            reference=new_reference(),
            kind=kind,
            topic=self.topic,
            regime=regime_of(kind, self.topic).id,
            words=self.words,
            at=at,
            grade=Grade.URGENT if self.urgent else Grade.SIMPLE,
            urgent=self.urgent,
            place=Place(words=self.place, hamlet=self.hamlet),
            happened=self.happened,
            source=self.source,
            entered_by=officer,
            anonymous=contact.is_empty,
            call_back=self.call_back,
            contact=contact,
            consent="" if contact.is_empty else consent_text(Purpose.CONTACT).version,
        )


def checked(form: EntryForm, *, sealing: bool) -> None:
    """Look at what was filled in; without ``sealing`` nothing of a person can be kept.

    Raises:
        Faulty: something is to be mended.
    """
    faults = {**_unknown(form), **_of_person(form, sealing=sealing)}
    if not form.no_way and classify(form.words).kind in WITHHELD:
        faults["words"] = say("case_entry.reads_as")
    proposals = _proposals(form)
    if faults or proposals:
        raise Faulty(faults, proposals=proposals)


def _proposals(form: EntryForm) -> dict[str, str]:
    """Give what is beside the fields that the words are asked to propose."""
    left_open = [name for name in OPEN if not getattr(form, name)]
    is_urgent = left_open and classify(form.words).urgency is Urgency.URGENT and not form.urgent
    return dict.fromkeys(
        [*left_open, *(["urgent"] if is_urgent else [])], say("case_entry.proposed")
    )


def _unknown(form: EntryForm) -> dict[str, str]:
    """Give the fields that hold none of what was offered."""
    known = {
        "kind": form.kind is None or form.kind in HANDLED,
        "topic": not form.topic or form.topic in topics(),
        "source": form.source in (Source.DESK, Source.PHONE),
    }
    return {name: say("faults.not_choice") for name, right in known.items() if not right}


def proposed(typed: Typed) -> Typed:
    """Give a form that is shown again with what its words propose where it was left open."""
    words = str(typed.get("words"))
    if not words.strip() or not (blank := [one for one in OPEN if not typed.get(one)]):
        return typed
    heard = classify(words)
    told = {
        "kind": heard.kind if heard.kind in HANDLED else Kind.REPORT,
        "topic": heard.topic,
        "urgent": "on" if heard.urgency is Urgency.URGENT else "",
    }
    names = [one for one in (*blank, "urgent") if told[one]]
    return replace(typed, values={**typed.values, **{one: (str(told[one]),) for one in names}})


def withheld_kind(typed: Typed) -> Kind | None:
    """Tell whether what was typed reads as a complaint or a denunciation: whose way to tell."""
    asked = "words" in typed.faults or bool(typed.get("no_way"))
    kind = classify(str(typed.get("words"))).kind if asked else None
    return kind if kind in WITHHELD else None


def _of_person(form: EntryForm, *, sealing: bool) -> dict[str, str]:
    faults = {}
    if form.phone and not is_telephone(form.phone):
        faults["phone"] = say("case_entry.bad_phone")
    if form.call_back and not form.phone:
        faults["phone"] = say("case_entry.needs_phone")
    if not form.contact.is_empty and not sealing:
        faults["name"] = say("case_entry.no_keys")
    elif not form.contact.is_empty and not form.agreed:
        faults["agreed"] = say("case_entry.not_agreed")
    return faults
