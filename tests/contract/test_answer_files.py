"""Files beside an answer on both databases: sealed, approved as read, for their citizen alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import pytest
from sqlalchemy import delete, update

from bot.casework.attaching import FitFile
from bot.casework.enclosing import MOST_FILES
from bot.channels.kept import KEPT
from bot.conversation.filing.enclosed import files_told, with_files
from bot.feedback.enclosed import Enclosed, enclosed_in
from bot.feedback.models import Case, Result
from bot.feedback.moves import Author
from bot.handling.afterwards import close
from bot.handling.answer_files import AnswerFiles
from bot.handling.answering import answer, approve, submit, write
from bot.handling.claiming import claim
from bot.handling.enclosing import enclose, take_away
from bot.handling.forgetting import forget_case
from bot.handling.merging import merge
from bot.handling.noticing import Announcer
from bot.handling.own.copies import Copies
from bot.handling.refusing import Refused, Why
from bot.handling.rekeying import rotate
from bot.handling.sealing import Seals
from bot.handling.stepping import By
from bot.handling.unreached import note_unreached
from bot.messages import ChannelName, CitizenAddress, Reply
from bot.storage.answer_file_rows import answer_files
from bot.storage.case_answer_rows import AnswerWords, find_answer
from bot.storage.case_view_rows import Onlooker, view_of_reference
from bot.storage.console_tables import audit_entries
from bot.storage.database import Database
from bot.storage.feedback_tables import feedback_files, notices
from bot.storage.inbox_rows import insert_messages
from bot.storage.outbox_rows import replies_after
from bot.storage.photo_rows import find_photo
from bot.storage.tables import OutboxStatus, outbox
from bot.vault import Keyring, Vault, Vaults
from bot.vault.keyring import new_key
from broadcasts.carriage import Carriage
from tests.conftest import FrozenClock
from tests.factories import a_citizen, a_message
from tests.fakes.chambers import Chamber

OLD, NEW = new_key("2026a"), new_key("2026b")
BEFORE, BOTH, ALONE = [Vault(Keyring.parse(one)) for one in (OLD, f"{NEW},{OLD}", NEW)]
DONE: Final = AnswerWords(result=Result.DONE, text="Đã dọn sạch, có biên bản kèm theo.")
RECORD: Final = FitFile(name="biên bản.pdf", media="application/pdf", content=b"%PDF-MARK-1")
TABLE: Final = FitFile(name="khối lượng.pdf", media="application/pdf", content=b"%PDF-MARK-22")
NAM: Final = a_citizen("7", ChannelName.TELEGRAM)
HOA: Final = a_citizen("8")


@dataclass
class Desk:
    """The office, its citizens' chats, and what they were told."""

    room: Chamber
    announcer: Announcer = field(init=False)

    def __post_init__(self) -> None:
        self.announcer = Announcer(desks=self.room.desks, kept=KEPT)
        self.room.bureau = replace(self.room.bureau, seals=Seals(BEFORE))

    async def begun(self, who: CitizenAddress = HOA) -> Case:
        """Let somebody file a case from a chat and MINH begin with it; no more is to be told."""
        await self.spoke(who)
        case = await self.room.begun(who.user_id, address=who)
        async with self.room.database.writing() as connection:
            await connection.execute(delete(notices))
        return case

    async def spoke(self, who: CitizenAddress) -> None:
        """Let somebody have said something, so that they can be written to."""
        message = a_message("chào", address=who, external_id=who.conversation)
        async with self.room.database.writing() as connection:
            await insert_messages(connection, [message])

    async def writes(self, case: Case, *files: FitFile, login: str = "minh") -> int:
        """Write the answer with files beside it; give how many found no room."""

        async def act(doing: Any, now: Case) -> int:
            await write(doing, now, DONE)
            return len(await enclose(doing, self.room.bureau.seals, now, files))

        over: int = await self.room.does(login, case, act)
        return over

    async def gives(self, case: Case, *files: FitFile) -> Case:
        await self.writes(case, *files)
        given: Case = await self.room.does(
            "minh", case, lambda d, c: answer(d, self.room.bureau, c, DONE)
        )
        await self.tells(given)
        return given

    async def tells(self, case: Case) -> None:
        async with self.room.database.writing() as connection:
            await self.announcer.tell_of(connection, case.id, self.room.clock.now())

    async def heard(self, who: CitizenAddress) -> Sequence[Reply]:
        async with self.room.database.reading() as connection:
            return [one.reply for one in await replies_after(connection, who, 0, 100)]

    async def beside(self, case: Case) -> list[str]:
        async with self.room.database.reading() as connection:
            return [one.name for one in await answer_files(connection, case.id)]

    async def fetched(self, number: int, who: CitizenAddress, vault: Vault | None = None) -> Any:
        opener = AnswerFiles(database=self.room.database, vault=vault or BEFORE)
        return await opener.fetched(number, who)

    async def number(self) -> int:
        (row,) = await self.room.rows(feedback_files)
        return int(row.id)


@pytest.fixture
async def desk(database: Database, clock: FrozenClock) -> Desk:
    return Desk(await Chamber(database, clock).open())


def enclosed(replies: Sequence[Reply]) -> list[str]:
    return [one.name for reply in replies for one in reply.enclosures]


async def test_the_chat_page_has_the_files_below_the_answer(desk: Desk) -> None:
    case = await desk.begun(HOA)
    await desk.gives(case, RECORD, TABLE)
    (said,) = await desk.heard(HOA)
    assert enclosed([said]) == [RECORD.name, TABLE.name]
    assert all(one.private and one.answer and not one.digest for one in said.enclosures)
    assert "2 tệp ở ngay dưới: biên bản.pdf (1 KB), khối lượng.pdf (1 KB)" in said.text
    answered, beside, asked = said.text.split("\n\n")
    assert [DONE.text in answered, "2 tệp" in beside, bool(asked)] == [True] * 3
    assert await desk.fetched(said.enclosures[1].file, HOA) == TABLE
    event = (await desk.room.events(case))[-1]
    assert (event.data["files"], len(enclosed_in(event.data))) == (2, 2)


async def test_the_copy_of_own_data_names_them(desk: Desk) -> None:
    await desk.gives(await desk.begun(HOA), RECORD)
    room = desk.room
    made = Copies(database=room.database, seals=Seals(BEFORE), desks=room.desks, clock=room.clock)
    async with room.database.reading() as connection:
        mine, other = [
            (await made.made(connection, who, "xa-a", room.clock.now())).decode()
            for who in (HOA, NAM)
        ]
    assert "Tệp cơ quan gửi kèm câu trả lời" in mine
    assert mine.count(f"<dd>{RECORD.name}</dd>") == 1
    assert RECORD.name not in other


async def test_on_telegram_each_goes_behind_the_answer_and_is_known_by_its_reply(
    desk: Desk,
) -> None:
    case = await desk.begun(NAM)
    await desk.gives(case, RECORD, TABLE)
    said = await desk.heard(NAM)
    assert [enclosed([one]) for one in said] == [[], [RECORD.name], [TABLE.name]]
    assert "gửi ở tin ngay sau" in said[0].text
    rows = await desk.room.rows(outbox)
    assert [one.status for one in rows] == [OutboxStatus.CREATED] * 3
    assert [one.outbox for one in await desk.room.rows(feedback_files)] == [
        one.id for one in rows[1:]
    ]
    # Asked again, nobody is told twice.
    await desk.tells(case)
    assert len(await desk.heard(NAM)) == 3


@pytest.mark.parametrize("carried", [Carriage(most=0), Carriage(most=1, picture_bytes=10**9)])
async def test_where_no_file_can_go_the_words_say_where_it_is_to_be_had(
    desk: Desk, carried: Carriage
) -> None:
    words, files = (
        desk.room.desks.speaking_as("xa-a"),
        [Enclosed(file=1, name="a.pdf", media="application/pdf", size=2_000_000)],
    )
    told = files_told(files, "7K2M4QXB9", words, carried)
    assert "1 tệp: a.pdf (1,9 MB). Ở đây không gửi được tệp" in told
    assert "tại nơi tiếp nhận" in told
    reply = Reply("x")
    assert with_files(reply, files, "7K2M4QXB9", words, carried) == (reply,)


async def test_who_follows_it_or_told_of_it_too_reads_the_words_and_gets_no_file(
    desk: Desk,
) -> None:
    main, other = await desk.begun(HOA), await desk.begun(NAM)
    follower = a_citizen("9")
    await desk.spoke(follower)
    await desk.room.followed(main, "9")
    room = desk.room
    await room.does("hoa", other, lambda d, c: merge(d, room.bureau, c, main.id))
    await desk.gives(main, RECORD)
    for who in (NAM, follower):
        last = (await desk.heard(who))[-1]
        assert DONE.text in last.text
        assert "tệp" not in last.text
        assert enclosed(await desk.heard(who)) == []
        assert await desk.fetched(await desk.number(), who) is None
    assert enclosed(await desk.heard(HOA)) == [RECORD.name]


async def test_what_was_approved_is_what_goes(desk: Desk) -> None:
    desk.room.set("rule:case_four_eyes", on=True)
    room, case = desk.room, await desk.begun()

    async def approved(version: int) -> Case:
        done: Case = await room.does("hoa", case, lambda d, c: approve(d, room.bureau, c, version))
        return done

    async def version() -> int:
        async with room.database.writing() as connection:
            draft = await find_answer(connection, case.id)
        assert draft is not None
        return draft.version

    await desk.writes(case, RECORD)
    await room.does("minh", case, submit)
    read = await version()
    # A further file, or one taken away: what was read is not what would go.
    await desk.writes(case, TABLE)
    with pytest.raises(Refused) as refused:
        await approved(read)
    assert refused.value.why is Why.NOT_SUBMITTED
    await room.does("minh", case, submit)
    await approved(await version())
    assert await desk.beside(case) == [RECORD.name, TABLE.name]
    assert {one.version for one in await room.rows(feedback_files)} == {
        (await room.now(case)).version
    }
    # Given once, it is taken away by nobody.
    await room.does("minh", case, lambda d, c: take_away(d, c, [1, 2]))
    assert len(await desk.beside(case)) == 2


async def test_a_file_opens_for_its_chat_alone_once_it_was_given_and_while_there_is_a_key(
    desk: Desk,
) -> None:
    case = await desk.begun()
    await desk.writes(case, RECORD)
    number = await desk.number()
    assert await desk.fetched(number, HOA) is None
    await desk.gives(case)
    assert await desk.fetched(number, HOA) == RECORD
    assert await desk.fetched(number, a_citizen("8", ChannelName.TELEGRAM)) is None
    assert await desk.fetched(number + 1, HOA) is None
    assert await desk.fetched(number, HOA, Vault(Keyring.parse(new_key("khac")))) is None
    opener = AnswerFiles(database=desk.room.database, vault=BEFORE)
    assert await opener.copy(number) == RECORD.content
    assert await opener.copy(number + 1) is None
    async with desk.room.database.reading() as connection:
        # It is no photo of a citizen, whoever asks for one by its number.
        assert await find_photo(connection, number) is None


async def test_what_is_stored_is_sealed_changes_keys_and_goes_with_its_case(desk: Desk) -> None:
    room, case = desk.room, await desk.begun()
    await desk.gives(case, RECORD)
    (row,) = await room.rows(feedback_files)
    assert RECORD.content not in bytes(row.content_sealed)
    await rotate(room.database, Vaults(data=BOTH, sealed=BOTH))
    assert await desk.fetched(row.id, HOA) is None
    assert await desk.fetched(row.id, HOA, ALONE) == RECORD
    await room.does("minh", case, lambda d, c: close(d, c, "xong việc"))
    async with room.database.writing() as connection:
        await forget_case(connection, case.id, By(author=Author.CLOCK, at=room.clock.now()))
    assert await room.rows(feedback_files) == []
    events = await room.events(case)
    assert [one.data["files"] for one in events if "files" in one.data] == [1]
    assert RECORD.name not in repr(events)


async def test_a_file_that_did_not_arrive_is_seen_and_comes_with_the_next_message(
    desk: Desk,
) -> None:
    room, case = desk.room, await desk.begun(NAM)
    await desk.gives(case, RECORD)
    words, file = await room.rows(outbox)
    async with room.database.writing() as connection:
        for row, became in ((words, OutboxStatus.SENT), (file, OutboxStatus.FAILED)):
            known = update(outbox).where(outbox.c.id == row.id)
            await connection.execute(known.values(status=became))
    async with room.database.reading() as connection:
        (seen,) = await answer_files(connection, case.id)
    assert seen.status is OutboxStatus.FAILED
    assert await note_unreached(room.database, clock=room.clock) == 1
    assert await note_unreached(room.database, clock=room.clock) == 0
    assert [one.status for one in await room.rows(notices)] == ["failed"]
    async with room.database.writing() as connection:
        now = room.clock.now()
        await desk.announcer.tell_before_replies(connection, {NAM.conversation}, now)
    assert enclosed(await desk.heard(NAM)) == [RECORD.name] * 2


async def test_who_cannot_be_written_to_is_told_nothing_and_the_officer_sees_that(
    desk: Desk,
) -> None:
    room = desk.room
    # Filed from a chat of which no message is left.
    case = await room.begun("8")
    await desk.gives(case, RECORD)
    assert await desk.heard(HOA) == []
    async with room.database.reading() as connection:
        (seen,) = await answer_files(connection, case.id)
    assert (seen.status, seen.version) == (None, (await room.now(case)).version)


async def test_a_correction_has_files_of_its_own_and_a_look_up_shows_what_was_said_last(
    desk: Desk,
) -> None:
    case = await desk.begun()
    await desk.gives(case, RECORD)
    await desk.gives(case, TABLE)
    assert enclosed((await desk.heard(HOA))[1:]) == [TABLE.name]

    async def seen_by(who: CitizenAddress) -> tuple[str, ...]:
        by = Onlooker(now=desk.room.clock.now(), told=lambda *_: True)
        async with desk.room.database.reading() as connection:
            view = await view_of_reference(connection, case.reference, who.conversation, by)
        assert view is not None
        assert view.answer == DONE.text
        return tuple(one.name for one in view.files)

    assert await seen_by(HOA) == (TABLE.name,)
    assert await seen_by(NAM) == ()
    # The first answer's file is still theirs.
    assert await desk.fetched((await desk.room.rows(feedback_files))[0].id, HOA) == RECORD


async def test_as_many_as_fit_each_once_and_every_deed_is_remembered(desk: Desk) -> None:
    room, case = desk.room, await desk.begun()
    many = [replace(RECORD, name=f"{at}.pdf") for at in range(MOST_FILES + 2)]
    assert await desk.writes(case, *many[:2]) == 0
    # Sent again, as after a lost answer, they are there once.
    assert await desk.writes(case, *many) == 2
    assert await desk.beside(case) == [one.name for one in many[:MOST_FILES]]
    other = await desk.begun(NAM)
    await desk.writes(other, TABLE)
    (theirs,) = [one.id for one in await room.rows(feedback_files) if one.case == other.id]
    await room.does("minh", case, lambda d, c: take_away(d, c, [1, 1, theirs, 99]))
    assert len(await desk.beside(case)) == MOST_FILES - 1
    assert await desk.beside(other) == [TABLE.name]
    deeds = [one for one in await room.rows(audit_entries) if "file" in one.action]
    assert [one.action for one in deeds] == ["case_file_added"] * 6 + ["case_file_taken_away"]
    assert not any(one.name in repr(deeds) for one in many)


async def test_what_is_given_up_leaves_no_file_and_without_a_key_none_is_kept(desk: Desk) -> None:
    room, case = desk.room, await desk.begun()

    async def breaks(doing: Any, now: Case) -> None:
        await enclose(doing, room.bureau.seals, now, [RECORD])
        raise Refused(Why.SAME)

    async def without(doing: Any, now: Case) -> None:
        await enclose(doing, Seals(None), now, [RECORD])

    for act, why in ((breaks, Why.SAME), (without, Why.FILES_NO_KEY)):
        with pytest.raises(Refused) as refused:
            await room.does("minh", case, act)
        assert refused.value.why is why
    await room.does("minh", case, claim)
    with pytest.raises(Refused) as refused:
        await desk.writes(case, RECORD, login="lan")
    assert refused.value.why is Why.CLAIMED
    assert await room.rows(feedback_files) == []
