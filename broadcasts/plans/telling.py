"""A plan as plain data: for JSON, for storage, for other programs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from broadcasts.plans.models import Entry, Flag, Plan, Said
from broadcasts.timing.wire import told

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
        "timing": told(entry.timing),
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


def _said(texts: Iterable[Said]) -> list[Told]:
    return [
        {
            "text": one.text,
            "readers": one.readers.value if one.readers else None,
            "source": one.source,
        }
        for one in texts
    ]
