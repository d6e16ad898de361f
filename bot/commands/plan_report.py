"""What was read from a plan, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict

import orjson

from bot.commands.wording import words
from bot.newsroom.planning import TakenIn
from broadcasts.plans.comparing import Difference
from broadcasts.plans.document import one_line
from broadcasts.plans.models import Entry, Flag, Plan
from broadcasts.plans.telling import told_plan


def as_json(plan: Plan, done: TakenIn | None) -> str:
    """Give all that was read, and what became of it."""
    told = told_plan(plan)
    if done:
        told["stored"] = {
            "outcome": done.outcome.value,
            "plan": done.plan,
            "differences": [asdict(one) for one in done.differences],
        }
    return orjson.dumps(told, option=orjson.OPT_INDENT_2).decode()


def as_text(plan: Plan, done: TakenIn | None) -> str:
    """Give the head, a paragraph for each entry, and all a person must look at."""
    return "\n".join(_lines(plan, done))


def _lines(plan: Plan, done: TakenIn | None) -> Iterator[str]:
    said = words("plan_import")
    unknown = said["unknown"]
    yield plan.title or unknown
    day = plan.date.strftime("%d/%m/%Y") if plan.date else unknown
    number, issuer = plan.number or unknown, plan.issuer or unknown
    yield said["head"].format(number=number, day=day, issuer=issuer)
    yield from _flags(plan.flags, "")
    yield said["entries"].format(count=len(plan.entries))
    yield from _entries(plan.entries, "")
    yield from _ending(done)


def _entries(entries: Iterable[Entry], indent: str) -> Iterator[str]:
    said = words("plan_import")
    for entry in entries:
        told = one_line(entry.content)
        yield indent + said["entry"].format(no=entry.no or "-", content=told)
        for name, units in (("lead", entry.lead), ("cooperating", entry.cooperating)):
            if units:
                yield f"{indent}    " + said[name].format(units="; ".join(units))
        if entry.time_text and not entry.entries:
            time = one_line(entry.time_text)
            yield f"{indent}    " + said["time"].format(time=time, kind=said[entry.timing.kind])
        yield from _flags(entry.flags, f"{indent}    ")
        yield from _entries(entry.entries, f"{indent}    ")


def _flags(flags: Iterable[Flag], indent: str) -> Iterator[str]:
    for flag in flags:
        yield f"{indent}! {flag.text}"


def _ending(done: TakenIn | None) -> Iterator[str]:
    said = words("plan_import")
    if done is None:
        yield said["dry_run"]
        return
    yield said[done.outcome].format(plan=done.plan)
    for one in done.differences:
        yield "  " + _difference(one)


def _difference(one: Difference) -> str:
    said = words("plan_import")
    names = ", ".join(said[f"field_{name}"] for name in one.fields)
    told = said[one.change].format(
        no=one.no or "-", words=one_line(one.after or one.before), fields=names
    )
    return f"{told} {said['by_hand']}" if one.by_hand else told
