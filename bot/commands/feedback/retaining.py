"""``python -m bot feedback retain``: what is kept of persons too long by now, told or erased."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import orjson
import typer

from bot.clock import VIETNAM
from bot.commands.broadcast.entering import Desk, entered
from bot.commands.environment import read_settings
from bot.commands.wording import words
from bot.errors import CannotBegin
from bot.feedback.office_times import OfficeTimes
from bot.feedback.purposes import uses
from bot.handling.keeping import Keeping, Old
from bot.officials.permissions import Action, may
from bot.upkeep.retention import ClockDoubted, trust


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """The command as it is typed; nobody need be named to look."""

    officer: str
    dry_run: bool
    json: bool


def retain(typed: Typed) -> None:
    """Tell, or erase, and print it.

    Raises:
        CannotBegin: nobody was named, they may not, or the clock is doubted.
    """
    found = asyncio.run(_retained(typed))
    typer.echo(_as_json(found) if typed.json else _as_text(found, dry_run=typed.dry_run))


async def _retained(typed: Typed) -> Sequence[Old]:
    async with entered(read_settings(), typed.officer) as desk:
        realm = desk.realm
        keeping = Keeping(
            database=desk.database,
            clock=desk.clock,
            times=lambda: OfficeTimes(realm.snapshot, realm.stood),
        )
        if typed.dry_run:
            return await keeping.old()
        _require(desk)
        try:
            await trust(desk.database, desk.clock.now())
        except ClockDoubted:
            raise CannotBegin(words("feedback")["clock_doubted"]) from None
        async with desk.acting() as doing:
            by = doing.by
        return await keeping.erase(by)


def _require(desk: Desk) -> None:
    """Ask for who sets how long data is kept at the office that answers."""
    if desk.officer is None:
        raise CannotBegin(words("feedback")["nobody"])
    if not may(desk.grants, Action.CASES_SETTINGS, desk.answering, desk.realm.tree):
        raise CannotBegin(words("feedback")["retain_forbidden"])


def _as_json(found: Sequence[Old]) -> str:
    told = [
        {
            "purpose": one.purpose,
            "count": one.count,
            "since": one.since.isoformat() if one.since else None,
        }
        for one in found
    ]
    return orjson.dumps(told, option=orjson.OPT_INDENT_2).decode()


def _as_text(found: Sequence[Old], *, dry_run: bool) -> str:
    said = words("feedback")
    lines = [
        said["retain_line"].format(
            label=uses()[one.purpose].label,
            count=one.count,
            since=f"{one.since.astimezone(VIETNAM):%d/%m/%Y}" if one.since else "–",
        )
        for one in found
        if one.count
    ]
    head = said["retain_would" if dry_run else "retain_did"]
    return "\n".join([head, *lines] if lines else [said["retain_none"]])
