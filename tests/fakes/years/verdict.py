"""Holds what was scheduled and sent against the reckoning."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row

from tests.fakes.years.books import Books, Verdict, read_books, sendings
from tests.fakes.years.hours import Scene
from tests.fakes.years.kept import judge_plans
from tests.fakes.years.people import at
from tests.fakes.years.reckoning import HERE, runs_of
from tests.fakes.years.stage import Stage

# When it was due, whether it was missed, when it began.
Run = tuple[datetime, bool, datetime | None]


async def judge(scene: Scene, stage: Stage) -> Verdict:
    """Compare everything."""
    books = await read_books(stage.database)
    verdict = Verdict()
    _occurrences(scene, stage, books, verdict)
    _letters(stage, books, verdict)
    _repeats(books, verdict)
    _ledger(stage, books, verdict)
    judge_plans(scene, stage, books, verdict)
    return verdict


def _occurrences(scene: Scene, stage: Stage, books: Books, verdict: Verdict) -> None:
    """Each schedule has exactly the runs the reckoning says."""
    until = at(scene.ends, 0)
    notes = stage.notes
    by_schedule: dict[int, set[Run]] = defaultdict(set)
    for run in books.runs:
        # What a person began or let go was missed before.
        missed = run.status == "missed" or run.id in notes.begun_by_hand or run.began_at is None
        seen = None if missed else run.began_at
        by_schedule[run.schedule].add((run.due_at, missed, seen))
    wanted = 0
    for number, one in notes.wanted.items():
        told = runs_of(stage.almanac, one, until=until, ended=notes.ended.get(number))
        must = {(run.due, run.missed, None if run.missed else run.seen) for run in told}
        wanted += len(must)
        found = by_schedule[number]
        for kind, runs_ in (("run nobody wished", found - must), ("run not there", must - found)):
            verdict.wrong[kind] += [f"{one} {sorted(map(str, run))}" for run in runs_]
    unknown = by_schedule.keys() - notes.wanted.keys()
    verdict.wrong["schedule nobody wished"] += map(str, unknown)
    verdict.figures["schedules, once / from slots / recurring"] = len(notes.wanted)
    verdict.figures["occurrences reckoned, each found"] = wanted
    missed = [run for told in by_schedule.values() for run in told if run[1]]
    verdict.figures["of them missed, a person was asked"] = len(missed)
    verdict.figures["standstills of the program"] = len(stage.almanac.down)


def _letters(stage: Stage, books: Books, verdict: Verdict) -> None:
    """Look at every message: its hour, its day, its time, its reader."""
    seen: Counter[str] = Counter()
    for moment, row in sendings(stage, books):
        quiet = stage.almanac.is_quiet(row.office, moment)
        seen["all"] += 1
        seen["urgent"] += row.urgent
        seen["urgent in quiet hours"] += row.urgent and quiet
        seen["later"] += moment.astimezone(HERE).date() != row.began_at.astimezone(HERE).date()
        for fault in _faults(stage, moment, row):
            verdict.wrong[fault].append(f"{moment.astimezone(HERE)} run {row.run} {row.office}")
    verdict.figures |= {
        "messages sent": seen["all"],
        "of them urgent / of these in quiet hours": (
            f"{seen['urgent']} / {seen['urgent in quiet hours']}"
        ),
        "of them on a later day than their run began": seen["later"],
    }
    for what in ("sent in quiet hours", "begun on a day left out", "sent before its time"):
        verdict.figures[what] = len(verdict.wrong[what])


def _faults(stage: Stage, moment: datetime, row: Row[Any]) -> Iterator[str]:
    """Name what is wrong with one message."""
    almanac, by_hand = stage.almanac, row.run in stage.notes.begun_by_hand
    if almanac.is_quiet(row.office, moment) and not row.urgent:
        yield "sent in quiet hours"
    if moment < row.due_at or moment < row.began_at:
        yield "sent before its time"
    if not by_hand and row.began_at > row.due_at + timedelta(minutes=row.grace_minutes):
        yield "begun past its latest start"
    works = almanac.works(row.office, row.began_at.astimezone(HERE).date())
    if row.off_days and not by_hand and not works:
        yield "begun on a day left out"
    if _had_left(stage, row.address, moment):
        yield "sent to who had left"


def _had_left(stage: Stage, address: str, moment: datetime) -> bool:
    acts = [left for when, left in stage.notes.left.get(address, ()) if when < moment]
    return bool(acts and acts[-1])


def _repeats(books: Books, verdict: Verdict) -> None:
    """Nobody gets a run twice, nor the same words but by a rule that says so again."""
    got = ("sent", "uncertain")
    by_run = Counter((row.run, row.person) for row in books.sent if row.status in got)
    verdict.wrong["told twice of one occurrence"] += [str(k) for k, n in by_run.items() if n > 1]
    again: dict[tuple[str, str], set[tuple[int, str]]] = defaultdict(set)
    for row in books.sent:
        if row.status in got:
            again[row.person, row.digest].add((row.schedule, row.rrule))
    twice = [str(who) for who, by in again.items() if len(by) > 1]
    verdict.wrong["told the same words twice"] += twice
    verdict.figures["told the same twice"] = len(twice) + sum(n > 1 for n in by_run.values())


def _ledger(stage: Stage, books: Books, verdict: Verdict) -> None:
    """The ledger says of each row what the providers know; runs are over."""
    taken = Counter(one.delivery for box in stage.program.boxes.values() for one in box.taken)
    verdict.wrong["delivered twice"] += [str(row) for row, times in taken.items() if times > 1]
    for row in books.sent:
        if row.route != "web" and row.status == "sent" and not taken[row.id]:
            verdict.wrong["called sent and was not"].append(str(row.id))
        if row.status not in ("sent", "uncertain") and taken[row.id]:
            verdict.wrong[f"arrived and called {row.status}"].append(str(row.id))
    statuses = Counter(row.status for row in books.sent)
    verdict.wrong["left open"] += [
        str(row.id) for row in books.sent if row.status in ("pending", "claimed", "sending")
    ]
    verdict.figures["rows of the ledger"] = " ".join(
        f"{k} {n}" for k, n in sorted(statuses.items())
    )
    verdict.figures["tried again and in the end sent, or not (tries)"] = sum(
        box.calls for box in stage.program.boxes.values()
    )
