"""Replies to followers on both databases, before a Zalo as strict as the facts allow."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

import pytest
from PIL import Image
from sqlalchemy import insert, select, update

from bot.channels.addressed import Addressed
from bot.channels.errors import Cut, SendCode, SendError
from bot.channels.uploads import Uploads
from bot.channels.zalo.addresses import Follower
from bot.channels.zalo.calling import Calling
from bot.channels.zalo.channel import ZaloChannel
from bot.channels.zalo.client import Patience, ZaloClient
from bot.channels.zalo.giving import Giving
from bot.channels.zalo.hosts import Hosts
from bot.channels.zalo.lines import Lines
from bot.channels.zalo.looking import Looking
from bot.channels.zalo.media import Media
from bot.channels.zalo.paces import Paces
from bot.channels.zalo.rendering import Offering
from bot.channels.zalo.sending import Manner, Sending
from bot.channels.zalo.window import Paying, Policy
from bot.delivery.shelf import SqlShelf
from bot.delivery.zalo_accounts import SqlAccounts
from bot.delivery.zalo_calls import SqlCallLog
from bot.delivery.zalo_purses import SqlPurses
from bot.messages import (
    ChannelName,
    CitizenAddress,
    Enclosure,
    OutgoingMessage,
    Priority,
    QuickReply,
    Reply,
    Wanted,
)
from bot.storage.broadcast_tables import uploads
from bot.storage.database import Database
from bot.storage.zalo_account_rows import told_of
from bot.storage.zalo_tables import zalo_accounts, zalo_people
from tests.conftest import FrozenClock
from tests.fakes.shelf import PaperCopies, PaperShelf, a_picture
from tests.fakes.zalo import Break, Clock, FakeZalo, Rules, serving_zalo
from tests.fakes.zalo.citizens import Citizen
from tests.fakes.zalo.people import Account
from tests.fakes.zalo_line import MintedTokens

CHOICES = (QuickReply("Lệ phí", "side:fee"), QuickReply("Hồ sơ", "side:papers"))


class KeptIds(SqlShelf):
    """Files in memory, and their ids as they are kept."""

    def __init__(self, database: Database, clock: FrozenClock, files: PaperShelf) -> None:
        super().__init__(database, clock)
        self._files = files

    async def content(self, file: int) -> bytes | None:
        return await self._files.content(file)


@dataclass
class Office:
    """An office's channel and its Zalo."""

    database: Database
    clock: FrozenClock
    zalo: FakeZalo
    shelf: PaperShelf = field(default_factory=PaperShelf)
    answers: PaperCopies = field(default_factory=PaperCopies)
    channel: ZaloChannel = field(init=False, default=None)  # type: ignore[assignment]
    client: ZaloClient = field(init=False, default=None)  # type: ignore[assignment]
    most: int = 90

    async def opens(
        self,
        offering: Offering = Offering.OFF,
        paying: Paying = Paying.OFF,
        picture: str = "https://xa.vn/cover.png",
    ) -> None:
        """Begin anew, as a process does."""
        await self.closes()
        fake = self.zalo
        hosts = Hosts(oauth=fake.oauth_url, api=fake.api_url, business=fake.business_url)
        self.client = ZaloClient(hosts, secret=fake.app.secret, patience=Patience(answer=1.0))
        paces = Paces(lambda oa: SqlCallLog(self.database, f"zalo:{oa}", self.clock), self.most)
        tokens = MintedTokens(fake)
        calling, lines = Calling(self.client, tokens, paces), Lines()
        accounts = SqlAccounts(self.database, self.clock)
        purses = SqlPurses(self.database, Policy(free_replies=8, paying=paying), self.clock)
        now = lambda: self.clock.now().timestamp()  # noqa: E731
        shelf = KeptIds(self.database, self.clock, self.shelf)
        media = Media(Uploads(shelf, PaperCopies(), self.answers, now=now))
        sending = Sending(
            Giving(calling, purses, media),
            paces=paces,
            accounts=accounts,
            media=media,
            lines=lines,
            clock=self.clock,
            manner=Manner(offering=offering, picture=picture),
        )
        looking = Looking(calling, accounts, accounts, lines)
        self.channel = ZaloChannel(
            sending,
            paces=paces,
            lines=lines,
            looking=looking,
            tokens=tokens,
            files=Addressed(()),
        )

    async def closes(self) -> None:
        for one in (self.channel, self.client):
            if one is not None:
                await one.close()

    async def connects(self, oa: Account, **state: object) -> None:
        values = {"oa_id": oa.oa_id, "office": oa.oa_id, "status": "connected", **state}
        async with self.database.writing() as connection:
            await connection.execute(insert(zalo_accounts).values(**values))

    async def hears(self, one: Citizen) -> None:
        """Have somebody say something, which the program knows."""
        await one.says("xin chào")
        key = {"oa_id": one.account.oa_id, "user_id": one.user_id}
        told = {"interacted_at": self.clock.now(), "replies": 0, "state": ""}
        async with self.database.writing() as connection:
            done = await connection.execute(update(zalo_people).filter_by(**key).values(**told))
            if not done.rowcount:
                await connection.execute(insert(zalo_people).values(**key, **told))

    async def tells(self, one: Citizen, reply: Reply | str, **more: object) -> str:
        to = Follower(one.account.oa_id, one.user_id).address
        said = Reply(reply) if isinstance(reply, str) else reply
        message = OutgoingMessage(id=1, address=to, reply=said, **more)  # type: ignore[arg-type]
        return await self.channel.send(message)

    async def fails(self, one: Citizen, reply: Reply | str = "Chào", **more: object) -> SendError:
        with pytest.raises(SendError) as told:
            await self.tells(one, reply, **more)
        return told.value

    async def state_of(self, one: Citizen) -> tuple[str, int]:
        async with self.database.reading() as connection:
            is_it = zalo_people.c.user_id == one.user_id
            row = (await connection.execute(select(zalo_people).where(is_it))).one()
            return row.state, row.replies


@pytest.fixture
async def office(database: Database, clock: FrozenClock) -> AsyncIterator[Office]:
    async with serving_zalo(clock=Clock(clock.now), rules=Rules(receipts=False)) as fake:
        here = Office(database, clock, fake)
        await here.opens()
        await here.connects(fake.oa)
        yield here
        await here.closes()


@pytest.mark.parametrize("chat", ["", "7", "579:", "nam"])
async def test_an_address_that_is_no_followers_is_refused_for_good(
    office: Office, chat: str
) -> None:
    nobody = CitizenAddress(channel=ChannelName.ZALO, user_id=chat)
    with pytest.raises(SendError) as held:
        await office.channel.hold(nobody, Priority.BROADCAST, 1.0)
    with pytest.raises(SendError) as sent:
        await office.channel.send(OutgoingMessage(id=1, address=nobody, reply=Reply("Chào")))
    told = {(one.value.code, one.value.retryable) for one in (held, sent)}
    assert told == {(SendCode.REFUSED, False)}


async def test_a_reply_arrives_with_its_choices_by_number(office: Office) -> None:
    nam = office.zalo.citizen()
    await office.hears(nam)
    known = await office.tells(nam, Reply("Bà con hỏi gì?", CHOICES))
    (seen,) = nam.shown
    assert (seen.text, seen.message_id) == (
        "Bà con hỏi gì?\nGõ số để chọn:\n1. Lệ phí\n2. Hồ sơ",
        known,
    )
    assert await office.state_of(nam) == ("", 1)


@pytest.mark.parametrize("offering", [Offering.BUTTONS, Offering.LIST])
async def test_choices_are_pressed_where_zalo_takes_that(
    office: Office, offering: Offering
) -> None:
    await office.opens(offering)
    office.zalo.rules.buttons = office.zalo.rules.lists = True
    nam = office.zalo.citizen()
    await office.hears(nam)
    await office.tells(nam, Reply("Bà con hỏi gì?", CHOICES))
    offered = nam.shown[-1].buttons or nam.shown[-1].elements
    assert [one.title for one in offered] == ["Lệ phí", "Hồ sơ"]
    assert nam.shown[0].text == "Bà con hỏi gì?"


@pytest.mark.parametrize("offering", [Offering.BUTTONS, Offering.LIST])
async def test_refused_buttons_go_as_text_at_once_and_are_not_tried_for_a_day(
    office: Office, offering: Offering
) -> None:
    await office.opens(offering)
    nam = office.zalo.citizen()
    await office.hears(nam)
    for _ in range(2):
        await office.tells(nam, Reply("Bà con hỏi gì?", CHOICES))
    assert office.zalo.ledger.codes() == {-201: 1}
    assert office.zalo.ledger.foreseeable == []
    assert all(nam.shown[-1].text.endswith("1. Lệ phí\n2. Hồ sơ") for _ in nam.shown)
    assert (await office.state_of(nam))[1] == len(nam.shown)
    office.clock.move(timedelta(days=1, minutes=1))
    office.zalo.rules.buttons = office.zalo.rules.lists = True
    await office.hears(nam)
    await office.tells(nam, Reply("Bà con hỏi gì?", CHOICES))
    assert nam.shown[-1].buttons or nam.shown[-1].elements


async def test_nothing_is_called_that_zalo_would_surely_refuse(office: Office) -> None:
    nam, lan = office.zalo.citizen("7"), office.zalo.citizen("8")
    await office.hears(nam)
    for _ in range(8):
        await office.tells(nam, "Một")
    told = await office.fails(nam)
    assert (told.code, told.retryable) == (SendCode.NO_QUOTA, True)
    office.clock.move(timedelta(days=7))
    told = await office.fails(nam)
    assert (told.code, told.retryable) == (SendCode.WINDOW_CLOSED, False)
    assert (await office.fails(lan)).code is SendCode.WINDOW_CLOSED
    assert office.zalo.ledger.refusals == []
    await office.hears(nam)
    await office.tells(nam, "Hai")
    assert office.zalo.ledger.calls["cs"] == 9


LONG = "\n".join(f"Câu {one}: " + "ba bốn năm " * 20 for one in range(12))


@pytest.mark.parametrize("piece", ["words", "file"])
async def test_of_a_reply_cut_short_it_is_known_how_far_it_came_and_why(
    office: Office, piece: str
) -> None:
    await office.opens(paying=Paying.PACKAGE)
    office.zalo.oa.messages_a_month = 1
    nam = office.zalo.citizen()
    await office.hears(nam)
    office.clock.move(timedelta(hours=50))
    paper = office.shelf.put(b"%PDF-1.7 x", "công văn.pdf", "application/pdf")
    reply = Reply(LONG) if piece == "words" else Reply("Một", enclosures=(paper,))
    told = await office.fails(nam, reply)
    (first,) = nam.shown
    assert (told.code, told.retryable) == (SendCode.UNCERTAIN, False)
    assert told.cut == Cut(went=1, last=first.message_id, why=SendCode.NO_QUOTA)
    assert reply.text.startswith(first.text)
    assert office.zalo.ledger.refusals == []


async def test_a_package_that_is_empty_is_not_asked_for_again(office: Office) -> None:
    await office.opens(paying=Paying.PACKAGE)
    office.zalo.oa.messages_a_month = 0
    nam = office.zalo.citizen()
    await office.hears(nam)
    office.clock.move(timedelta(hours=50))
    for _ in range(3):
        assert (await office.fails(nam)).code is SendCode.NO_QUOTA
    assert office.zalo.ledger.codes() == {-211: 1}
    assert office.zalo.ledger.foreseeable == []


@pytest.mark.parametrize(
    ("code", "ends", "state"),
    [
        (-213, SendCode.BLOCKED, "blocked"),
        (-227, SendCode.GONE, "inactive"),
        (-244, SendCode.REFUSED, "restricted"),
        (-230, SendCode.WINDOW_CLOSED, ""),
    ],
)
async def test_whom_nothing_reaches_is_left_alone_until_they_write(
    office: Office, code: int, ends: SendCode, state: str
) -> None:
    nam = office.zalo.citizen()
    await office.hears(nam)
    office.zalo.fail("cs", code)
    told = await office.fails(nam)
    assert (told.code, told.retryable) == (ends, False)
    assert await office.state_of(nam) == (state, 0)
    assert (await office.fails(nam)).code is SendCode.WINDOW_CLOSED
    assert office.zalo.ledger.calls["cs"] == 1
    await office.hears(nam)
    await office.tells(nam, "Chào lại")
    assert len(nam.shown) == 1


@pytest.mark.parametrize("how", [Break.AFTER, Break.SERVER_ERROR_AFTER, Break.MALFORMED])
async def test_what_may_have_arrived_is_not_said_again(office: Office, how: Break) -> None:
    nam = office.zalo.citizen()
    await office.hears(nam)
    office.zalo.weather.breaks("cs", how)
    told = await office.fails(nam)
    assert (told.code, told.retryable) == (SendCode.UNCERTAIN, False)
    assert (len(nam.shown), office.zalo.ledger.calls["cs"]) == (1, 1)
    assert office.channel.fault == f"{office.zalo.oa.oa_id}: uncertain"
    await office.tells(nam, "Hai")
    assert office.channel.fault == ""


async def test_one_accounts_trouble_is_its_own(office: Office) -> None:
    other = office.zalo.open_oa("Xã Khác")
    await office.connects(other)
    nam, lan = office.zalo.citizen(), office.zalo.citizen("8", other)
    for one in (nam, lan):
        await office.hears(one)
    other.disabled = True
    told = await office.fails(lan)
    assert (told.code, told.retryable) == (SendCode.MISCONFIGURED, True)
    await office.tells(nam, "Chào")
    assert office.channel.fault == f"{other.oa_id}: misconfigured"


async def test_pictures_and_files_are_brought_once_and_anew_when_their_ids_are_lost(
    office: Office,
) -> None:
    nam = office.zalo.citizen()
    await office.hears(nam)
    picture = office.shelf.put(a_picture())
    paper = office.shelf.put(b"%PDF-1.7 x", "công văn.pdf", "application/pdf")
    for text in ("Một", "Hai"):
        await office.tells(nam, Reply(text, enclosures=(picture, paper)))
    assert [(one.text, len(one.images), one.files) for one in nam.shown] == [
        ("Một", 1, ()),
        ("", 0, (("công văn.pdf", b"%PDF-1.7 x"),)),
        ("Hai", 1, ()),
        ("", 0, (("công văn.pdf", b"%PDF-1.7 x"),)),
    ]
    assert office.zalo.ledger.calls["upload_image"] == 1
    assert office.zalo.ledger.calls["upload_file"] == 1
    office.zalo.fail("cs", -100)
    await office.tells(nam, Reply("Ba", enclosures=(picture,)))
    assert office.zalo.ledger.calls["upload_image"] == 2
    office.clock.move(timedelta(days=6, hours=13))
    await office.hears(nam)
    await office.tells(nam, Reply("Bốn", enclosures=(picture,)))
    assert office.zalo.ledger.calls["upload_image"] == 3
    assert office.zalo.ledger.foreseeable == []


async def test_a_large_picture_is_drawn_smaller(office: Office) -> None:
    noise = Image.frombytes("RGB", (2600, 1300), Random(1).randbytes(2600 * 1300 * 3))
    noise = noise.resize((260, 130)).resize((5200, 2600))
    made = io.BytesIO()
    noise.save(made, "JPEG", quality=98)
    assert len(made.getvalue()) > 1_000_000
    nam = office.zalo.citizen()
    await office.hears(nam)
    large = office.shelf.put(made.getvalue())
    await office.tells(nam, Reply("Ảnh", enclosures=(large,), page="https://xa.vn/1"))
    (seen,) = nam.shown
    with Image.open(io.BytesIO(seen.images[0])) as shown:
        assert max(shown.size) >= 1280
    assert (len(seen.images[0]) <= 1_000_000, seen.text) == (True, "Ảnh")


async def test_what_cannot_be_sent_is_left_to_the_page(office: Office) -> None:
    nam = office.zalo.citizen()
    await office.hears(nam)
    table = office.shelf.put(b"PK", "bảng.xlsx", "application/vnd.ms-excel")
    broken = office.shelf.put(b"\xff\xd8" + bytes(1_200_000))
    await office.tells(nam, Reply("Tin", enclosures=(table, broken), page="https://xa.vn/1"))
    (seen,) = nam.shown
    assert seen.text.startswith("Tin")
    assert "https://xa.vn/1" in seen.text


async def test_ones_own_file_is_brought_for_them_alone(office: Office) -> None:
    nam = office.zalo.citizen()
    await office.hears(nam)
    office.answers.made[5] = (nam.user_id, b"%PDF own")
    own = Enclosure(
        file=5,
        name="trả lời.pdf",
        media="application/pdf",
        size=8,
        digest="",
        private=True,
        answer=True,
    )
    await office.tells(nam, Reply("Tệp", enclosures=(own,)))
    assert nam.shown[-1].files == (("trả lời.pdf", b"%PDF own"),)
    async with office.database.reading() as connection:
        assert (await connection.execute(select(uploads))).all() == []


async def test_who_is_asked_for_a_contact_may_press_a_card(office: Office) -> None:
    nam = office.zalo.citizen()
    await office.hears(nam)
    asks = Reply("Bà con cho số điện thoại.", wants=(Wanted.CONTACT,))
    await office.tells(nam, asks)
    assert [one.kind for one in nam.shown] == ["text", "request_user_info"]
    await office.opens(picture="nowhere")
    await office.tells(nam, asks)
    assert [one.kind for one in nam.shown] == ["text", "request_user_info", "text"]


async def test_a_refusal_for_the_rate_silences_the_account(office: Office) -> None:
    nam = office.zalo.citizen()
    await office.hears(nam)
    office.zalo.fail("cs", -32)
    told = await office.fails(nam)
    assert (told.code, told.retryable) == (SendCode.RATE_LIMITED, True)
    told = await office.fails(nam, patience=1.0)
    assert told.code is SendCode.NO_TURN
    assert office.zalo.ledger.calls["cs"] == 1
    assert office.channel.silence > 50


async def test_no_more_is_called_than_a_minute_allows(office: Office) -> None:
    office.most = 5
    await office.opens()
    people = [office.zalo.citizen(str(number)) for number in range(8)]
    for one in people:
        await office.hears(one)
    found = await asyncio.gather(
        *(office.tells(one, "Chào", patience=10) for one in people), return_exceptions=True
    )
    assert sum(isinstance(one, str) for one in found) == 5
    assert {one.code for one in found if isinstance(one, SendError)} == {SendCode.NO_TURN}
    assert office.zalo.gate.rates.most == 5


async def test_news_take_a_turn_first_and_give_it_back_unused(office: Office) -> None:
    nam = office.zalo.citizen()
    await office.hears(nam)
    to = Follower(nam.account.oa_id, nam.user_id).address
    unused = await office.channel.hold(to, Priority.BROADCAST, 1.0)
    unused.over()
    turn = await office.channel.hold(to, Priority.BROADCAST, 1.0)
    news = OutgoingMessage(id=1, address=to, reply=Reply("Tin"), priority=Priority.BROADCAST)
    await turn.send(news)
    turn.over()
    assert [one.text for one in nam.shown] == ["Tin"]
    assert office.zalo.ledger.calls["cs"] == 1


async def test_a_pace_has_no_turn_twice(office: Office) -> None:
    office.most = 1
    await office.opens()
    nam = office.zalo.citizen()
    await office.hears(nam)
    await office.tells(nam, "Một")
    assert (await office.fails(nam, patience=0.2)).code is SendCode.NO_TURN


async def test_what_the_accounts_page_tells_is_kept(office: Office) -> None:
    stopping = asyncio.Event()
    looking = asyncio.create_task(office.channel.attending(stopping))
    async with asyncio.timeout(5):
        while True:
            async with office.database.reading() as connection:
                told, at = await told_of(connection, office.zalo.oa.oa_id)
            if at:
                break
            await asyncio.sleep(0.02)
    stopping.set()
    await looking
    assert told["package_name"] == "Growth"


async def test_an_account_that_is_off_says_nothing(office: Office) -> None:
    async with office.database.writing() as connection:
        await connection.execute(update(zalo_accounts).values(status="off"))
    nam = office.zalo.citizen()
    await office.hears(nam)
    assert (await office.fails(nam)).code is SendCode.MISCONFIGURED
    assert office.zalo.ledger.calls["cs"] == 0
