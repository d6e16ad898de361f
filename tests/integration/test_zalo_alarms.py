"""Who may connect an account hears that it needs them, and never over that account."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
from sqlalchemy import insert, select, update

from bot.bell import Bell
from bot.casework.zalo.alarming import Alarming
from bot.casework.zalo.alarms import AlarmKind
from bot.casework.zalo.wording import words_of
from bot.channels.kept import KEPT
from bot.channels.zalo.accounts import AccountStatus
from bot.intake.tallies import Marks
from bot.messages import ChannelName, CitizenAddress
from bot.officials.models import OfficerId, Role
from bot.storage.broadcast_tables import deliveries
from bot.storage.database import Database
from bot.storage.inbox_rows import insert_messages
from bot.storage.officer_rows import NewOfficer, add_officer, set_grants
from bot.storage.plan_tables import officer_chats
from bot.storage.tables import outbox
from bot.storage.zalo_tables import zalo_accounts, zalo_people
from broadcasts.models import DeliveryStatus, Route
from tests.conftest import NOON, FrozenClock
from tests.factories import a_message
from tests.fakes.console import empty_console_database

OA, OTHER = "4318281827364550001", "4318281827364550002"
DAY = timedelta(days=1)


class Watch:
    """An office's account, and an administrator with chats of their own."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = FrozenClock()
        self.shown: list[int] = []
        self.alarming = Alarming(
            database=database,
            clock=self.clock,
            bell=Bell(),
            kept=KEPT,
            lineage=lambda office: (office, "tinh"),
            show=self.shown.append,
        )

    async def stands(self, **facts: Any) -> None:
        row = {"oa_id": OA, "office": "xa-a", "name": "Xã A", "status": AccountStatus.CONNECTED}
        async with self.database.writing() as connection:
            await connection.execute(insert(zalo_accounts).values({**row, **facts}))

    async def becomes(self, **facts: Any) -> None:
        async with self.database.writing() as connection:
            await connection.execute(update(zalo_accounts).values(**facts))

    async def hires(self, role: Role, *chats: tuple[ChannelName, str]) -> OfficerId:
        async with self.database.writing() as connection:
            new = NewOfficer(login=f"lan-{role}", name="Lan", office="xa-a")
            officer = await add_officer(connection, new, at=NOON)
            await set_grants(connection, officer, [(role, "xa-a")], at=NOON)
            for number, (channel, user) in enumerate(chats):
                row = {
                    "conversation": f"{channel}:{user}",
                    "officer": officer,
                    "channel": channel,
                    "user_id": user,
                    "linked_at": NOON + timedelta(seconds=number),
                }
                await connection.execute(insert(officer_chats).values(row))
                # Who has said something once can be written to.
                address = CitizenAddress(channel=channel, user_id=user)
                message = a_message(external_id=f"{officer}-{number}", address=address)
                await insert_messages(connection, [message])
        return officer

    async def heard(self) -> Sequence[tuple[str, str]]:
        async with self.database.reading() as connection:
            rows = await connection.execute(select(outbox.c.user_id, outbox.c.text))
            return [(row.user_id, row.text) for row in rows]


@pytest.fixture
async def watch(tmp_path: Path) -> AsyncIterator[Watch]:
    database = empty_console_database(tmp_path)
    yield Watch(database)
    await database.close()


BROKEN = {"status": AccountStatus.CONSENT_NEEDED, "fault": "refused", "fault_at": NOON}


async def test_it_is_told_once_and_again_each_day_while_it_lasts(watch: Watch) -> None:
    await watch.stands(**BROKEN)
    await watch.hires(Role.ADMINISTRATOR, (ChannelName.TELEGRAM, "7"))
    assert await watch.alarming.alarm() == 1
    assert await watch.alarming.alarm() == 0
    watch.clock.move(DAY - timedelta(minutes=1))
    assert await watch.alarming.alarm() == 0
    watch.clock.move(timedelta(minutes=1))
    assert await watch.alarming.alarm() == 1
    told = await watch.heard()
    assert [user for user, _ in told] == ["7", "7"]
    assert "“Xã A”" in told[0][1]
    assert "Nối lại" in told[0][1]
    await watch.becomes(status=AccountStatus.CONNECTED, fault="", fault_at=None)
    assert await watch.alarming.alarm() == 0
    # Broken anew an hour later it is told at once.
    watch.clock.move(timedelta(hours=1))
    await watch.becomes(**BROKEN)
    assert await watch.alarming.alarm() == 1
    assert watch.shown == [1, 1, 1, 1, 0, 1]


async def test_a_new_fault_of_the_tokens_does_not_wait_for_the_next_day(watch: Watch) -> None:
    await watch.stands(told=orjson.dumps({"package_valid_through_date": "30/11/2026"}).decode())
    await watch.hires(Role.ADMINISTRATOR, (ChannelName.TELEGRAM, "7"))
    assert await watch.alarming.alarm() == 1
    watch.clock.move(timedelta(hours=2))
    await watch.becomes(**BROKEN | {"fault_at": watch.clock.now()})
    assert await watch.alarming.alarm() == 1


async def test_never_over_the_account_that_is_broken(watch: Watch) -> None:
    await watch.stands(**BROKEN)
    own = (ChannelName.ZALO, f"{OA}:5")
    await watch.hires(Role.ADMINISTRATOR, (ChannelName.ZALO, f"{OTHER}:6"), own)
    assert await watch.alarming.alarm() == 1
    assert [user for user, _ in await watch.heard()] == [f"{OTHER}:6"]


async def test_who_may_not_connect_it_hears_nothing(watch: Watch) -> None:
    await watch.stands(**BROKEN)
    for role in set(Role) - {Role.ADMINISTRATOR}:
        await watch.hires(role, (ChannelName.TELEGRAM, f"7{role}"))
    assert await watch.alarming.alarm() == 1
    assert await watch.heard() == []


@pytest.mark.parametrize(
    ("ends", "kind"),
    [
        ("22/12/2026", ""),
        ("20/12/2026", AlarmKind.PACKAGE_MONTH),
        ("27/11/2026", AlarmKind.PACKAGE_WEEK),
        ("2026-11-19", AlarmKind.PACKAGE_OVER),
        ("23:59 27/11/2026", AlarmKind.PACKAGE_WEEK),
        ("bao giờ chẳng được", ""),
    ],
)
async def test_a_package_about_to_end_is_told(watch: Watch, ends: str, kind: str) -> None:
    await watch.stands(told=orjson.dumps({"package_valid_through_date": ends}).decode())
    assert await watch.alarming.alarm() == bool(kind)


@pytest.mark.parametrize(("people", "hours", "tells"), [(20, 25, 1), (20, 23, 0), (5, 25, 0)])
async def test_a_silence_that_was_none_before_is_told(
    watch: Watch, people: int, hours: int, tells: int
) -> None:
    await watch.stands()
    rows = [{"oa_id": OA, "user_id": str(one), "interacted_at": NOON} for one in range(people)]
    async with watch.database.writing() as connection:
        await connection.execute(insert(zalo_people).values(rows))
    watch.clock.move(timedelta(hours=hours))
    assert await watch.alarming.alarm() == tells


TEMPLATE = "message/template"


async def counted(watch: Watch, mark: str) -> None:
    marks = Marks(watch.database, watch.clock)
    marks.count(OA, mark)
    await marks.write()


@pytest.mark.parametrize(
    ("mark", "kind"),
    [
        (f"api:-321:{TEMPLATE}", AlarmKind.MONEY),
        (f"business:-137:{TEMPLATE}", AlarmKind.MONEY),
        ("api:-224:article/create", AlarmKind.REFUSED),
        (f"api:-248:{TEMPLATE}", AlarmKind.REFUSED),
        # Of articles the number tells that their quota is used up; the others wait by themselves.
        ("api:-223:article/create", None),
        ("api:-216:message/cs", None),
        ("business:-136", AlarmKind.MONEY),
        ("api:other:message/cs", None),
        ("signature:app_id:0", None),
        ("unknown:-321", None),
    ],
)
async def test_what_zalo_refuses_until_somebody_acts_is_told(
    watch: Watch, mark: str, kind: AlarmKind | None
) -> None:
    await watch.stands()
    await watch.hires(Role.ADMINISTRATOR, (ChannelName.TELEGRAM, "7"))
    await counted(watch, mark)
    assert await watch.alarming.alarm() == bool(kind)
    said = [text for _, text in await watch.heard()]
    assert [words_of("alarms")[kind] in text for text in said] == [True] if kind else said == []


async def test_it_is_quiet_once_the_same_is_taken_and_rings_anew(watch: Watch) -> None:
    await watch.stands()
    await counted(watch, f"api:-321:{TEMPLATE}")
    assert await watch.alarming.alarm() == 1
    watch.clock.move(timedelta(minutes=1))
    # What is free, or goes another way, tells nothing of the money.
    for other in ("took:api:message/cs", f"took:business:{TEMPLATE}"):
        await counted(watch, other)
    await watch.alarming.alarm()
    assert watch.shown == [1, 1]
    await counted(watch, f"took:api:{TEMPLATE}")
    await watch.alarming.alarm()
    watch.clock.move(timedelta(minutes=1))
    await counted(watch, f"api:-321:{TEMPLATE}")
    assert await watch.alarming.alarm() == 1
    watch.clock.move(DAY + timedelta(minutes=1))
    await watch.alarming.alarm()
    assert watch.shown == [1, 1, 0, 1, 0]


async def test_what_goes_wrong_besides_does_not_wait_for_the_next_day(watch: Watch) -> None:
    await watch.stands(told=orjson.dumps({"package_valid_through_date": "30/11/2026"}).decode())
    assert await watch.alarming.alarm() == 1
    watch.clock.move(timedelta(minutes=1))
    await counted(watch, f"api:-321:{TEMPLATE}")
    assert [await watch.alarming.alarm() for _ in range(2)] == [1, 0]
    # That one of both is over is no news.
    watch.clock.move(timedelta(minutes=1))
    await counted(watch, f"took:api:{TEMPLATE}")
    assert await watch.alarming.alarm() == 0


async def test_what_rings_outlives_the_program(watch: Watch) -> None:
    await watch.stands(told=orjson.dumps({"package_valid_through_date": "30/11/2026"}).decode())
    assert await watch.alarming.alarm() == 1
    assert await Watch(watch.database).alarming.alarm() == 0
    # What goes wrong while it does not run is told as it starts.
    await counted(watch, f"api:-321:{TEMPLATE}")
    assert await Watch(watch.database).alarming.alarm() == 1


@pytest.mark.parametrize(
    ("row", "rings"),
    [
        ({}, True),
        ({"status": DeliveryStatus.SENT}, False),
        ({"route": Route.ZALO_CS}, False),
        ({"code": ""}, False),
        ({"address": f"{OTHER}:7"}, False),
    ],
)
async def test_money_that_lacks_is_told_as_long_as_news_wait_for_it(
    watch: Watch, row: dict[str, str], rings: bool
) -> None:
    await watch.stands()
    await counted(watch, f"api:-321:{TEMPLATE}")
    waits = {"status": DeliveryStatus.PENDING, "route": Route.ZALO_TEMPLATE, "address": f"{OA}:7"}
    due = {"run": 1, "subscriber": 1, "not_before": NOON}
    async with watch.database.writing() as connection:
        await connection.execute(
            insert(deliveries).values(**due, **{"code": "misconfigured"} | waits | row)
        )
    watch.clock.move(3 * DAY)
    assert await watch.alarming.alarm() == rings
    await counted(watch, f"took:api:{TEMPLATE}")
    assert await watch.alarming.alarm() == 0


@pytest.mark.parametrize("number", ["api:-320", "business:-136"])
async def test_an_account_linked_later_is_mended(watch: Watch, number: str) -> None:
    await watch.stands()
    await counted(watch, f"{number}:{TEMPLATE}")
    assert await watch.alarming.alarm() == 1
    watch.clock.move(timedelta(minutes=1))
    told = orjson.dumps({"linked_ZCA": "77"}).decode()
    await watch.becomes(told=told, told_at=watch.clock.now())
    await watch.alarming.alarm()
    assert watch.shown == [1, 0]


async def test_one_switched_off_alarms_nobody(watch: Watch) -> None:
    await watch.stands(**BROKEN | {"status": AccountStatus.OFF})
    assert await watch.alarming.alarm() == 0
