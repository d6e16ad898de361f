"""A plan as plain data: for JSON, for storage, for other programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from broadcasts.plans.models import Entry, Flag, Plan, Said
from broadcasts.timing import Timing

Told = dict[str, Any]


def told_plan(plan: Plan) -> Told:
    """Give a plan with its entries; dates are ISO days."""
    return {
        "number": plan.number,
        "date": plan.date.isoformat() if plan.date else None,
        "issuer": plan.issuer,
        "entries": [told_entry(entry) for entry in plan.entries],
        **told_head(plan),
    }


def told_head(plan: Plan) -> Told:
    """Give what stands beside the number, day, issuer and entries."""
    return {
        "title": plan.title,
        "year": plan.year,
        "basis": _said(plan.basis),
        "purposes": _said(plan.purposes),
        "audiences": _said(plan.audiences),
        "forms": _said(plan.forms),
        "duties": [told_entry(entry) for entry in plan.duties],
        "flags": told_flags(plan.flags),
        "coverage": [
            {"source": one.source, "use": one.use.value, "text": one.text} for one in plan.coverage
        ],
    }


def told_entry(entry: Entry) -> Told:
    """Give an entry with those below it."""
    return {
        "no": entry.no,
        "kind": entry.kind.value,
        "section": entry.section,
        "content": entry.content,
        "forms": list(entry.forms),
        "lead": list(entry.lead),
        "cooperating": list(entry.cooperating),
        "time_text": entry.time_text,
        "timing": told_timing(entry.timing),
        "audience": entry.audience.value if entry.audience else None,
        "note": entry.note,
        "product": entry.product,
        "budget": entry.budget,
        "others": dict(entry.others),
        "entries": [told_entry(one) for one in entry.entries],
        "flags": told_flags(entry.flags),
        "source": entry.source,
    }


def told_flags(flags: Iterable[Flag]) -> list[Told]:
    """Give flags with their sentences."""
    return [{"code": flag.code, "text": flag.text} for flag in flags]


def told_timing(timing: Timing) -> Told:
    """Give a timing; dates are ISO days."""
    told: Mapping[str, Any] = asdict(timing)
    return {name: _plain(value) for name, value in told.items()}


def _said(told: Iterable[Said]) -> list[Told]:
    return [
        {
            "text": one.text,
            "readers": one.readers.value if one.readers else None,
            "source": one.source,
        }
        for one in told
    ]


def _plain(value: object) -> object:
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    isoformat = getattr(value, "isoformat", None)
    return isoformat() if isoformat else value
