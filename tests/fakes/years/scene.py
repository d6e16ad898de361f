"""Sets the stage: offices, their hours and days off, readers, and who does what in which years."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import insert

from bot.messages import ChannelName, CitizenAddress
from bot.storage.database import Database
from bot.storage.inbox_rows import insert_messages
from bot.storage.officer_rows import NewOfficer, add_officer
from bot.storage.plan_tables import officer_chats
from knowledge.models import Office, OfficeCode
from tests.conftest import FrozenClock
from tests.factories import a_message
from tests.fakes.readers import a_reader, subscribe_all
from tests.fakes.years import people
from tests.fakes.years.habits import DAY, Habit
from tests.fakes.years.hours import PROVINCE, Scene, standing_of
from tests.fakes.years.people import Officers, at
from tests.fakes.years.planned import plan_year
from tests.fakes.years.plans import KINDS
from tests.fakes.years.stage import Stage

CHANNELS: Final = ("telegram", "telegram", "web", "zalo")


async def set_up(scene: Scene, database: Database, folder: Path) -> Stage:
    """Furnish offices, readers and officers, and hand everybody their part."""
    clock = FrozenClock(at(scene.begins, 0))
    entries, almanac = standing_of(scene)
    offices = [
        Office(
            code=OfficeCode(code),
            name=code,
            province="01",
            parent=None if code == PROVINCE else OfficeCode(PROVINCE),
        )
        for code in scene.codes
    ]
    stage = Stage(database, clock, almanac, offices, entries, scene.seed)
    addresses = await _readers(scene, stage)
    for number, code in enumerate(scene.codes):
        who = Officers(stage, code, await _officer(stage, code))
        _office_life(scene, who, number, folder)
    for since, entry in entries:
        if entry.key.startswith("day:"):
            stage.play(people.closed(stage, since))
    stage.play(people.clerk(stage, scene.begins, scene.ends))
    for address in addresses:
        if stage.dice.random() < 0.3:
            day = _some_day(scene, stage.dice)
            back = day + 40 * DAY if stage.dice.random() < 0.5 else None
            stage.play(people.leave(stage, address, day, back))
    return stage


def _office_life(scene: Scene, who: Officers, number: int, folder: Path) -> None:
    stage, dice = who.stage, who.stage.dice
    first = scene.begins + 8 * DAY
    for year in scene.calendar_years:
        kind = KINDS[number % len(KINDS)]
        stage.play(plan_year(who, kind, year, folder, scene.issued))
    rules: list[tuple[time, Habit | None, str]] = [
        (time(22, 0), Habit("MONTHLY", monthdays=(1, 15)), "next"),
        (time(7, 15), Habit("MONTHLY", monthdays=(-1,)), "skip"),
        (time(14, 30), Habit("WEEKLY", every=2, weekdays=("FR",)), "next"),
        (time(21, 0), Habit("DAILY", every=9, count=70), "skip"),
        (time(8, 0), Habit("WEEKLY", weekdays=("MO", "TH")), "skip"),
        (time(21, 15), Habit("DAILY", every=7), ""),
        (time(9, 0), Habit("MONTHLY", monthdays=(31,), until=scene.ends - 60 * DAY), "next"),
    ]
    for place, (minute, rule, off_days) in enumerate(rules[: scene.habits]):
        grace = (120, 30, 720)[place % 3]
        ends = at(_some_day(scene, dice), 13) if place == 2 else None
        begins = first + place * DAY
        more = {"off_days": off_days, "grace_minutes": grace, "ends": ends}
        stage.play(people.habit(who, begins, minute, rule, **more))
    for _ in range(scene.habits * scene.years):
        minute = time(dice.choice((7, 9, 15, 20, 22, 23)), 15)
        stage.play(people.habit(who, _some_day(scene, dice), minute))
    for _ in range(2 * scene.years):
        night = at(_some_day(scene, dice), dice.choice((1, 5, 12, 22)), 47)
        stage.play(people.storm(who, night))
        stage.play(people.say_it_twice(who, _some_day(scene, dice)))
        pause = dice.random() < 0.5
        stage.play(people.long_evening(who, _some_day(scene, dice), pause=pause))


def _some_day(scene: Scene, dice: random.Random) -> date:
    return scene.begins + timedelta(days=dice.randrange(20, scene.years * 365 - 20))


async def _officer(stage: Stage, code: str) -> int:
    new = NewOfficer(login=code, name="An", title="", office=code)
    now = stage.clock.now()
    async with stage.database.writing() as connection:
        officer = int(await add_officer(connection, new, at=now, by=None))
        address = CitizenAddress(channel=ChannelName.TELEGRAM, user_id=f"officer-{officer}")
        await insert_messages(connection, [a_message(external_id=code, address=address)])
        chat = {
            "conversation": address.conversation,
            "officer": officer,
            "channel": address.channel,
            "user_id": address.user_id,
            "linked_at": now,
        }
        await connection.execute(insert(officer_chats).values(chat))
    return officer


async def _readers(scene: Scene, stage: Stage) -> list[str]:
    """Put the readers of each office; every fifth has a second chat on another channel."""
    rows = []
    for code in scene.codes:
        for number in range(scene.readers):
            channel = CHANNELS[number % len(CHANNELS)]
            person = f"{code}-p{number}"
            # On Zalo somebody is reached within a week of their last word.
            seen = stage.clock.now() + timedelta(days=stage.dice.randrange(700))
            row = a_reader(channel, f"{person}-{channel}", office=code, person=person)
            rows.append(row | {"seen_at": seen})
            if number % 5 == 0:
                other = "web" if channel == "telegram" else "telegram"
                rows.append(row | {"channel": other, "address": f"{person}-{other}"})
    await subscribe_all(stage.database, rows)
    async with stage.database.writing() as connection:
        for row in rows:
            if row["channel"] == "web":
                address = CitizenAddress(channel=ChannelName.WEB, user_id=row["address"])
                told = a_message(external_id=row["address"], address=address)
                await insert_messages(connection, [replace(told, received_at=stage.clock.now())])
    return [row["address"] for row in rows]
