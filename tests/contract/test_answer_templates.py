"""Answers nobody could hear in the chat any more, told by a template once, on both databases."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, update

from bot.bootstrap.zalo import ZaloApp
from bot.bootstrap.zalo_channel import ZaloParts
from bot.bootstrap.zalo_news import zalo_answers
from bot.casework.zalo.filling import answer_data
from bot.channels.kept import KEPT
from bot.channels.zalo.addresses import Follower
from bot.channels.zalo.calling import Calling
from bot.channels.zalo.templates import Templates
from bot.delivery.answer_templates import AnswerTemplates
from bot.delivery.template_calls import TemplateCalls
from bot.delivery.zalo_choices import SqlChoices
from bot.feedback.models import Case, Contact, Remark, Result
from bot.feedback.purposes import Purpose
from bot.handling.answering import answer
from bot.handling.answers_unheard import UnheardAnswers
from bot.handling.noticing import Announcer
from bot.handling.uses import Uses
from bot.settings import Settings
from bot.storage.answer_receipt_rows import (
    ByTemplate,
    note_answer_receipts,
    told_by_template,
)
from bot.storage.case_answer_rows import AnswerWords
from bot.storage.database import Database
from bot.storage.feedback_person_tables import consents
from bot.storage.feedback_tables import notices
from bot.storage.inbox_rows import insert_messages
from bot.storage.notice_fault_rows import cases_to_call
from bot.storage.notice_template_rows import note_template_arrived, tracking_of
from bot.storage.tables import OutboxStatus, outbox
from bot.storage.zalo_purse_rows import note_unreached
from bot.storage.zalo_quota_rows import SqlAllowance, quotas_of
from bot.storage.zalo_tables import zalo_people
from bot.storage.zalo_template_rows import TemplateUse, Use, put_use
from bot.upkeep.zalo import AccountReading
from tests.conftest import NOON, FrozenClock, let_pass
from tests.factories import a_message
from tests.fakes.chambers import Chamber
from tests.fakes.console import HERE
from tests.fakes.filers import a_vault
from tests.fakes.zalo import Clock, FakeZalo, serving_zalo
from tests.fakes.zalo.citizens import Citizen
from tests.fakes.zalo.templates import Gap, Template
from tests.fakes.zalo.weather import Break
from tests.fakes.zalo_line import PaperAccounts, line_to, nothing

SITE = "https://xa-mau.gov.vn"
PHONE = "0912 345 678"
GAPS = {"vu": "{ma_vu}", "co_quan": "{co_quan}", "xem": "{duong_dan}", "doc": "{cach_xem}"}
DONE = AnswerWords(result=Result.DONE, text="Đã dọn rác ở ngõ 5.")
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


@dataclass
class Office:
    """An office with an account, a template for answers, and a citizen whose window closed."""

    room: Chamber
    fake: FakeZalo
    calling: Calling
    template: Template = field(init=False)

    def __post_init__(self) -> None:
        database, clock = self.room.database, self.room.clock
        self.accounts = PaperAccounts(self.fake, {self.fake.oa.oa_id: HERE})
        choices = SqlChoices(database, clock)
        calls = TemplateCalls(
            templates=Templates(self.calling),
            purse=SqlAllowance(database, clock),
            unreached=self.unreached,
            by_phone_alone=choices.by_phone_alone,
            clock=clock,
        )
        self.answers = AnswerTemplates(
            calls=calls,
            choices=choices,
            accounts=self.accounts,
            unheard=UnheardAnswers(database, self.room.bureau.seals),
            desks=self.room.desks,
            clock=clock,
            site=SITE,
        )
        self.announcer = Announcer(desks=self.room.desks, kept=KEPT)

    async def unreached(self, to: Follower, state: str) -> None:
        async with self.room.database.writing() as connection:
            await note_unreached(connection, to, state, self.room.clock.now())

    @property
    def citizen(self) -> Citizen:
        return self.fake.citizen("7", phone="84912345678")

    @property
    def to(self) -> Follower:
        return Follower(self.fake.oa.oa_id, self.citizen.user_id)

    async def approve(self, **facts: Any) -> None:
        gaps = tuple(Gap(name=name) for name in GAPS)
        self.template = self.fake.templates.approve(self.fake.oa, "Có trả lời", *gaps, **facts)
        database, clock = self.room.database, self.room.clock
        await AccountReading(
            database, self.calling, self.accounts, clock, count=nothing
        ).every_template()
        use = TemplateUse(
            office=HERE,
            use=Use.FEEDBACK,
            oa_id=self.fake.oa.oa_id,
            template_id=self.template.template_id,
            gaps=GAPS,
        )
        async with database.writing() as connection:
            await put_use(connection, use, at=clock.now())
            who = {"oa_id": self.to.oa, "user_id": self.to.user, "replies": 0}
            await connection.execute(insert(zalo_people).values(who))

    async def answered(self, version: str = "contact-2") -> Case:
        """File, answer, and fail to tell of it; by a number left with the words ``version``."""
        told = {"address": self.to.address, "call_back": True, "contact": Contact(phone=PHONE)}
        case = await self.room.begun("7", **told)
        uses = Uses(a_vault())
        async with self.room.database.writing() as connection:
            await uses.note(
                connection,
                self.to.address.conversation,
                case.id,
                Purpose.CONTACT,
                NOON,
                version=version,
            )
        await self.room.does("minh", case, lambda d, c: answer(d, self.room.bureau, c, DONE))
        async with self.room.database.writing() as connection:
            await self.announcer.tell_due(connection, self.room.clock.now())
        return case

    async def told(self, case: Case, after: timedelta = timedelta()) -> tuple[ByTemplate, ...]:
        async with self.room.database.reading() as connection:
            return await told_by_template(connection, case, NOON + after)

    async def receipt(
        self, message: str, *, oa: str = "", later: timedelta = timedelta(), seen: bool = False
    ) -> int:
        async with self.room.database.writing() as connection:
            return await note_answer_receipts(
                connection, oa or self.to.oa, [message], at=NOON + later, seen=seen
            )

    async def stands(self) -> tuple[str, str]:
        """Give what became of the answer's notice, the last there is."""
        last = max(await self.room.rows(notices), key=lambda one: one.version)
        return last.status, last.reason

    @property
    def shown(self) -> list[dict[str, str]]:
        return [dict(one.details) for one in self.citizen.shown]

    async def pass_by(self, by: timedelta) -> None:
        await let_pass(self.room.database, self.room.clock, by)
        await self.fake.advance(by)


@pytest.fixture
async def room(database: Database, clock: FrozenClock) -> Chamber:
    return await Chamber(database, clock).open()


@pytest.fixture
async def office(room: Chamber) -> AsyncIterator[Office]:
    async with serving_zalo(clock=Clock.standing(NOON)) as fake, line_to(fake) as calling:
        yield Office(room, fake, calling)


async def test_it_goes_once_names_the_case_alone_and_is_remembered_with_its_price(
    office: Office,
) -> None:
    await office.approve()
    case = await office.answered()
    assert await office.stands() == ("closed", "window")
    assert [await office.answers.round() for _ in range(2)] == [1, 0]
    use = TemplateUse(office=HERE, use=Use.FEEDBACK, oa_id="", template_id="", gaps=GAPS)
    account, at = office.fake.oa.name, NOON
    data = answer_data(case.reference, use, account=account, at=at, site=SITE)
    assert office.shown == [data]
    assert data["doc"] == f"Nhắn “tra cứu {data['vu']}” cho Trang này"
    assert await office.stands() == ("templated", "")
    event = (await office.room.events(case))[-1]
    assert (event.did, event.public) == (Remark.TEMPLATED, False)
    assert (event.data["price"], event.data["phone"]) == (120, False)
    async with office.room.database.reading() as connection:
        (quota,) = await quotas_of(connection, office.to.oa)
    assert (quota.kind, quota.remain) == ("template_daily", 1999)
    assert office.fake.ledger.foreseeable == []


async def test_who_was_told_of_the_answer_is_not_called_for_the_steps_before_it(
    office: Office,
) -> None:
    await office.approve()
    case = await office.answered()
    async with office.room.database.reading() as connection:
        assert [one.case for one in await cases_to_call(connection, [HERE], 9)] == [case.id]
    assert {one.status for one in await office.room.rows(notices)} == {"closed"}
    await office.answers.round()
    async with office.room.database.reading() as connection:
        assert await cases_to_call(connection, [HERE], 9) == []


async def test_who_then_writes_hears_the_whole_answer(office: Office) -> None:
    await office.approve()
    await office.answered()
    await office.answers.round()
    async with office.room.database.writing() as connection:
        await insert_messages(connection, [a_message("sao rồi", address=office.to.address)])
        await office.announcer.tell_before_replies(
            connection, [office.to.address.conversation], NOON
        )
    (said,) = [one for one in await office.room.rows(outbox) if DONE.text in one.text]
    assert said.user_id == office.to.user_id
    assert (await office.stands())[0] == "said"


@pytest.mark.parametrize(
    ("pays", "silent", "stands", "templates"),
    [
        (True, 3 * DAY, "said", 0),
        (True, 8 * DAY, "closed", 1),
        (False, 3 * DAY, "closed", 1),
    ],
)
async def test_while_a_message_can_be_paid_for_it_brings_the_whole_answer(
    office: Office, pays: bool, silent: timedelta, stands: str, templates: int
) -> None:
    await office.approve()
    office.announcer = replace(office.announcer, pays=pays)
    before = replace(a_message("rác", address=office.to.address), received_at=NOON - silent)
    async with office.room.database.writing() as connection:
        await insert_messages(connection, [before])
    await office.answered()
    assert (await office.stands())[0] == stands
    said = [one.text for one in await office.room.rows(outbox)]
    assert any(DONE.text in one for one in said) == (stands == "said")
    # What was only done to the case is worth no money.
    *others, _ = sorted(await office.room.rows(notices), key=lambda one: one.version)
    assert [one.status for one in others] == ["closed"]
    assert await office.answers.round() == templates


@pytest.mark.parametrize(
    ("version", "stands", "sent"),
    [("contact-2", "templated", 1), ("contact-1", "closed", 0)],
    ids=["agreed to Zalo", "agreed to a call alone"],
)
async def test_by_telephone_it_goes_to_who_agreed_to_that(
    office: Office, version: str, stands: str, sent: int
) -> None:
    await office.approve(by_uid=False)
    case = await office.answered(version)
    assert await office.answers.round() == sent
    assert (await office.stands())[0] == stands
    assert office.fake.ledger.calls["template_phone"] == sent
    if sent:
        assert (await office.room.events(case))[-1].data["price"] == 200
    assert await office.answers.round() == 0


async def test_a_consent_that_was_taken_back_opens_no_way(office: Office) -> None:
    await office.approve(by_uid=False)
    await office.answered()
    async with office.room.database.writing() as connection:
        await connection.execute(update(consents).values(withdrawn_at=NOON))
    assert await office.answers.round() == 0
    assert await office.stands() == ("closed", "template_refused")
    assert office.fake.ledger.calls["template_phone"] == 0


async def test_whom_zalo_refuses_by_id_is_written_to_by_telephone_and_known_from_then_on(
    office: Office,
) -> None:
    await office.approve()
    office.citizen.inactive = True
    for _ in range(2):
        await office.answered()
        assert await office.answers.round() == 1
    calls = office.fake.ledger.calls
    assert (calls["template"], calls["template_phone"]) == (1, 2)
    assert office.fake.ledger.foreseeable == []


@pytest.mark.parametrize("broken", [Break.AFTER, Break.MALFORMED])
async def test_what_may_have_gone_never_goes_again(office: Office, broken: Break) -> None:
    await office.approve()
    await office.answered()
    office.fake.weather.breaks("template", broken)
    assert [await office.answers.round() for _ in range(2)] == [0, 0]
    assert await office.stands() == ("failed", "uncertain")
    assert len(office.shown) == 1


async def test_who_was_being_told_by_a_process_that_died_is_called_instead(
    office: Office,
) -> None:
    await office.approve()
    await office.answered()
    (one,) = await office.answers.unheard.waiting(office.to.oa, NOON)
    assert await office.answers.unheard.begin(one, NOON)
    assert not await office.answers.unheard.begin(one, NOON)
    assert await office.answers.round() == 0
    await office.pass_by(timedelta(minutes=11))
    assert await office.answers.round() == 0
    assert await office.stands() == ("failed", "uncertain")
    assert office.shown == []


@pytest.mark.parametrize("early", [True, False])
async def test_a_template_by_telephone_in_doubt_has_arrived_when_its_receipt_says_so(
    office: Office, *, early: bool
) -> None:
    await office.approve()
    case = await office.answered()
    (one,) = await office.answers.unheard.waiting(office.to.oa, NOON)
    assert await office.answers.unheard.begin(one, NOON)
    if not early:
        await office.answers.unheard.doubted(one, NOON)
    oa, ours = office.to.oa, tracking_of(one)
    other = tracking_of(replace(one, version=one.version + 1))
    foreign = [(oa, other), (oa, "case-0-1"), (oa, ""), ("99", ours), (oa, f"{ours}x")]
    async with office.room.database.writing() as connection:
        for account, tracking in foreign:
            assert not await note_template_arrived(
                connection, account, tracking, NOON, message="m7"
            )
        assert await note_template_arrived(connection, oa, ours, NOON, message="m7")
        assert not await note_template_arrived(connection, oa, ours, NOON, message="m7")
    assert await office.stands() == ("templated", "")
    # What the call says afterwards changes nothing, and nobody is called for.
    await office.answers.unheard.doubted(one, NOON)
    assert await office.stands() == ("templated", "")
    async with office.room.database.reading() as connection:
        assert await cases_to_call(connection, [HERE], 9) == []
    assert case.id == one.case


@pytest.mark.parametrize("by_uid", [True, False])
async def test_its_receipts_are_the_notices_whichever_way_it_went(
    office: Office, *, by_uid: bool
) -> None:
    await office.approve(by_uid=by_uid)
    case = await office.answered()
    assert await office.answers.round() == 1
    (one,) = await office.told(case)
    assert (one.own, one.received_at, one.seen_at) == (True, None, None)
    message = office.citizen.shown[-1].message_id
    assert await office.receipt(message, oa="99") == 0
    assert await office.receipt("another") == 0
    assert await office.receipt(message) == 1
    assert await office.receipt(message, later=SECOND, seen=True) == 1
    assert await office.receipt(message, later=2 * SECOND, seen=True) == 1
    (one,) = await office.told(case)
    assert (one.received_at, one.seen_at, one.late) == (NOON, NOON + SECOND, False)


async def test_what_never_arrived_is_late_a_day_later(office: Office) -> None:
    await office.approve()
    case = await office.answered()
    await office.answers.round()
    told = [[one.late for one in await office.told(case, after=after)] for after in (DAY, 2 * DAY)]
    assert told == [[False], [True]]


@pytest.mark.parametrize("code", [-230, -232, -213, -244, -227])
async def test_what_zalo_refuses_is_never_told_as_sent_and_somebody_is_to_call(
    office: Office, code: int
) -> None:
    await office.approve()
    case = await office.answered("contact-1")
    office.fake.fail("template", code)
    assert [await office.answers.round() for _ in range(2)] == [0, 0]
    assert await office.stands() == ("closed", "template_refused")
    assert await office.told(case) == ()
    async with office.room.database.reading() as connection:
        assert [one.case for one in await cases_to_call(connection, [HERE], 9)] == [case.id]


async def test_without_templates_left_it_waits_for_the_day_and_without_money_for_somebody(
    office: Office,
) -> None:
    await office.approve()
    await office.answered()
    office.fake.fail("template", -211)
    assert [await office.answers.round() for _ in range(2)] == [0, 0]
    assert await office.stands() == ("closed", "window")
    await office.pass_by(DAY)
    office.fake.fail("template", -321)
    assert [await office.answers.round() for _ in range(2)] == [0, 0]
    assert office.fake.ledger.calls["template"] == 2
    await office.pass_by(timedelta(minutes=31))
    assert await office.answers.round() == 1


@pytest.mark.parametrize(
    ("code", "status", "sent"),
    [
        ("window_closed", OutboxStatus.FAILED, 1),
        ("no_quota", OutboxStatus.FAILED, 1),
        ("refused", OutboxStatus.FAILED, 0),
        ("window_closed", OutboxStatus.SENT, 0),
    ],
)
async def test_what_failed_in_the_chat_goes_if_the_chat_is_shut(
    office: Office, code: str, status: str, sent: int
) -> None:
    await office.approve()
    async with office.room.database.writing() as connection:
        await insert_messages(connection, [a_message("chào", address=office.to.address)])
    await office.answered()
    assert (await office.stands())[0] == "said"
    async with office.room.database.writing() as connection:
        await connection.execute(update(outbox).values(status=status, error_code=code))
        await connection.execute(update(notices).values(status="failed", reason="failed"))
    assert await office.answers.round() == sent


async def test_what_is_old_not_chosen_or_at_night_does_not_go(office: Office) -> None:
    await office.answered()
    assert await office.answers.round() == 0
    await office.approve()
    office.room.set("rule:quiet_hours", **{"from": "11:00", "to": "13:00"})
    assert await office.answers.round() == 0
    await office.pass_by(8 * DAY + timedelta(hours=2))
    assert await office.answers.round() == 0
    assert office.shown == []


@pytest.mark.parametrize(("paid", "done"), [("pay", [0]), ("package", []), ("off", [])])
async def test_nothing_is_told_where_the_deployment_pays_nothing(
    room: Chamber, paid: str, done: list[int]
) -> None:
    told = {"ZALO_APP_ID": "1", "ZALO_APP_SECRET": "s", "ZALO_PAID": paid, "PUBLIC_URL": SITE}
    settings, vault = Settings.from_env(told), a_vault()
    app = ZaloApp.of(settings)
    assert app
    parts = ZaloParts.of(app, 90, room.database, room.clock, vault)
    ticks = zalo_answers(settings, parts, room.desks, vault)
    assert [await one.act() for one in ticks] == done
    await parts.paces.close()
    await app.close()
