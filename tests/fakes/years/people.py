"""What officers and readers do over the years: on time, late, never, wrongly and in a hurry."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final

from sqlalchemy import select

from bot.casework.deeds import acting
from bot.newsroom import running, scheduling
from bot.newsroom.carrying_out import carry_out
from bot.newsroom.refusing import Doubtful
from bot.newsroom.scheduling import Sure
from bot.storage.broadcast_tables import runs
from broadcasts.models import Audience, NewsText, RunId, RunStatus
from broadcasts.schedule.models import OffDays
from broadcasts.texts import Broadcast, Wish
from tests.fakes.news import mark_subscriber
from tests.fakes.newsroom import HOA
from tests.fakes.years.habits import DAY, Habit
from tests.fakes.years.reckoning import HERE, Wanted
from tests.fakes.years.stage import Stage, Story

CONFIRMED: Final = Sure(again=True)
SPOKEN: Final = (
    "hồ sơ giấy tờ khai sinh đất đai bản sao chứng thực một cửa trực tuyến điện tử nộp nhận trả"
    " phí lệ hẹn ngày giờ thôn xã phường dân doanh nghiệp hộ kinh cưới chuyển trường bảo hiểm y"
    " tế trẻ em người già khuyết tật lễ hội nước sạch điện lưới đường làng chợ sáng chiều tối"
)
SYLLABLES: Final = SPOKEN.split()


def at(day: date, hour: int, minute: int = 7) -> datetime:
    """Give a moment of Việt Nam's clock; people act at minutes no schedule begins at."""
    return datetime.combine(day, time(hour, minute), HERE)


class Officers:
    """Those who write, approve and start the news of one office."""

    def __init__(self, stage: Stage, office: str, officer: int) -> None:
        self.stage = stage
        self.office = office
        self.officer = officer
        self.newsroom = stage.newsroom

    def wish(self, **more: object) -> Wish:
        """Think of words nobody has said yet."""
        dice = self.stage.dice
        title, body = (" ".join(dice.choices(SYLLABLES, k=number)) for number in (6, 30))
        text = NewsText(title=title, body=f"{body}.")
        wish = Wish(
            office=self.office,
            kind="khac",
            text=text,
            audience=Audience(offices=(self.office,)),
        )
        return replace(wish, **more)  # type: ignore[arg-type]

    async def start(self, one: Broadcast, when: datetime, **rule: object) -> int | None:
        """Schedule an approved text; what the program doubts is confirmed. Give the schedule."""
        habit = rule.get("habit")
        off_days = OffDays(str(rule.get("off_days", "")))
        grace = int(str(rule.get("grace_minutes", 120)))
        when = max(when, self.stage.clock.now())
        told = {
            "starts_at": when,
            "rrule": habit.rrule if isinstance(habit, Habit) else "",
            "off_days": off_days,
            "grace_minutes": grace,
        }
        try:
            made = await self.newsroom.start(one, **told)  # type: ignore[arg-type]
        except Doubtful:
            self.stage.notes.count("confirmed")
            made = await self.newsroom.start(one, CONFIRMED, **told)  # type: ignore[arg-type]
        self.stage.notes.wanted[made.id] = Wanted(
            number=made.id,
            office=self.office,
            starts_at=when,
            habit=habit if isinstance(habit, Habit) else None,
            off_days=str(off_days),
            grace=timedelta(minutes=grace),
        )
        return made.id

    async def called_off(self, one: Broadcast) -> None:
        """Remember that what was scheduled of a text is no more."""
        for schedule in await self.newsroom.schedules(one):
            self.stage.notes.ended.setdefault(schedule.id, self.stage.clock.now())


async def habit(
    who: Officers, first: date, minute: time, rule: Habit | None = None, **more: object
) -> Story:
    """Let a text go out at a time, or again and again; call it off where ``ends`` says so."""
    ends = more.pop("ends", None)
    yield at(first - 2 * DAY, 9)
    made = await who.newsroom.approved(who.wish())
    when = datetime.combine(first, minute, HERE)
    if when < who.stage.clock.now():
        return
    await who.start(made, when, habit=rule, **more)
    if isinstance(ends, datetime):
        yield ends
        await who.newsroom.cancel(made)
        await who.called_off(made)


async def storm(who: Officers, night: datetime) -> Story:
    """Warn at once, whatever the hour."""
    yield night
    made = await who.newsroom.create(who.wish(urgent=True))
    schedule = await who.newsroom.start_urgent(made)
    who.stage.notes.wanted[schedule.id] = Wanted(
        number=schedule.id,
        office=who.office,
        starts_at=who.stage.clock.now(),
        habit=None,
        off_days="",
        urgent=True,
    )


async def say_it_twice(who: Officers, day: date) -> Story:
    """Write the same words again the day after; who is asked gives it up."""
    yield at(day, 13)
    wish = who.wish()
    first = await who.newsroom.approved(wish)
    await who.start(first, at(day, 13, 30))
    yield at(day + DAY, 13)
    again = await who.newsroom.approved(wish)
    try:
        await who.newsroom.start(again)
    except Doubtful:
        who.stage.notes.guarded += 1
    else:
        who.stage.notes.count("said twice unasked")


async def long_evening(who: Officers, day: date, *, pause: bool) -> Story:
    """Send through a slow provider shortly before quiet hours; it goes on in the morning."""
    yield at(day, 9)
    made = await who.newsroom.approved(who.wish())
    await who.start(made, at(day, 20, 15))
    yield at(day, 20, 14)
    for box in who.stage.program.boxes.values():
        box.slow = True
    if pause:
        yield at(day, 20, 17)
        await _hold(who, made, RunStatus.RUNNING)
        yield at(day + DAY, 9, 17)
        await _hold(who, made, RunStatus.PAUSED)
    yield at(day + DAY, 12, 17)
    for box in who.stage.program.boxes.values():
        box.slow = False


async def _hold(who: Officers, made: Broadcast, status: RunStatus) -> None:
    act = running.pause if status is RunStatus.RUNNING else running.resume
    for one in await who.newsroom.occurrences(made):
        if one.status is status:
            async with acting(who.stage.database, who.stage.clock, HOA) as doing:
                await act(doing, RunId(one.run))
                who.stage.notes.count(str(act.__name__))


async def clerk(stage: Stage, first: date, last: date) -> Story:
    """Say every morning what becomes of what was missed."""
    day = first
    missed = select(runs.c.id).where(runs.c.status == RunStatus.MISSED)
    while day <= last:
        yield at(day, 8, 37)
        day += DAY
        async with stage.database.reading() as connection:
            found = (await connection.execute(missed)).scalars().all()
        for run in found:
            stage.notes.count("missed and decided")
            go = stage.dice.random() < 0.5
            if go:
                stage.notes.begun_by_hand.add(run)
            async with acting(stage.database, stage.clock, HOA) as doing:
                if go:
                    await scheduling.start_missed(doing, stage.realm(), RunId(run), again=True)
                else:
                    await running.cancel(doing, RunId(run))
            await carry_out(stage.database, stage.clock, stage.realm)


async def closed(stage: Stage, known: datetime) -> Story:
    """Let the hour strike after an office has closed a day."""
    yield known + timedelta(hours=1)
    await stage.program.clear_days_off()


async def leave(stage: Stage, address: str, day: date, back: date | None) -> Story:
    """Say STOP, and perhaps come back."""
    yield at(day, 11)
    await mark_subscriber(stage.database, address, "opted_out")
    stage.notes.left.setdefault(address, []).append((stage.clock.now(), True))
    if back:
        yield at(back, 11)
        await mark_subscriber(stage.database, address, "active")
        stage.notes.left[address].append((stage.clock.now(), False))
