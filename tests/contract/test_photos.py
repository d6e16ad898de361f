"""Photos on both databases: one file for each, sealed, fetched once, or told of once."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.bell import Bell
from bot.casework.attaching import MOST_BYTES
from bot.casework.deeds import CLOCKWORK
from bot.casework.unfit import NotAttachable, Unfit
from bot.channels.errors import Missing, NotDownloaded
from bot.feedback.models import CaseId
from bot.feedback.office_times import OfficeTimes
from bot.feedback.purposes import Purpose
from bot.handling.keeping import Keeping
from bot.handling.photos import MOST_LOOSE, Photos
from bot.intake.fetching import FIRST_PAUSE, KEEP_TRYING, Fetching
from bot.messages import Attachment, ChannelName, CitizenAddress, MessageKind
from bot.officials.office_entries import Stood
from bot.storage.database import Database
from bot.storage.draft_case_rows import keep_draft
from bot.storage.feedback_tables import feedback_files, fetches
from bot.storage.fetch_rows import CLAIM, want
from bot.storage.finished import Claimed
from bot.storage.inbox_rows import insert_messages
from bot.storage.photo_rows import (
    drop_loose_files,
    find_photo,
    give_files,
    loose_files,
)
from bot.storage.tables import outbox
from bot.vault import Damaged
from tests.conftest import NOON, FrozenClock
from tests.factories import a_citizen, a_message
from tests.fakes.console import LITTLE
from tests.fakes.fetching import fetched
from tests.fakes.photos import KeepingProvider, a_photo, a_vault, tells_where

NAM = a_citizen("7", ChannelName.TELEGRAM)
HOA = a_citizen("8", ChannelName.TELEGRAM)
ON_THE_WEB = a_citizen("s1")


@dataclass
class Place:
    """A database with a provider beside it."""

    database: Database
    clock: FrozenClock
    provider: KeepingProvider = field(default_factory=KeepingProvider)
    photos: Photos = field(init=False)
    fetching: Fetching = field(init=False)

    def __post_init__(self) -> None:
        self.photos = Photos(self.database, a_vault(), self.clock)
        self.fetching = self.another()

    def another(self) -> Fetching:
        """Another process, or this one after its end."""
        return Fetching(self.database, [self.provider], self.photos, clock=self.clock, bell=Bell())

    async def came(
        self, reference: str = "AgAC", external_id: str = "1", address: CitizenAddress = NAM
    ) -> Claimed:
        """Store a message with a photo and give it as a worker takes it."""
        message = replace(
            a_message("", kind=MessageKind.PHOTO, address=address, external_id=external_id),
            attachment=Attachment(reference=reference, media="image/jpeg"),
        )
        async with self.database.writing() as connection:
            rows = (await insert_messages(connection, [message])).rows
        return Claimed(id=rows[address.channel, external_id], message=message, attempts=1)

    async def number(self, claimed: Claimed, *, wanted: bool = True) -> int | None:
        """Number the photo of a message, as the worker does, and have it fetched."""
        talk = claimed.message.address.conversation
        await self.drafts(talk)
        async with self.database.reading() as connection:
            before = await loose_files(connection, talk)
        await self.photos.note([claimed])
        async with self.database.writing() as connection:
            fresh = [one for one in await loose_files(connection, talk) if one not in before]
            if wanted:
                await want(connection, talk, fresh)
        return fresh[0] if fresh else None

    async def drafts(self, conversation: str, *, step: str = "photo") -> None:
        """Let a conversation be about to file something."""
        async with self.database.writing() as connection:
            await keep_draft(
                connection, conversation, office="xa", step=step, sealed=b"x", at=NOON
            )

    async def content(self, number: int | None) -> bytes | None:
        assert number is not None
        async with self.database.reading() as connection:
            photo = await find_photo(connection, number)
        return self.photos.opened(photo) if photo else None

    async def numbers(self) -> Sequence[int]:
        async with self.database.reading() as connection:
            return (await connection.execute(select(feedback_files.c.id))).scalars().all()

    async def told(self) -> Sequence[str]:
        async with self.database.reading() as connection:
            return (await connection.execute(select(outbox.c.text))).scalars().all()


@pytest.fixture
def here(database: Database, clock: FrozenClock) -> Place:
    return Place(database, clock)


async def test_a_wanted_photo_is_fetched_once_and_loses_where_it_was_taken(here: Place) -> None:
    here.provider.kept["AgAC"] = a_photo()
    assert tells_where(a_photo())
    number = await here.number(await here.came())
    assert [await fetched(here.fetching) for _ in range(2)] == [1, 0]
    content = await here.content(number)
    assert content
    assert not tells_where(content)
    assert here.provider.asked == ["AgAC"]
    assert await here.told() == []


async def test_what_nobody_wants_is_never_fetched(here: Place) -> None:
    number = await here.number(await here.came(), wanted=False)
    assert await fetched(here.fetching) == 0
    assert here.provider.asked == []
    assert await here.content(number) is None


async def test_a_message_brought_twice_or_answered_twice_has_one_photo(here: Place) -> None:
    here.provider.kept["AgAC"] = a_photo()
    first = await here.number(await here.came())
    assert await here.number(await here.came()) is None
    await fetched(here.fetching)
    assert await here.numbers() == [first]


async def test_a_slow_photo_holds_up_no_other(here: Place) -> None:
    let_go = here.provider.slow["slow"] = asyncio.Event()
    names = ["slow", *map(str, range(6))]
    here.provider.kept |= dict.fromkeys(names, a_photo())
    numbers = [
        await here.number(await here.came(name, name, a_citizen(f"9{name}", ChannelName.TELEGRAM)))
        for name in names
    ]
    stopping = asyncio.Event()
    fetching = asyncio.create_task(here.fetching.fetching(stopping))
    async with asyncio.timeout(20):
        # What is stored rings no bell.
        while not all([await here.content(number) for number in numbers[1:]]):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    assert await here.content(numbers[0]) is None
    let_go.set()
    stopping.set()
    await fetching
    assert await here.content(numbers[0])


async def test_two_processes_fetch_a_photo_once(here: Place) -> None:
    here.provider.kept["AgAC"] = a_photo()
    await here.number(await here.came())
    rounds = await asyncio.gather(fetched(here.fetching), fetched(here.another()))
    assert sum(rounds) == 1
    assert here.provider.asked == ["AgAC"]


async def test_what_a_killed_process_was_fetching_is_fetched_by_another(here: Place) -> None:
    here.provider.kept["AgAC"] = a_photo()
    number = await here.number(await here.came())
    here.provider.faults.append(asyncio.CancelledError())  # type: ignore[arg-type]
    with pytest.raises(asyncio.CancelledError):
        await fetched(here.fetching)
    assert await fetched(here.another()) == 0
    await _later(here, CLAIM)
    assert await fetched(here.another()) == 1
    assert await here.content(number)


async def _later(here: Place, pause: timedelta) -> None:
    """Let time pass: of a server's own clock only the rows can be set back."""
    here.clock.move(pause)
    async with here.database.writing() as connection:
        await connection.execute(update(fetches).values(due_at=NOON - timedelta(days=400)))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (None, Unfit.GONE),
        (b"%PDF-1.7", Unfit.NO_PHOTO),
        (b"\0\0\0\x18ftypheic\0\0\0\0", Unfit.HEIC),
        (b"\xff" * (MOST_BYTES + 1), Unfit.LARGE),
        (b"", Unfit.EMPTY),
        (a_photo()[:200], Unfit.BROKEN),
    ],
)
async def test_what_is_not_taken_is_told_once_and_leaves_nothing(
    here: Place, content: bytes | None, why: Unfit
) -> None:
    if content is not None:
        here.provider.kept["AgAC"] = content
    await here.number(await here.came())
    assert [await fetched(here.fetching) for _ in range(2)] == [1, 0]
    assert await here.told() == [str(NotAttachable(why))]
    assert await here.numbers() == []


async def test_a_file_made_to_break_us_costs_its_sender_a_reply(here: Place) -> None:
    here.provider.faults.append(RecursionError("deep"))
    await here.number(await here.came())
    assert await fetched(here.fetching) == 1
    assert await here.told() == [str(NotAttachable(Unfit.BROKEN))]


async def test_a_channel_out_of_reach_is_asked_later_and_the_citizen_told_nothing(
    here: Place,
) -> None:
    here.provider.kept["AgAC"] = a_photo()
    here.provider.faults += [NotDownloaded(Missing.UNREACHABLE)] * 2
    number = await here.number(await here.came())
    for _ in range(3):
        assert [await fetched(here.fetching) for _ in range(2)] == [1, 0]
        await _later(here, FIRST_PAUSE)
    assert await here.told() == []
    assert await here.content(number)


async def test_in_the_end_it_is_told_once_that_it_cannot_be_had(here: Place) -> None:
    here.provider.faults += [NotDownloaded(Missing.UNREACHABLE)] * 2
    await here.number(await here.came())
    await fetched(here.fetching)
    await _later(here, KEEP_TRYING)
    assert [await fetched(here.fetching) for _ in range(2)] == [1, 0]
    assert await here.told() == [str(NotAttachable(Unfit.UNREACHED))]
    assert await here.numbers() == []


async def test_what_was_dropped_while_it_was_fetched_does_not_come_back(here: Place) -> None:
    here.provider.kept["AgAC"] = a_photo()
    number = await here.number(await here.came())
    download = here.provider.download

    async def slowly(reference: str, *, most: int) -> bytes:
        async with here.database.writing() as connection:
            await drop_loose_files(connection, NAM.conversation)
        return await download(reference, most=most)

    here.provider.download = slowly  # type: ignore[method-assign]
    await fetched(here.fetching)
    assert await here.numbers() == []
    assert await here.content(number) is None
    assert await here.told() == []


async def test_a_case_takes_the_photos_of_its_own_conversation_alone(here: Place) -> None:
    nams = await here.number(await here.came())
    hoas = await here.number(await here.came("BgAC", "2", HOA))
    assert nams and hoas  # noqa: PT018
    async with here.database.writing() as connection:
        given = [
            await give_files(connection, NAM.conversation, [nams, hoas], CaseId(5), 1)
            for _ in range(2)
        ]
        await drop_loose_files(connection, NAM.conversation)
        found = [await find_photo(connection, one) for one in (nams, hoas)]
    assert [one.case for one in found if one] == [5, None]
    assert given == [1, 0]
    here.provider.kept |= {"AgAC": a_photo(), "BgAC": a_photo("#a07")}
    await fetched(here.fetching)
    assert await here.content(nams) != await here.content(hoas)


async def test_more_photos_than_are_taken_have_no_number(here: Place) -> None:
    numbers = [
        await here.number(await here.came(f"A{one}", f"{one}"), wanted=False)
        for one in range(MOST_LOOSE + 1)
    ]
    assert numbers[-1] is None
    assert len(set(numbers)) == MOST_LOOSE + 1


async def test_unused_photos_are_erased_after_a_while(here: Place) -> None:
    await here.number(await here.came())
    taken = await here.photos.keep(ON_THE_WEB, a_photo())
    async with here.database.writing() as connection:
        await give_files(connection, ON_THE_WEB.conversation, [taken], CaseId(5), 1)
    keeping = Keeping(
        database=here.database, clock=here.clock, times=lambda: OfficeTimes(LITTLE, Stood())
    )
    for hours, left in ((23, 2), (2, 1)):
        here.clock.move(timedelta(hours=hours))
        await keeping.erase(CLOCKWORK, [Purpose.PHOTO])
        assert len(await here.numbers()) == left
    assert await here.numbers() == [taken]
    assert await fetched(here.fetching) == 0


async def test_a_photo_of_the_page_is_its_sessions_alone(here: Place) -> None:
    number = await here.photos.keep(ON_THE_WEB, a_photo())
    assert await here.photos.holds(ON_THE_WEB, number)
    assert not await here.photos.holds(a_citizen("s2"), number)
    async with here.database.writing() as connection:
        assert await give_files(connection, "web:s2", [number], CaseId(5), 1) == 0
        assert await give_files(connection, ON_THE_WEB.conversation, [number], CaseId(5), 1) == 1
    assert not await here.photos.holds(ON_THE_WEB, number)


async def test_a_photo_for_which_there_is_no_use_gets_no_number(here: Place) -> None:
    await here.photos.note([await here.came()])
    assert await here.numbers() == []


async def test_a_photo_with_words_may_begin_a_report(here: Place) -> None:
    claimed = await here.came()
    told = replace(claimed, message=replace(claimed.message, text="rác đổ đầy ngõ"))
    await here.photos.note([told])
    assert len(await here.numbers()) == 1


async def test_enough_photos_of_the_page_are_enough(here: Place) -> None:
    for one in range(MOST_LOOSE):
        # The same once more, as after a lost answer, is no other photo.
        twice = [await here.photos.keep(ON_THE_WEB, a_photo(f"#0{one}a")) for _ in range(2)]
        assert len(set(twice)) == 1
    with pytest.raises(NotAttachable) as refused:
        await here.photos.keep(ON_THE_WEB, a_photo("#fff"))
    assert refused.value.why is Unfit.ENOUGH


async def test_a_document_that_says_it_is_no_picture_is_not_fetched(here: Place) -> None:
    claimed = await here.came()
    file = Attachment(reference="AgAC", media="application/pdf")
    told = replace(claimed, message=replace(claimed.message, attachment=file))
    assert await here.number(told) is None


async def test_a_photo_is_sealed_where_it_stands(here: Place) -> None:
    number = await here.photos.keep(ON_THE_WEB, a_photo())
    async with here.database.writing() as connection:
        photo = await find_photo(connection, number)
        assert photo and photo.sealed  # noqa: PT018
        assert b"JFIF" not in photo.sealed
        with pytest.raises(Damaged):
            here.photos.opened(replace(photo, digest="0" * 64))
    content = here.photos.opened(photo)
    assert content and content.startswith(b"\xff\xd8")  # noqa: PT018


async def test_who_files_or_has_an_open_case_may_send_photos(here: Place) -> None:
    assert not await here.photos.may_send(ON_THE_WEB)
    await here.drafts(ON_THE_WEB.conversation)
    assert await here.photos.may_send(ON_THE_WEB)
    assert not await here.photos.may_send(a_citizen("s2"))
    # Who was warned that something is a denunciation sends no files.
    await here.drafts(ON_THE_WEB.conversation, step="warned")
    assert not await here.photos.may_send(ON_THE_WEB)
    sealing = Photos(here.database, None, here.clock)
    assert not await sealing.may_send(ON_THE_WEB)
