"""Holds the calendar of the plans, its quotas and reminders against what really happened."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

from bot.storage.slot_rows import slot_from
from broadcasts.calendar import Slot, SlotFlag, SlotStatus, Standing, quotas, standing
from tests.fakes.years.books import Books, Verdict, sendings
from tests.fakes.years.habits import DAY
from tests.fakes.years.hours import Scene
from tests.fakes.years.people import at
from tests.fakes.years.plans import KINDS
from tests.fakes.years.reckoning import HERE
from tests.fakes.years.stage import Stage


def judge_plans(scene: Scene, stage: Stage, books: Books, verdict: Verdict) -> None:
    """Compare the times of plans, their quotas and what officers were told of them."""
    _calendar(scene, stage, books, verdict)
    _standings(scene, stage, books, verdict)
    _quotas(scene, books, verdict)
    _reminders(stage, books, verdict)


def _calendar(scene: Scene, stage: Stage, books: Books, verdict: Verdict) -> None:
    """Each plan has the times its words ask for, on working days within their spans."""
    for place, office in enumerate(scene.codes):
        for year in scene.calendar_years:
            mine = [row for row in books.slots if (row.office, row.year) == (office, year)]
            asked = KINDS[place % len(KINDS)].asked(year)
            if Counter(date.fromisoformat(row.last_on) for row in mine) != asked:
                verdict.wrong["times not as the plan asks"].append(f"{office} {year}")
    for row in books.slots:
        slot = slot_from(row)
        inside = slot.span.start <= slot.due_on <= slot.last_on <= slot.span.end
        if not slot.flag and not inside:
            verdict.wrong["proposed outside of its span"].append(str(slot))
        is_open = slot.status is not SlotStatus.UNRECORDED and not slot.by_hand
        if stage.almanac.is_down(at(slot.due_on, 8, 5)):
            # Closed while nobody led, and past when somebody did.
            continue
        if is_open and not stage.almanac.works(row.office, slot.due_on):
            verdict.wrong["proposed on a day off"].append(f"{row.office} {slot.due_on}")
    verdict.figures["times of plans"] = len(books.slots)
    flags = sum(row.flag != SlotFlag.NONE for row in books.slots)
    verdict.figures["of them flagged for a person"] = flags


def _standings(scene: Scene, stage: Stage, books: Books, verdict: Verdict) -> None:
    """What reached somebody is done, in time or late; all else stands as late or dropped."""
    sent: dict[int, date] = {}
    for _, row in sendings(stage, books):
        if row.run_ended_at is not None and row.status == "sent":
            day = row.run_ended_at.astimezone(HERE).date()
            sent[row.broadcast] = min(sent.get(row.broadcast, day), day)
    states: Counter[str] = Counter()
    for row in books.slots:
        slot = slot_from(row)
        stands = standing(slot, scene.ends)
        states[stands] += 1
        must = _must(stage, slot, sent.get(slot.broadcast or 0))
        if stands is not must:
            verdict.wrong["a time does not stand where it should"].append(f"{slot} {must}")
    verdict.figures["times by where they stand"] = " ".join(f"{k} {n}" for k, n in states.items())


def _must(stage: Stage, slot: Slot, sent: date | None) -> Standing:
    """Tell where a slot must stand when the years are over."""
    if slot.status is SlotStatus.UNRECORDED:
        return Standing.UNRECORDED
    if slot.id in stage.notes.outside:
        return Standing.DROPPED if slot.status is SlotStatus.DROPPED else Standing.DONE
    if sent is None:
        return Standing.LATE
    return Standing.DONE if sent <= slot.last_on else Standing.DONE_LATE


def _quotas(scene: Scene, books: Books, verdict: Verdict) -> None:
    """Each quota is met, or shows that it is late."""
    entries: dict[int, list[Slot]] = defaultdict(list)
    for row in books.slots:
        entries[row.entry].append(slot_from(row))
    told = [one for mine in entries.values() for one in quotas(mine, scene.ends)]
    unmet = [one for one in told if not one.met]
    lost = [one for one in unmet if not one.late]
    verdict.wrong["quota neither met nor flagged"] += map(str, lost)
    verdict.figures["quotas: met / flagged late / neither"] = (
        f"{len(told) - len(unmet)} / {len(unmet) - len(lost)} / {len(lost)}"
    )


def _reminders(stage: Stage, books: Books, verdict: Verdict) -> None:
    """Each thing is told once of a kind, in one message a day, in waking hours; and all of it."""
    kinds = Counter((row.slot, row.officer, row.kind) for row in books.reminders)
    verdict.wrong["reminded twice"] += [str(one) for one, times in kinds.items() if times > 1]
    days = Counter(
        (row.conversation, row.created_at.astimezone(HERE).date()) for row in books.told
    )
    verdict.wrong["two reminders on a day"] += [
        str(one) for one, times in days.items() if times > 1
    ]
    expected = Counter(stage.notes.reminders)
    verdict.wrong["reminder nobody expected"] += map(str, (kinds - expected).elements())
    verdict.wrong["reminder not told"] += map(str, (expected - kinds).elements())
    late = {row.slot for row in books.reminders if row.kind == "late"}
    late_now = (slot_from(row) for row in books.slots)
    end = stage.clock.now().astimezone(HERE).date()
    verdict.wrong["late and nobody told"] += [
        str(slot)
        for slot in late_now
        if slot.status is SlotStatus.OPEN and slot.last_on + DAY < end and slot.id not in late
    ]
    verdict.figures["reminders, in so many messages"] = (
        f"{len(books.reminders)} / {len(books.told)}"
    )
