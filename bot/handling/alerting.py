"""A tick: officers hear in their own chat how much of a case's time is used.

At 50 % who works on the case hears of it, at 80 % the head of the unit too, at 100 % the leader.
One message tells an officer of all cases of a round. Each share of each case is told once: its
event is written in the transaction that puts the message into the outbox.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.bell import Bell
from bot.casework.telling_officers import tell_officer
from bot.clock import VIETNAM, Clock
from bot.feedback.alerts import Alert, Told
from bot.feedback.models import Case, Remark
from bot.feedback.moves import Author
from bot.feedback.topics import topic_label
from bot.handling.bureau import Bureau
from bot.handling.moments import course_so_far, timed
from bot.handling.stepping import By, Step, stepped
from bot.handling.wording import words
from bot.messages import ChannelName, CitizenAddress, Reply
from bot.officials.models import OfficerId, Role
from bot.storage.case_clock_rows import put_alert, to_alert
from bot.storage.conflict_rows import is_of
from bot.storage.database import Database
from bot.storage.post_holder_rows import nearest_holders
from bot.storage.unit_rows import find_unit

AT_ONCE: Final = 100
MOST_NAMED: Final = 8
WHOLE: Final = 100
# Who hears of a case that nobody was given yet, or whose unit has no head.
ASSIGNING: Final = (Role.APPROVER, Role.SECRETARIAT)
LEADING: Final = (Role.LEADER,)
Heard = dict[OfficerId, list[tuple[Case, Alert]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alerting:
    """Tells officers of time that runs out; ``bureau`` gives the rules as they are just now."""

    database: Database
    clock: Clock
    bureau: Callable[[], Bureau]
    bell: Bell
    kept: frozenset[ChannelName]

    async def alert(self) -> int:
        """Tell of up to ``AT_ONCE`` cases; give how many there were."""
        now, bureau = self.clock.now(), self.bureau()
        heard: Heard = defaultdict(list)
        async with self.database.writing() as connection:
            cases = await to_alert(connection, now, AT_ONCE)
            awake = [one for one in cases if not bureau.rules(one.office).quiet_until(now)]
            for case in awake:
                await _note(connection, bureau, case, now, heard)
            told = await self._tell(connection, heard, now)
        for address in told:
            self.bell.ring(address.conversation)
            self.bell.ring(address.channel)
        return len(awake)

    async def _tell(
        self, connection: AsyncConnection, heard: Heard, now: datetime
    ) -> Sequence[CitizenAddress]:
        said = [
            await tell_officer(connection, one, _message(due), at=now, kept=self.kept)
            for one, due in sorted(heard.items())
        ]
        return [one.address for one in said if one is not None]


async def _note(
    connection: AsyncConnection, bureau: Bureau, case: Case, now: datetime, heard: Heard
) -> None:
    """Write that a share is used, and who is to hear of it; hours may have changed since."""
    alert = bureau.clockwork.alert(case, await course_so_far(connection, case))
    if alert is None or alert.at > now:
        await put_alert(connection, case.id, alert.at if alert else None)
        return
    people = await _hearers(connection, bureau, case, alert)
    step = Step(did=Remark.ALERT, data={"share": alert.share, "told": sorted(people)})
    by = By(author=Author.CLOCK, at=now)
    timely = await timed(connection, bureau.clockwork, case, step, by)
    await stepped(connection, case, timely, by)
    for one in people:
        heard[one].append((case, alert))


async def _hearers(
    connection: AsyncConnection, bureau: Bureau, case: Case, alert: Alert
) -> frozenset[OfficerId]:
    unit = await find_unit(connection, case.unit) if case.unit is not None else None
    line = bureau.line(case.office)
    assigning = await nearest_holders(connection, ASSIGNING, line)
    working = unit.members if unit and unit.members else assigning
    head = frozenset({unit.head}) if unit and unit.head is not None else assigning
    people = {
        Told.OFFICER: frozenset({OfficerId(case.officer)}) if case.officer else working,
        Told.HEAD: head,
        Told.LEADER: await nearest_holders(connection, LEADING, line),
    }
    told = frozenset().union(*(people[one] for one in alert.told))
    return frozenset([one for one in told if not await is_of(connection, one, case.id)])


def _message(due: Sequence[tuple[Case, Alert]]) -> Reply:
    say = words("alert")
    lines = [_line(case, alert) for case, alert in due[:MOST_NAMED]]
    left = len(due) - MOST_NAMED
    more = [say["more"].format(count=left)] if left > 0 else []
    return Reply("\n".join([say["head"], *lines, *more, say["foot"]]))


def _line(case: Case, alert: Alert) -> str:
    told = words("alert")["over" if alert.share >= WHOLE else "used"]
    at = case.due_at.astimezone(VIETNAM) if case.due_at else None
    return told.format(
        number=case.id,
        topic=topic_label(case.topic),
        share=alert.share,
        due=f"{at:%H:%M %d/%m/%Y}" if at else "",
    )
