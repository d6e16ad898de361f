"""A day at an office, made up for the pictures of the manual: citizens ask, officials work."""

from __future__ import annotations

import asyncio
import random
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final

from sqlalchemy import func, insert, select

from bot.bootstrap import House
from bot.casework.changing import propose
from bot.casework.deeds import acting
from bot.console.cookies import fresh_token, hash_of
from bot.messages import ChannelName, CitizenAddress, IncomingMessage, MessageKind
from bot.officials.audit import By
from bot.officials.changes import Change, ChangeKind, Wish
from bot.officials.field_marks import Fields, token_of
from bot.officials.models import OfficerId, Role, Session, Stage
from bot.storage.officer_rows import NewOfficer, add_officer, set_grants
from bot.storage.session_rows import begin_session
from bot.storage.tables import daily_turns, inbox
from docs.demo_news import tell_the_news

OFFICE: Final = "mau-xa"
# A Friday, ten past ten in Việt Nam.
NOW: Final = datetime(2026, 11, 20, 3, 10, tzinfo=UTC)
ASKED: Final = (
    "làm giấy khai sinh cho con cần gì",
    "lệ phí chứng thực bản sao",
    "xin cấp lại thẻ căn cước bị mất",
    "nhà tôi bị mất sổ đỏ",
    "đăng ký kết hôn cần giấy tờ gì",
    "chào bạn",
)
NOT_ANSWERED: Final = (
    "đăng ký dàn nhạc cưới ở nhà văn hóa thôn",
    "đăng ký dàn nhạc ở nhà văn hóa thôn để cưới",
    "đăng ký dàn nhạc cưới ở nhà văn hóa thôn",
    "thủ tục dựng cổng chào đầu thôn",
    "thủ tục dựng cổng chào đầu thôn",
    "làm giấy xác nhận người hát then",
)
TO_A_PERSON: Final = [
    ["đăng ký khai sinh cho con ngoài giá thú", "cho tôi gặp cán bộ"],
    ["tôi muốn nói chuyện với cán bộ"],
]
# How many ask each thing that is known, and the seconds all have to be answered.
MANY: Final = 8
PATIENCE: Final = 60.0
TELL_ME: Final = "báo cho tôi khi có trả lời"
PEOPLE: Final = (
    ("lan.nt", "Nguyễn Thị Lan", "Công chức tư pháp – hộ tịch", Role.PREPARER, OFFICE),
    ("hoa.tv", "Trần Văn Hòa", "Phó Chủ tịch UBND xã", Role.APPROVER, OFFICE),
    ("minh.pd", "Phạm Đức Minh", "Chánh Văn phòng", Role.SECRETARIAT, "mau-tinh"),
)


class DemoClock:
    """Tells the time of the pictures."""

    def __init__(self) -> None:
        """Begin before the office opens."""
        self._now = NOW - timedelta(hours=2)

    def now(self) -> datetime:
        """Give the present moment."""
        return self._now

    def move(self, by: timedelta) -> None:
        """Let time pass."""
        self._now += by


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """The office at work, and the tokens of sessions by stage."""

    tokens: Mapping[Stage, str]


async def live_the_day(house: House, clock: DemoClock) -> Demo:
    """Let citizens ask and officials do their part, until ``NOW``."""
    officers = await _employ(house)
    await house.orders.renew()
    await _remember(house)
    await _ask_all(house, clock)
    await _wish(house, officers)
    clock.move(NOW - clock.now())
    preparer, approver = (_by(officers, place) for place in (0, 1))
    await tell_the_news(house, preparer, approver, OFFICE)
    everybody = await _everybody(house)
    return Demo(tokens={stage: await _sit_down(house, everybody, stage) for stage in Stage})


async def _employ(house: House) -> list[OfficerId]:
    ids = []
    async with house.database.writing() as connection:
        for login, name, title, role, office in PEOPLE:
            new = NewOfficer(login=login, name=name, title=title, office=office)
            officer = await add_officer(connection, new, at=house.clock.now())
            await set_grants(connection, officer, [(role, office)], at=house.clock.now())
            ids.append(officer)
    return ids


def _by(officers: list[OfficerId], place: int) -> By:
    return By(officer=officers[place], actor=PEOPLE[place][1], address="10.0.0.5")


async def _everybody(house: House) -> OfficerId:
    """Make somebody who sees every page."""
    async with house.database.writing() as connection:
        new = NewOfficer(login="quan.tri", name="Lê Thu Hà", title="Quản trị", office="mau-tinh")
        officer = await add_officer(connection, new, at=house.clock.now())
        await set_grants(connection, officer, [(role, "") for role in Role], at=NOW)
    return officer


async def _sit_down(house: House, officer: OfficerId, stage: Stage) -> str:
    token = fresh_token()
    session = Session(
        id=secrets.randbelow(2**53),
        officer=officer,
        stage=stage,
        began_at=NOW,
        seen_at=NOW,
        until=NOW + timedelta(hours=12),
        address="10.0.0.7",
        agent="Chrome trên Windows",
        sure_at=NOW,
    )
    async with house.database.writing() as connection:
        await begin_session(connection, session, hash_of(token))
    return token


async def _remember(house: House) -> None:
    """Write the figures of the days before."""
    chance = random.Random(7)  # noqa: S311 - made up, and the same each time
    async with house.database.writing() as connection:
        for back in range(1, 14):
            for end, most in (("answered", 180), ("choices", 50), ("unanswered", 24)):
                day = (NOW - timedelta(days=back)).date().isoformat()
                count = chance.randrange(most // 2, most)
                row = {"day": day, "channel": "web", "outcome": end, "office": OFFICE}
                await connection.execute(insert(daily_turns).values(**row, turns=count))


async def _ask_all(house: House, clock: DemoClock) -> None:
    """Let a morning pass: many ask what is known, some what is not, two for a person."""
    many = [[question] for question in ASKED for _ in range(MANY)]
    unknown = [[question, TELL_ME] for question in NOT_ANSWERED]
    for number, texts in enumerate(sorted(many + unknown, key=_shuffled) + TO_A_PERSON):
        channel = ChannelName.TELEGRAM if number % 3 == 0 else ChannelName.WEB
        for place, text in enumerate(texts):
            await _say(
                house, CitizenAddress(channel=channel, user_id=f"dan-{number}"), text, place
            )
        async with asyncio.timeout(PATIENCE):
            while await _unanswered(house):  # noqa: ASYNC110 - nobody rings for this
                await asyncio.sleep(0.01)
        clock.move(timedelta(minutes=2))


def _shuffled(texts: list[str]) -> str:
    return sha256(" ".join(texts).encode()).hexdigest()


async def _say(house: House, address: CitizenAddress, text: str, place: int) -> None:
    message = IncomingMessage(
        address=address,
        kind=MessageKind.TEXT,
        text=text,
        external_id=f"{address.user_id}-{place}",
        received_at=house.clock.now(),
    )
    await house.inbox.accept([message])


async def _unanswered(house: House) -> int:
    async with house.database.reading() as connection:
        counted = select(func.count()).where(inbox.c.done.is_(False))
        return int((await connection.execute(counted)).scalar_one())


async def _wish(house: House, officers: list[OfficerId]) -> None:
    """Let a preparer change cards: one is published, one waits, one was sent back."""
    preparer = _by(officers, 0)
    wishes: tuple[tuple[str, str, Fields, bool], ...] = (
        ("1.001193", "Đăng ký khai sinh", {"everyday_name": "Làm giấy khai sinh"}, True),
        ("1.000894", "Đăng ký kết hôn", {"everyday_name": "Đăng ký cưới (kết hôn)"}, False),
    )
    for code, title, fields, publish in wishes:
        wish = Wish(
            kind=ChangeKind.PROCEDURE,
            office=OFFICE,
            ref=code,
            title=title,
            fields=fields,
            reason="Bà con trong xã hay gọi như vậy.",
        )
        async with acting(house.database, house.clock, preparer) as doing:
            made = await propose(doing, wish, token=token_of({}), publish=publish)
        if not isinstance(made, Change):
            raise TypeError(made)
