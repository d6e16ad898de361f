"""Plays a scene from its first day to its last, on a database of its own."""

from __future__ import annotations

from pathlib import Path

from bot.storage.database import create_database
from tests.fakes.furnished import shaped
from tests.fakes.years.books import Verdict
from tests.fakes.years.hours import Scene
from tests.fakes.years.people import at
from tests.fakes.years.scene import set_up
from tests.fakes.years.verdict import judge


async def play(scene: Scene, folder: Path) -> Verdict:
    """Let the years go by and judge them."""
    database = create_database(f"sqlite+aiosqlite:///{shaped(folder / 'years.sqlite3')}")
    try:
        stage = await set_up(scene, database, folder)
        await stage.run(at(scene.ends, 0))
        verdict = await judge(scene, stage)
    finally:
        await database.close()
    verdict.figures |= dict(sorted(stage.notes.counts.items()))
    verdict.figures["same words soon again, asked about"] = stage.notes.guarded
    return verdict
