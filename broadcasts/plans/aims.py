"""What a plan says before its activities: purposes, those it is for, forms, what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from broadcasts.plans.models import PlanReaders, Said, Use
from broadcasts.plans.outline import Placed, Step
from broadcasts.plans.readers import readers_of
from broadcasts.plans.words import opens

_PARTS: Final = ("purposes", "demands", "audiences", "contents", "forms", "means", "duties")
_PARTS_TOLD: Final = {
    "purposes": Use.PURPOSE, "audiences": Use.AUDIENCE, "forms": Use.FORM,
}  # fmt: skip
_FOR: Final = ("đối với", "dành cho", "cho ")


def use_of(placed: Placed) -> Use | None:
    """Tell which part of the plan a paragraph belongs to; None for headings and other parts."""
    if _is_heading(placed):
        return None
    part = _part(placed.above)
    return _PARTS_TOLD.get(part) if part else None


def said(outline: Iterable[Placed], use: Use) -> tuple[Said, ...]:
    """Give the paragraphs of one part, with whom they are for where a heading says so."""
    return tuple(
        Said(text=one.text, source=one.source, readers=_readers(one, use))
        for one in outline
        if use_of(one) is use
    )


def audiences(outline: tuple[Placed, ...]) -> tuple[Said, ...]:
    """Give whom the plan is for: its part on that, else its headings “Đối với …”."""
    told = said(outline, Use.AUDIENCE)
    return told or tuple({one.text.casefold(): one for one in _headed(outline)}.values())


def basis(outline: Iterable[Placed]) -> tuple[Placed, ...]:
    """Give what the plan rests on: “Căn cứ …”, “Thực hiện …” before its first part."""
    told: list[Placed] = []
    for one in outline:
        if one.path:
            break
        if opens(one.paragraph.text, "sections", "basis"):
            told.append(one)
    return tuple(told)


def only_readers(told: Iterable[Said]) -> PlanReaders | None:
    """Give the one kind of readers a plan is for; None where it is for several or unknown."""
    kinds = {one.readers for one in told}
    return kinds.pop() if len(kinds) == 1 else None


def _is_heading(placed: Placed) -> bool:
    return placed.step is not None and placed.step.is_title


def _part(above: tuple[Step, ...]) -> str | None:
    """The deepest title that announces a part decides; one that announces two has parts below."""
    for step in reversed(above):
        found = [name for name in _PARTS if step.names(name)]
        if found:
            return found[0] if len(found) == 1 or found[0] == "purposes" else None
    return None


def _readers(one: Placed, use: Use) -> PlanReaders | None:
    if use is Use.AUDIENCE:
        return readers_of(one.text)
    headings = [step.title for step in one.above if step.title.lower().startswith(_FOR)]
    return readers_of(headings[-1]) if headings else None


def _headed(outline: Iterable[Placed]) -> Iterator[Said]:
    for one in outline:
        step = one.step
        headed = step is not None and step.is_title and step.title.lower().startswith(_FOR)
        if step and headed and (readers := readers_of(step.title)):
            yield Said(text=step.title, source=one.source, readers=readers)
