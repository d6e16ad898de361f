"""Calls of Zalo on both databases: kept before they are thanked for, sorted once and in order."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update
from structlog.testing import capture_logs

from bot.channels.errors import ForgedWebhook, StaleWebhook
from bot.channels.zalo.addresses import Follower
from bot.conversation.desk import Desk
from bot.feedback.wishes import Keep
from bot.handling.photos import Photos
from bot.intake.sorting import FIRST_PAUSE, SUBJECTS, TRIES
from bot.messages import ChannelName, MessageKind
from bot.storage.arrival_rows import (
    CLAIM,
    claim_arrivals,
    forget_arrivals,
    give_back_arrivals,
)
from bot.storage.broadcast_tables import deliveries, subscribers
from bot.storage.console_tables import audit_entries
from bot.storage.database import Database
from bot.storage.errors import NotStored
from bot.storage.feedback_tables import cases, events, notices
from bot.storage.fetch_rows import claim_fetches
from bot.storage.inbox_rows import claim_messages
from bot.storage.notice_fault_rows import cases_to_call
from bot.storage.own_erasing_rows import erase_beside
from bot.storage.subscriber_rows import Joined, subscribe
from bot.storage.tables import outbox, turns
from bot.storage.zalo_mark_rows import marks_of
from bot.storage.zalo_people_rows import paused
from bot.storage.zalo_tables import arrivals, zalo_marks, zalo_people
from tests.conftest import FrozenClock, let_pass
from tests.fakes.filers import OFFICE, Filers, a_draft
from tests.fakes.own_data import everything, telling
from tests.fakes.zalo.events import Event
from tests.fakes.zalo.rare import RARE, happens
from tests.fakes.zalo_door import PAUSE, Doorway, a_doorway, an_emulator

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
RECEIPT = "user_received_message"


@pytest.fixture
async def door(database: Database, clock: FrozenClock, little: Desk) -> AsyncIterator[Doorway]:
    async with a_doorway(Filers(database, clock, little), an_emulator(clock)) as made:
        await made.connects()
        yield made


async def _person(door: Doorway) -> Any:
    (row,) = await door.rows(zalo_people)
    return row


async def _waits(door: Doorway, by: timedelta) -> None:
    assert isinstance(door.filers.clock, FrozenClock)
    await let_pass(door.database, door.filers.clock, by)


async def test_a_call_is_kept_sealed_and_its_body_goes_when_it_is_sorted(door: Doorway) -> None:
    await door.takes(await door.citizen().says("đăng ký khai sinh"))
    (kept,) = await door.rows(arrivals)
    assert kept.body_sealed
    assert b"khai sinh" not in kept.body_sealed
    assert not kept.done
    await door.sorts()
    (kept,) = await door.rows(arrivals)
    assert (kept.done, kept.body_sealed) == (True, None)
    (row,) = await door.rows()
    assert (row.channel, row.kind, row.text) == ("zalo", "text", "đăng ký khai sinh")
    assert row.user_id == door.follower().user_id


async def test_a_call_that_comes_again_is_stored_once(door: Doorway) -> None:
    event = await door.citizen().says("khai sinh")
    await asyncio.gather(*(door.takes(event) for _ in range(4)))
    await door.sorts()
    await door.takes(event)
    await door.sorts()
    assert await door.texts() == ["khai sinh"]


async def test_what_came_out_of_order_is_sorted_as_it_happened(door: Doorway) -> None:
    events = []
    for text in ("một", "hai", "ba"):
        events.append(await door.citizen().says(text))
        await _waits(door, SECOND)
    await door.takes(*reversed(events))
    await door.sorts()
    assert await door.texts() == ["một", "hai", "ba"]


async def test_an_older_word_after_a_newer_one_was_sorted_counts_all_the_same(
    door: Doorway,
) -> None:
    early = await door.citizen().says("một")
    await _waits(door, timedelta(minutes=5))
    late = await door.citizen().says("hai")
    await door.takes(late)
    await door.sorts()
    await door.takes(early)
    await door.sorts()
    assert await door.texts() == ["hai", "một"]
    assert (await _person(door)).interacted_at == door.filers.clock.now()


async def test_two_processes_sort_each_call_once(door: Doorway) -> None:
    for number in range(30):
        await door.takes(await door.citizen(str(number % 5)).says(str(number)))
        door.filers.clock.move(SECOND)
    async with a_doorway(door.filers, door.zalo) as other:
        await asyncio.gather(door.sorts(), other.sorts())
    await door.sorts()
    rows = await door.rows()
    assert sorted(int(row.text) for row in rows) == list(range(30))
    for person in range(5):
        theirs = [r for r in rows if r.user_id == door.follower(str(person)).user_id]
        assert [int(r.text) % 5 for r in theirs] == [person] * 6
        assert [int(r.text) for r in theirs] == sorted(int(r.text) for r in theirs)


async def test_a_process_killed_between_taking_and_storing_loses_nothing(door: Doorway) -> None:
    for text in ("một", "hai"):
        await door.takes(await door.citizen().says(text))
        await _waits(door, SECOND)
    async with door.database.writing() as connection:
        now = door.filers.clock.now()
        assert len(await claim_arrivals(connection, now, subjects=64, most=256)) == 2
    await door.sorts()
    assert await door.texts() == []
    await _waits(door, CLAIM + SECOND)
    await door.sorts()
    assert await door.texts() == ["một", "hai"]


async def test_who_is_worked_on_is_left_alone_and_others_are_not(door: Doorway) -> None:
    await door.takes(await door.citizen("7").says("một"))
    async with door.database.writing() as connection:
        await claim_arrivals(connection, door.filers.clock.now(), subjects=64, most=256)
    await door.takes(await door.citizen("7").says("hai"), await door.citizen("8").says("ba"))
    await door.sorts()
    assert await door.texts() == ["ba"]


async def test_what_cannot_be_opened_is_put_aside_and_nobody_waits_for_ever(
    door: Doorway,
) -> None:
    await door.takes(await door.citizen().says("hỏng"))
    async with door.database.writing() as connection:
        await connection.execute(update(arrivals).values(body_sealed=b"damaged"))
    await _waits(door, SECOND)
    await door.takes(await door.citizen().says("lành"), await door.citizen("8").says("khác"))
    await door.sorts()
    assert await door.texts() == ["khác"]
    for number in range(TRIES):
        await _waits(door, FIRST_PAUSE * 2**number + SECOND)
        await door.sorts()
    assert await door.texts() == ["khác", "lành"]
    assert door.counted("given_up") == 1
    first, *_ = await door.rows(arrivals)
    assert (first.done, first.body_sealed) == (True, b"damaged")


async def test_what_was_put_aside_is_sorted_once_what_was_wrong_is_mended(door: Doorway) -> None:
    await door.takes(await door.citizen().says("rác đầy ngõ"), await door.citizen("8").says("ừ"))
    (kept, _) = await door.rows(arrivals)
    is_it = arrivals.c.id == kept.id
    async with door.database.writing() as connection:
        damaged = {"body_sealed": b"damaged", "attempts": TRIES - 1}
        await connection.execute(update(arrivals).where(is_it).values(damaged))
    await door.sorts()
    assert await door.texts() == ["ừ"]
    async with door.database.writing() as connection:
        mended = update(arrivals).where(is_it).values(body_sealed=kept.body_sealed)
        await connection.execute(mended)
        assert await give_back_arrivals(connection) == 1
    await door.sorts()
    assert await door.texts() == ["ừ", "rác đầy ngõ"]


async def test_however_many_calls_fail_who_comes_afresh_does_not_wait(door: Doorway) -> None:
    await door.takes(*[await door.citizen(str(n)).says("hỏng") for n in range(SUBJECTS + 1)])
    async with door.database.writing() as connection:
        await connection.execute(update(arrivals).values(body_sealed=b"damaged"))
    await door.sorts()
    await _waits(door, FIRST_PAUSE + SECOND)
    await door.takes(await door.citizen("lành").says("khai sinh"))
    for _ in range(2):
        await door.sorter.round()
    assert await door.texts() == ["khai sinh"]


async def test_a_call_for_an_account_of_nobody_waits_for_its_consent_and_goes(
    door: Doorway,
) -> None:
    soon, never = door.zalo.open_oa("Sắp nối"), door.zalo.open_oa("Không nối")
    for account in (soon, never):
        await door.takes(await door.zalo.citizen("7", account).says(account.name))
    await door.sorts()
    assert await door.texts() == []
    await door.connects(soon, office="phuong-khac")
    for number in range(TRIES):
        await _waits(door, FIRST_PAUSE * 2**number + SECOND)
        await door.sorts()
    assert await door.texts() == ["Sắp nối"]
    assert [row.body_sealed for row in await door.rows(arrivals)] == [None, None]
    await door.marks.write()
    async with door.database.reading() as connection:
        marks = {one.mark: one.count for one in await marks_of(connection, never.oa_id)}
    assert marks == {"signature:app_id:0": 1, "no_account": 1}


async def test_calls_for_accounts_of_nobody_keep_no_other_waiting(door: Doorway) -> None:
    stranger = door.zalo.citizen("7", door.zalo.open_oa("Không nối"))
    await door.takes(
        *[await stranger.does(RECEIPT, message={"msg_id": str(n)}) for n in range(70)]
    )
    await door.sorts()
    await _waits(door, FIRST_PAUSE + SECOND)
    await door.takes(await door.citizen().says("của ta"))
    assert [await door.sorter.round() for _ in range(2)] == [SUBJECTS, 70 + 1 - SUBJECTS]
    assert await door.texts() == ["của ta"]
    assert {row.attempts for row in await door.rows(arrivals) if not row.done} == {0}


async def test_an_event_nobody_knows_is_kept_sealed_for_a_month(door: Doorway) -> None:
    await door.takes(
        await door.citizen().does("user_sends_smell", smell="hoa"),
        await door.zalo.strangers.meet(door.zalo.oa).says("Có ai không?"),
    )
    await door.sorts()
    assert await door.rows() == []
    assert all(row.done and row.body_sealed for row in await door.rows(arrivals))
    assert door.counted("unknown") == 2
    async with door.database.writing() as connection:
        assert await forget_arrivals(connection, door.filers.clock.now() + 29 * DAY) == 0
        assert await forget_arrivals(connection, door.filers.clock.now() + 31 * DAY) == 2


async def test_the_key_of_what_was_sorted_stays_longer_than_a_call_is_fresh(
    door: Doorway,
) -> None:
    await door.takes(await door.citizen().says("một"))
    await door.sorts()
    async with door.database.writing() as connection:
        assert await forget_arrivals(connection, door.filers.clock.now() + 3 * DAY) == 0
        assert await forget_arrivals(connection, door.filers.clock.now() + 5 * DAY) == 1


def _signed(door: Doorway, body: bytes, stamp: str) -> dict[str, str]:
    app = door.zalo.app
    whole = app.app_id.encode() + body + (stamp + app.webhook_secret).encode()
    return {"X-ZEvent-Signature": hashlib.sha256(whole).hexdigest()}


async def test_what_zalo_did_not_send_or_sent_long_ago_is_refused(door: Doorway) -> None:
    event = await door.citizen().says("khai sinh")
    with pytest.raises(ForgedWebhook):
        await door.arrivals.take(event.body[:-1] + b" }", event.headers)
    with pytest.raises(ForgedWebhook):
        await door.arrivals.take(event.body, {})
    await _waits(door, timedelta(hours=13, seconds=1))
    with capture_logs() as logs:
        for _ in range(2):
            with pytest.raises(StaleWebhook):
                await door.takes(event)
    # A clock that is wrong costs us every call, so it is told, and not with each.
    assert [one["seconds_old"] for one in logs] == [13 * 3600 + 1]
    with pytest.raises(ForgedWebhook):
        await door.arrivals.take(b"[]", _signed(door, b"[]", ""))
    assert await door.rows(arrivals) == []


async def test_half_a_sign_in_somebodys_words_is_thanked_for_and_answered(door: Doorway) -> None:
    event = await door.citizen().says("khai sinh Z")
    told = event.body.replace(b"Z", b"\\ud83d")
    await door.arrivals.take(told, _signed(door, told, event.timestamp))
    await door.sorts()
    assert await door.texts() == ["khai sinh"]


async def test_a_large_call_that_asks_nothing_of_us_is_thanked_for_and_counted(
    door: Doorway,
) -> None:
    everybody = {"tag": {"user_ids": [str(10**18 + at) for at in range(4_000)], "name": "x"}}
    hooks, account = door.zalo.webhooks, door.zalo.oa
    await door.takes(
        hooks.made(account, "add_user_to_tag", everybody),
        hooks.made(account, "of_tomorrow", everybody),
    )
    assert [row.event for row in await door.rows(arrivals)] == ["of_tomorrow"]
    await door.marks.write()
    assert "too_large:add_user_to_tag" in [row.mark for row in await door.rows(zalo_marks)]


@pytest.mark.parametrize("name", ["", "sự kiện", "x" * 80])
async def test_an_event_of_an_odd_name_is_thanked_for_and_kept(door: Doorway, name: str) -> None:
    event = await door.citizen().does(name)
    await door.takes(event)
    await door.sorts()
    (row,) = await door.rows(arrivals)
    assert (row.event, row.done) == ("", True)
    assert row.body_sealed


async def test_a_door_that_is_closed_thanks_nobody(door: Doorway) -> None:
    event = await door.citizen().says("khai sinh")
    door.arrivals.close()
    with pytest.raises(NotStored):
        await door.takes(event)


async def test_pictures_of_one_message_are_an_album_with_their_addresses(door: Doorway) -> None:
    told = [{"type": "image", "payload": {"url": f"https://f.zdn.vn/{one}.jpg"}} for one in "ab"]
    message = {"msg_id": "m1", "text": "ngập", "attachments": told}
    await door.takes(await door.citizen().does("user_send_image", message=message))
    await door.sorts()
    first, second = await door.rows()
    assert (first.text, second.text) == ("ngập", "")
    assert (first.kind, second.kind) == (MessageKind.PHOTO, MessageKind.PHOTO)
    for row, one in ((first, "a"), (second, "b")):
        along = json.loads(row.along)
        assert along["attachment"]["reference"] == f"https://f.zdn.vn/{one}.jpg"
        assert along["album"] == f"{door.zalo.oa.oa_id}:m1"


async def test_a_picture_is_due_to_be_fetched_as_soon_as_it_has_a_use(door: Doorway) -> None:
    told = [{"type": "image", "payload": {"url": "https://f.zdn.vn/1.jpg"}}]
    message = {"msg_id": "m1", "text": "ngập cả ngõ", "attachments": told}
    await door.takes(await door.citizen().does("user_send_image", message=message))
    await door.sorts()
    now = door.filers.clock.now()
    async with door.database.writing() as connection:
        claimed = await claim_messages(connection, now, 1)
    await Photos(door.database, door.filers.vault, door.filers.clock).note(claimed)
    async with door.database.writing() as connection:
        (wanted,) = await claim_fetches(connection, [ChannelName.ZALO], now, 4)
    assert wanted.reference == "https://f.zdn.vn/1.jpg"


async def test_who_interacts_can_be_answered_anew_and_an_old_call_takes_nothing_back(
    door: Doorway,
) -> None:
    early = await door.citizen().says("một")
    await _waits(door, SECOND)
    await door.takes(await door.citizen().opens_chat())
    await door.sorts()
    used = {"replies": 3, "state": "blocked"}
    async with door.database.writing() as connection:
        await connection.execute(update(zalo_people).values(used))
    await door.takes(early)
    await door.sorts()
    assert (await _person(door)).replies == 3
    await _waits(door, SECOND)
    await door.takes(await door.citizen().says("hai"))
    await door.sorts()
    now = await _person(door)
    assert (now.replies, now.state, now.interacted_at) == (0, "", door.filers.clock.now())


async def test_who_follows_is_greeted_once_a_day(door: Doorway) -> None:
    for _ in range(2):
        await door.takes(await door.citizen().follows_oa())
        await _waits(door, SECOND)
        await door.takes(await door.citizen().unfollows())
        await _waits(door, SECOND)
        await door.sorts()
    assert await door.texts() == ["start"]
    await _waits(door, DAY + SECOND)
    await door.takes(await door.citizen().follows_oa())
    await door.sorts()
    assert await door.texts() == ["start", "start"]
    assert (await _person(door)).follows


async def test_who_stops_to_follow_gets_no_news_until_they_agree_anew(door: Doorway) -> None:
    who = door.follower().address
    joined = Joined(address=who, office=OFFICE, words="vâng", at=door.filers.clock.now())
    async with door.database.writing() as connection:
        await subscribe(connection, joined)
    old = await door.citizen().unfollows()
    await _waits(door, SECOND)
    for event in (await door.citizen().follows_oa(), old):
        await door.takes(event)
        await door.sorts()
    (row,) = await door.rows(subscribers)
    assert row.status == "active", "an older word than the last"
    await _waits(door, SECOND)
    await door.takes(await door.citizen().unfollows())
    await _waits(door, SECOND)
    await door.takes(await door.citizen().follows_oa())
    await door.sorts()
    (row,) = await door.rows(subscribers)
    assert row.status == "opted_out"


async def test_a_person_at_zalos_desk_silences_the_bot_for_a_while(door: Doorway) -> None:
    who = door.follower().address
    row = {
        "inbox_id": 1,
        "channel": "zalo",
        "user_id": who.user_id,
        "conversation": who.conversation,
        "text": "câu trả lời",
        "choices": "[]",
        "attempts": 0,
        "not_before": door.filers.clock.now(),
        "created_at": door.filers.clock.now(),
    }
    async with door.database.writing() as connection:
        for seq, status in ((0, "created"), (1, "sent"), (1000, "created")):
            await connection.execute(insert(outbox).values(row | {"seq": seq, "status": status}))
    await door.takes(await door.citizen().hears_manager("để tôi trả lời"))
    await door.sorts()
    assert [one.status for one in await door.rows(outbox)] == ["failed", "sent", "created"]
    now = door.filers.clock.now()
    async with door.database.reading() as connection:
        assert await paused(connection, [who], now) == {who.conversation}
        assert await paused(connection, [who], now + PAUSE) == set()
    await door.filers.says(text="vẫn chưa được trả lời", who=who)
    await door.filers.says(text="ai đó trả lời tôi", who=door.follower("8").address)
    assert [row.outcome for row in await door.rows(turns)] == ["with_officer", "feedback"]
    assert len(await door.rows(outbox)) == 4


async def test_an_echo_of_our_own_changes_nothing(door: Doorway) -> None:
    echo = {"sender": {"id": door.zalo.oa.oa_id}, "recipient": {"id": door.citizen().user_id}}
    event = await door.citizen().does("oa_send_text", **echo, message={"msg_id": "1"})
    await door.takes(event)
    await door.sorts()
    assert await door.rows(zalo_people) == []
    assert door.counted("done") == 1


async def _delivery(door: Doorway, status: str, external: str, run: int) -> None:
    row = {
        "run": run,
        "route": "zalo_cs",
        "subscriber": 1,
        "address": "",
        "status": status,
        "external_id": external,
        "not_before": door.filers.clock.now(),
    }
    async with door.database.writing() as connection:
        await connection.execute(insert(deliveries).values(row))


async def test_a_receipt_comes_forward_only(door: Doorway) -> None:
    for number, status in enumerate(("sent", "uncertain", "failed"), start=1):
        await _delivery(door, status, f"m{number}", number)
    at = door.filers.clock.now()
    own = {"sender": {"id": door.zalo.oa.oa_id}, "recipient": {"id": door.citizen().user_id}}
    for number in (1, 2, 3):
        message = {"msg_id": f"m{number}"}
        event = await door.citizen().does("user_received_message", **own, message=message)
        await door.takes(event)
    await door.sorts()
    await _waits(door, SECOND)
    seen = await door.citizen().does(
        "user_seen_message", **own, message={"msg_ids": ["m1", "m3", "m9"]}
    )
    await door.takes(seen)
    await door.sorts()
    told = [(row.status, row.received_at, row.seen_at) for row in await door.rows(deliveries)]
    assert told == [("sent", at, at + SECOND), ("sent", at, None), ("failed", None, None)]


async def test_a_receipt_tells_of_a_template_by_the_name_we_gave_it(door: Doorway) -> None:
    who = Follower(door.zalo.oa.oa_id, door.citizen().user_id).address
    await door.filers.files(who)
    (filed,) = await door.rows(cases)
    row = {
        "case": filed.id, "version": 2, "conversation": who.conversation, "channel": "zalo",
        "user_id": who.user_id, "office": OFFICE, "status": "failed", "reason": "uncertain",
        "at": door.filers.clock.now(),
    }  # fmt: skip
    async with door.database.writing() as connection:
        await connection.execute(insert(notices).values(row))
    message = {"msg_id": "m7", "delivery_time": "1", "tracking_id": f"case-{filed.id}-2"}
    own = {"sender": {"id": door.zalo.oa.oa_id}, "recipient": {"id": "84912345678"}}
    event = await door.citizen().does("user_received_message", **own, message=message)
    await door.takes(event)
    await door.sorts()
    own["recipient"] = {"id": door.citizen().user_id}
    seen = await door.citizen().does("user_seen_message", **own, message={"msg_ids": ["m7"]})
    await door.takes(seen)
    await door.sorts()
    (told,) = [one for one in await door.rows(notices) if one.version == row["version"]]
    assert (told.status, told.external_id) == ("templated", "m7")
    assert told.received_at == told.seen_at == door.filers.clock.now()


async def test_a_receipt_of_an_answer_waits_until_its_number_is_written_down(
    door: Doorway,
) -> None:
    who = Follower(door.zalo.oa.oa_id, door.citizen().user_id).address
    await door.filers.files(who)
    (filed,) = await door.rows(cases)
    at = door.filers.clock.now()
    row = {
        "case": filed.id, "version": 2, "conversation": who.conversation, "channel": "zalo",
        "user_id": who.user_id, "office": OFFICE, "status": "paying", "reason": "", "at": at,
    }  # fmt: skip
    async with door.database.writing() as connection:
        await connection.execute(insert(notices).values(row))
    own = {"sender": {"id": door.zalo.oa.oa_id}, "recipient": {"id": door.citizen().user_id}}
    event = await door.citizen().does("user_received_message", **own, message={"msg_id": "m7"})
    await door.takes(event)
    await door.sorts()
    assert door.counted("done") == 0
    now = {"status": "templated", "external_id": "m7"}
    async with door.database.writing() as connection:
        paying = notices.c.status == "paying"
        await connection.execute(update(notices).where(paying).values(now))
    await _waits(door, 3 * SECOND)
    await door.sorts()
    assert door.counted("done") == 1
    (told,) = [one for one in await door.rows(notices) if one.version == row["version"]]
    assert (told.received_at, told.seen_at) == (at, None)


@pytest.mark.parametrize("where", ["message", "event"])
async def test_an_answer_that_zalo_took_and_did_not_bring_asks_for_a_call(
    door: Doorway, where: str
) -> None:
    who = Follower(door.zalo.oa.oa_id, door.citizen().user_id).address
    await door.filers.files(who)
    (filed,) = await door.rows(cases)
    at = door.filers.clock.now()
    row = {
        "case": filed.id, "version": 2, "conversation": who.conversation, "channel": "zalo",
        "user_id": who.user_id, "office": OFFICE, "status": "templated", "reason": "", "at": at,
        "external_id": "m7",
    }  # fmt: skip
    async with door.database.writing() as connection:
        await connection.execute(insert(notices).values(row))
    own: dict[str, Any] = {
        "sender": {"id": door.zalo.oa.oa_id}, "recipient": {"id": door.citizen().user_id},
    }  # fmt: skip
    for known in ("other", "m7", "m7"):
        message: dict[str, Any] = {"msg_id": known}
        told = {"error": -230} if where == "message" else {}
        more = {"error": "-230"} if where == "event" else {}
        event = await door.citizen().does(
            "user_received_message", **own, message=message | told, **more
        )
        await door.takes(event)
        await door.sorts()
        await _waits(door, SECOND)
    (notice,) = [one for one in await door.rows(notices) if one.version == row["version"]]
    assert (notice.status, notice.reason) == ("closed", "template_refused")
    assert notice.received_at is None
    done = [one.did for one in await door.rows(events)]
    assert done.count("unreached") == 1
    async with door.database.reading() as connection:
        assert [one.case for one in await cases_to_call(connection, [OFFICE], 9)] == [filed.id]


async def test_a_receipt_before_the_ledger_knows_its_number_waits_for_it(door: Doorway) -> None:
    await _delivery(door, "sending", "", 1)
    own = {"sender": {"id": door.zalo.oa.oa_id}, "recipient": {"id": door.citizen().user_id}}
    for known in ("m1", "reply"):
        message = {"msg_id": known}
        event = await door.citizen().does("user_received_message", **own, message=message)
        await door.takes(event)
    await door.sorts()
    assert door.counted("done") == 0
    async with door.database.writing() as connection:
        await connection.execute(update(deliveries).values(status="sent", external_id="m1"))
    await _delivery(door, "sending", "", 2)
    at = door.filers.clock.now()
    await _waits(door, 3 * SECOND)
    await door.sorts()
    assert [row.received_at for row in await door.rows(deliveries)] == [at, None]
    assert door.counted("done") == 1
    await _waits(door, 60 * SECOND)
    await door.sorts()
    assert door.counted("done") == 2


async def test_a_receipt_that_names_a_telephone_leaves_no_number_in_the_clear(
    door: Doorway,
) -> None:
    own = {"sender": {"id": door.zalo.oa.oa_id}, "recipient": {"id": "84912345678"}}
    message = {"msg_id": "m1", "tracking_id": "t1"}
    await door.takes(await door.citizen().does("user_received_message", **own, message=message))
    assert "84912345678" not in repr(await door.rows(arrivals))
    await door.sorts()
    assert door.counted("done") == 1


async def test_who_withdraws_is_erased_once_and_it_is_remembered(door: Doorway) -> None:
    await door.takes(await door.citizen().says("rác Xoanlụa"))
    await door.takes(await door.citizen().does("user_sends_smell", smell="Xoanlụa"))
    await door.sorts()
    withdrawn = await door.citizen().withdraws()
    await door.takes(withdrawn, await door.citizen("8").says("khác"))
    await door.sorts()
    assert await door.texts() == ["khác"]
    rows = await everything(door.filers)
    assert telling(rows, "Xoanlụa") == {}
    assert telling(rows, door.citizen().user_id) == {}
    keys = {row["user_id"] for row in rows["zalo_people"]}
    assert keys == {door.citizen("8").user_id}
    assert all(row["body_sealed"] is None for row in rows["arrivals"])
    assert [row.action for row in await door.rows(audit_entries)] == ["own_data_erased"]
    await _waits(door, SECOND)
    await door.takes(await door.citizen().withdraws())
    await door.sorts()
    assert len(await door.rows(audit_entries)) == 1


async def test_who_has_their_data_erased_here_leaves_no_call_behind(door: Doorway) -> None:
    who = door.follower().address
    await door.takes(await door.citizen().does("user_sends_smell", smell="Xoanlụa"))
    await door.takes(await door.citizen("8").does("user_sends_smell", smell="khác"))
    await door.sorts()
    async with door.database.writing() as connection:
        await erase_beside(connection, who, "", door.filers.clock.now())
    assert [bool(row.body_sealed) for row in await door.rows(arrivals)] == [False, True]
    assert telling(await everything(door.filers), door.citizen().user_id) == {}


async def test_a_word_from_before_a_withdrawal_that_comes_after_it_is_not_kept(
    door: Doorway,
) -> None:
    late = [await door.citizen().says("rác Xoanlụa"), await door.citizen().follows_oa()]
    late.append(await door.citizen().does("user_sends_smell", smell="Xoanlụa"))
    await _waits(door, SECOND)
    await door.takes(await door.citizen().withdraws(), await door.citizen("8").says("khác"))
    await door.sorts()
    await door.takes(*late)
    await door.sorts()
    rows = await everything(door.filers)
    assert telling(rows, "Xoanlụa") == telling(rows, door.citizen().user_id) == {}
    assert [row["body_sealed"] for row in rows["arrivals"]] == [None] * len(rows["arrivals"])
    await _waits(door, SECOND)
    await door.takes(await door.citizen().says("lại hỏi"))
    await door.sorts()
    assert await door.texts() == ["khác", "lại hỏi"]
    async with door.database.writing() as connection:
        await forget_arrivals(connection, door.filers.clock.now() + 5 * DAY)
    assert await door.rows(arrivals) == []


async def test_nobody_is_erased_while_they_are_being_answered(door: Doorway) -> None:
    await door.takes(await door.citizen().says("khai sinh"))
    await door.sorts()
    await door.takes(await door.citizen().withdraws())
    for number in range(TRIES + 1):
        async with door.database.writing() as connection:
            await claim_messages(connection, door.filers.clock.now(), 1)
        await door.sorts()
        assert await door.texts() == ["khai sinh"]
        await _waits(door, FIRST_PAUSE * 2**number + SECOND)
    await door.sorts()
    assert await door.texts() == []


async def test_a_contact_handed_in_answers_the_question_of_a_draft(door: Doorway) -> None:
    who = door.follower().address
    seen = await door.filers.says(who=who)
    await door.filers.says(Keep(a_draft(seen.reserved, step="name")), who=who)
    await door.takes(await door.citizen().submits_info())
    await door.sorts()
    row = (await door.rows())[-1]
    assert (row.kind, row.masked != "") == (MessageKind.TEXT, True)
    assert row.sealed
    assert "84912345678" not in row.text


@pytest.mark.parametrize("older", [False, True])
async def test_a_contact_nobody_asked_for_is_not_kept(door: Doorway, *, older: bool) -> None:
    await door.takes(await door.citizen().submits_info(older=older))
    await door.sorts()
    (row,) = await door.rows()
    assert (row.kind, row.text, row.sealed) == (MessageKind.CONTACT, "", None)
    assert telling(await everything(door.filers), "Nguyễn Văn Nam") == {}


async def test_every_event_the_sheet_names_is_sorted(door: Doorway) -> None:
    nam, made = door.citizen(), door.zalo
    template = made.templates.approve(made.oa, "Mẫu")
    events: list[Event] = [await happens(nam, name) for name in RARE]
    events += [
        await nam.is_tagged("hỏi"),
        await made.templates.becomes(template, "DISABLE", "Chất lượng thấp"),
        await made.templates.is_rated(template, "LOW"),
        await made.templates.daily_limit(made.oa, 100),
    ]
    await door.takes(*events)
    await door.sorts()
    assert door.counted("done") == len(events)
    assert await door.rows() == []
    async with door.database.reading() as connection:
        sealed = (await connection.execute(select(arrivals.c.body_sealed))).scalars().all()
    assert sealed == [None] * len(events)


ODD = (
    # Half of a sign, what no text of PostgreSQL holds, and words that are none.
    r'"text":"\ud83d khai sinh"', r'"text":"khai\u0000sinh"', r'"text":"\u202e\u0007sinh"',
    '"text":' + "9" * 4_000, '"text":1e999', '"text":NaN', '"text":{"text":"khai"}', '"text":[[]]',
    '"attachments":' + "[" * 900 + "]" * 900, '"attachments":[null,7,{"payload":[]},{"type":{}}]',
    r'"attachments":[{"type":"image","payload":{"url":"http://\u0000"}}]',
    '"attachments":[{"type":"location","payload":{"coordinates":{"latitude":1e999}}}]',
)  # fmt: skip


async def test_whatever_zalo_signs_is_sorted_and_keeps_nobody_waiting(door: Doorway) -> None:
    oa, user = door.zalo.oa.oa_id, door.citizen().user_id
    for number, told in enumerate(ODD):
        stamp = str(door.zalo.clock.ms())
        body = (
            f'{{"event_name":"user_send_text","sender":{{"id":"{user}"}},'
            f'"recipient":{{"id":"{oa}"}},"timestamp":"{stamp}",'
            f'"message":{{"msg_id":"m{number}",{told}}}}}'
        ).encode()
        await door.arrivals.take(body, _signed(door, body, stamp))
        await _waits(door, SECOND)
    odd = f'{{"event_name":"user\\u0000send","timestamp":"{door.zalo.clock.ms()}"}}'.encode()
    last = await door.citizen().says("cuối cùng")
    await asyncio.gather(
        door.arrivals.take(odd, _signed(door, odd, str(door.zalo.clock.ms()))), door.takes(last)
    )
    await door.sorts()
    assert (await door.texts())[-1] == "cuối cùng"
    kept = await door.rows(arrivals)
    assert len(kept) == len(ODD) + 2
    assert {row.event for row in kept if not row.done} <= {""}
    assert door.counted("given_up") == 0
