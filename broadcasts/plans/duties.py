"""Duties of units in prose: “1. Công chức VH-XH” and what stands below it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from broadcasts.plans.layout import opens_signature
from broadcasts.plans.models import Entry, EntryKind, Flag
from broadcasts.plans.outline import Placed, Step
from broadcasts.plans.prose import first_verb, partners_in, times_in
from broadcasts.plans.readers import readers_in
from broadcasts.plans.timings import ReadTiming, timing_flags
from broadcasts.plans.units import NOBODY, Units, begins_unit, split_units
from broadcasts.plans.words import alternatives, flag, opens

LONGEST_NAME: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """A paragraph that tells a unit what to do; ``label`` is the number the unit stands under."""

    placed: Placed
    units: Units
    label: str
    # Which heading it stands under, as two of them may bear one number.
    group: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyReading:
    """The duties of a plan, the headings that name units, and the sentences that only close."""

    duties: tuple[Duty, ...]
    headings: tuple[Placed, ...]
    closings: tuple[Placed, ...]


@dataclass(slots=True)
class _Open:
    """The unit whose duties are being read."""

    units: Units = NOBODY
    label: str = ""
    step: Step | None = None
    group: int = 0

    def turn(self, units: Units, step: Step | None) -> None:
        """Go on to the next heading."""
        self.units, self.step = units, step
        self.label = step.label if step else ""
        self.group += 1


def duties_of(outline: Iterable[Placed]) -> DutyReading:
    """Find the duties in the part on who does what."""
    duties: list[Duty] = []
    headings: list[Placed] = []
    closings: list[Placed] = []
    unit = _Open()
    for placed in outline:
        if not any(step.names("duties") for step in placed.above):
            continue
        if closes(placed):
            closings.append(placed)
        elif _turns(placed, unit):
            _turn(placed, unit)
            headings.append(placed)
        else:
            duties.append(_duty(placed, unit))
    return DutyReading(duties=tuple(duties), headings=tuple(headings), closings=tuple(closings))


def entries_of(duties: tuple[Duty, ...], read_timing: ReadTiming, year: int) -> tuple[Entry, ...]:
    """Make an entry of each duty; several of one unit are numbered below it."""
    shared = Counter(duty.group for duty in duties)
    seen: Counter[int] = Counter()
    told = []
    for duty in duties:
        seen[duty.group] += 1
        place = str(seen[duty.group])
        alone = shared[duty.group] == 1 and duty.label
        no = duty.label if alone else f"{duty.label}.{place}".strip(".")
        told.append(_entry(duty, no, read_timing, year))
    return tuple(told)


def closes(placed: Placed) -> bool:
    """Tell whether a sentence asks nothing of one unit: it closes the plan, or bids everybody."""
    text = placed.text
    if opens(text, "sections", "closings") or opens_signature(text):
        return True
    bids = placed.step is None and opens(text, "sections", "biddings")
    return bids and not times_in(text)


def _turns(placed: Placed, unit: _Open) -> bool:
    """Tell whether a paragraph is nothing but the name of whose duties follow."""
    text = _without_bidding(placed.text)
    name = _name(text)
    if not name or not begins_unit(name):
        return False
    rest = text[len(name) :].strip(" :.")
    below = unit.step is not None and placed.step is None and not text.endswith(":")
    return not below and (not rest or (text.endswith(":") and len(rest.split()) <= LONGEST_NAME))


def _turn(placed: Placed, unit: _Open) -> None:
    unit.turn(split_units(_name(_without_bidding(placed.text))), placed.step)


def _duty(placed: Placed, unit: _Open) -> Duty:
    """A duty names its unit itself, or stands below a heading that does."""
    text = _without_bidding(placed.text)
    own = _name(text)
    names_own = own != text.strip(" .:") and begins_unit(own)
    step = placed.step
    if names_own and (step is None or _is_beside(step, unit)):
        if step is not None:
            _turn(placed, unit)
        return Duty(placed=placed, units=split_units(own), label=unit.label, group=unit.group)
    if step is not None and _is_beside(step, unit):
        unit.turn(NOBODY, step)
    return Duty(placed=placed, units=unit.units, label=unit.label, group=unit.group)


def _is_beside(step: Step, unit: _Open) -> bool:
    """Tell whether a numbered paragraph begins anew, rather than standing below the unit."""
    return unit.step is None or step.level <= unit.step.level


def _entry(duty: Duty, no: str, read_timing: ReadTiming, year: int) -> Entry:
    text = duty.placed.text
    times, partners = times_in(text), partners_in(text)
    found = timing_flags(read_timing, "; ".join(times), year)
    entry = Entry(
        no=no[:16],
        kind=EntryKind.DUTY,
        content=text,
        source=duty.placed.source,
        lead=duty.units.names,
        cooperating=partners.units.names,
        time_text="; ".join(times),
        timing=found.timing,
        audience=readers_in(text),
    )
    told: list[Flag] = [*found.flags]
    if len(times) > 1:
        told.append(flag("several_times"))
    if not duty.units.names:
        told.append(flag("no_lead"))
    elif not duty.units.clear:
        told.append(flag("units_unclear", units="; ".join(duty.units.names)))
    if partners.unclear:
        told.append(flag("cooperating_unclear", words=partners.unclear))
    return replace(entry, flags=tuple(told))


def _without_bidding(text: str) -> str:
    """Give a heading without “Giao”, “Đề nghị” before the unit."""
    found = _bidding().match(text)
    bare = text[found.end() :] if found else text
    return bare if found and begins_unit(bare[:1].upper() + bare[1:]) else text


def _name(text: str) -> str:
    """Give the words of a heading up to its colon or its verb."""
    head = text.split(":", maxsplit=1)[0]
    verb = first_verb(head)
    return (head if verb is None else head[:verb]).strip(" .,:")


@cache
def _bidding() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives('units', 'before')})\s+", re.IGNORECASE)
