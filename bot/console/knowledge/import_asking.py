"""What a page asks of a table handed in: which part is looked at, and what the table would do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated

from aiohttp import web

from bot.console.fields import OneOf, Ticked
from bot.console.forms import Faulty, Typed, read_query
from bot.console.knowledge.import_view import Part
from bot.console.knowledge.importing import TRIALS, Busy, Handed, NoTable, Question
from bot.console.knowledge.library import LIBRARY
from bot.console.knowledge.resolving import today
from bot.console.lists import Asked
from bot.console.words import say
from knowledge.layers import Layers
from knowledge.weighing import Weighing


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedImport(Asked):
    """Which part of an outcome is looked at, and what is said yes to."""

    part: Annotated[Part | None, OneOf(Part)] = None
    new: Annotated[bool, Ticked()] = False
    rename: Annotated[bool, Ticked()] = False


async def whole_weighing(
    request: web.Request, office: str, handed: Handed, asked: AskedImport
) -> tuple[Weighing, Layers]:
    """Tell what a file would do, however long it takes to read.

    Raises:
        Faulty: it cannot be read, or not now.
    """
    weighing, layers = await weighing_of(request, office, handed, asked, wait=None)
    if weighing is None:
        raise Faulty({"": say("imports.busy")})
    return weighing, layers


async def weighing_of(
    request: web.Request, office: str, handed: Handed, asked: AskedImport, *, wait: float | None
) -> tuple[Weighing | None, Layers]:
    """Tell what a file would do by what is told now; nothing when it is still being read.

    Raises:
        Faulty: it cannot be read, or not now.
    """
    layers = (await request.app[LIBRARY].shelf(office)).layers
    question = Question(
        office=office,
        version=layers.version,
        day=today(request),
        new=asked.new,
        rename=asked.rename,
    )
    try:
        return await request.app[TRIALS].tried(handed, question, layers, wait=wait), layers
    except NoTable as fault:
        raise Faulty({"file": str(fault)}) from fault
    except Busy:
        raise Faulty({"": say("imports.busy")}) from None


def asked_of(request: web.Request, typed: Typed) -> AskedImport:
    """Read what is asked for; of a form shown again what was ticked on it counts."""
    asked = read_query(request.query, AskedImport)
    if not typed.values:
        return asked
    return replace(asked, new="new" in typed, rename="rename" in typed)
