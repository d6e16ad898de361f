"""The whole life of a report on every channel: filed, asked back, answered, opened again, ended.

Each sentence is held against the data it is told from, each step against the events it left.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest

from bot.conversation.desk import Desk
from bot.feedback.kinds import Kind
from bot.feedback.models import CaseId, Remark
from bot.feedback.moves import Act, CaseState
from bot.feedback.purposes import Purpose, consent_text
from bot.feedback.regimes import regime_of
from bot.handling.closing import Closing
from bot.upkeep.feedback import tell_due
from tests.conftest import FrozenClock
from tests.fakes.citizens import Citizen, TelegramCitizen, TextCitizen, WebCitizen, words_alone
from tests.fakes.listening import PATIENCE
from tests.fakes.photos import a_photo, tells_where
from tests.fakes.town import UNIT, Town, open_town
from tests.fakes.zalo_bot_citizen import ZaloBotCitizen
from tests.fakes.zalo_citizen import ZaloCitizen

MONDAY: Final = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)
RUBBISH: Final = "rác đổ đầy đầu ngõ mấy hôm nay không ai dọn"
PLACE: Final = "đầu ngõ 12 thôn Đông"
QUESTION: Final = "Rác sinh hoạt hay rác xây dựng ạ?"
REPLY: Final = "rác sinh hoạt, chủ yếu là túi ni lông"
FIRST: Final = "Đã cho dọn sạch sáng nay."
WHY: Final = "còn nguyên đống rác cạnh cột điện"
SECOND: Final = "Đã dọn nốt đống rác cạnh cột điện."
SECRET: Final = "Nội bộ: gọi tổ vệ sinh thôn Đông."
# Eight working hours from Monday 9:00 end on Tuesday; then three days.
DUE: Final = "17:00, 20/11/2026"
# Asked on Monday at 9:00 and replied on Thursday at 9:00: three days later, and the 24th is off.
DUE_AFTER: Final = "17:00, 26/11/2026"
# Received anew on Thursday at 10:00: eight working hours end on Friday; three days, one is off.
DUE_ANEW: Final = "17:00, 26/11/2026"


@dataclass
class Life:
    """A citizen and an office, from the first word to the last."""

    town: Town
    citizen: Citizen
    reference: str = ""
    number: CaseId = field(default=CaseId(0))

    def say(self, key: str, **gaps: str) -> str:
        """Give a sentence as the data has it."""
        known = {"reference": self.reference, "unit": UNIT}
        return self.town.house.conversation.desk.say(key, **known | gaps)

    def was_told(self, key: str, **gaps: str) -> None:
        """Hold what the citizen read last against the data; choices apart."""
        first = len(self.citizen.read) == 1
        told = self.say(key, **gaps)
        assert words_alone(self.citizen.read[-1]) == (
            self.met(self.citizen, told) if first else told
        )

    def met(self, citizen: Citizen, told: str) -> str:
        """Give the first reply to somebody; pages say themselves that a program answers."""
        on_a_page = isinstance(citizen, WebCitizen | TextCitizen)
        return told if on_a_page else f"{self.say('introduction')}\n{told}"

    async def acts(self, name: str, act: str, /, **form: str) -> None:
        await self.town.does(name, f"/cases/{self.number}/{act}", **form)

    async def looks_up(self, state: str, *beside: str, due: str = "", unit: str = UNIT) -> None:
        """Look the case up, in the chat it was filed in; ``beside`` stands below."""
        await self.citizen.says(f"tra cứu {self.reference}")
        told = words_alone(self.citizen.read[-1])
        assert told == "\n".join([self.found(state, due, unit), *beside])

    def found(self, state: str, due: str = "", unit: str = UNIT) -> str:
        told = {"state": self.say(f"feedback_state_{state}"), "day": "16/11/2026", "unit": unit}
        if due:
            return self.say("feedback_lookup", due=due, **told)
        return self.say("feedback_lookup_no_due", **told)


def on_the_web(town: Town) -> Citizen:
    return WebCitizen(lambda: town.web, "nam")


def on_telegram(town: Town) -> Citizen:
    return TelegramCitizen(lambda: town.web, town.telegram, "77")


def by_zalo_bot(town: Town) -> Citizen:
    return ZaloBotCitizen(lambda: town.web, town.zalo_bot, "77")


def by_zalo(town: Town) -> Citizen:
    return ZaloCitizen(town.zalo, "77")


def by_text(town: Town) -> Citizen:
    return TextCitizen(lambda: town.web, "nam")


@pytest.fixture
async def town(tmp_path: Path, desk: Desk) -> AsyncIterator[Town]:
    async with open_town(tmp_path, desk, FrozenClock(MONDAY)) as opened:
        yield opened


async def files(life: Life) -> None:
    """Tell it in free words, be asked for what is missing alone, and send it."""
    citizen, office = life.citizen, "UBND xã Mẫu"
    street = regime_of(Kind.REPORT, "moi_truong")
    await citizen.says(RUBBISH)
    life.was_told("feedback_recognised", kind=street.label, reason=street.reason)
    await citizen.chooses("Đúng, gửi đến")
    notice = consent_text(Purpose.HANDLE_CASE, office).text
    life.was_told("feedback_notice", notice=notice)
    await citizen.chooses("Tôi đã rõ")
    await _answers_what_is_missing(life)
    told = {"kind": street.label, "what": RUBBISH, "where": PLACE, "when": "mấy hôm nay"}
    photos = "không có" if isinstance(citizen, TextCitizen) else "1"
    life.was_told("feedback_summary", **told, photos=photos, who=life.say("feedback_summary_here"))
    await citizen.chooses("Gửi")
    found = re.search(r"PA-\w{4}-\w{4}-\w", citizen.read[-1])
    assert found, citizen.read
    life.reference = found[0]
    later = life.say("feedback_filed_unit_later")
    life.was_told("feedback_filed", time="09:00, 16/11/2026", unit=later, due=DUE)
    life.number = (await life.town.case(life.reference)).id
    await life.looks_up("received", due=DUE, unit=later)


async def _answers_what_is_missing(life: Life) -> None:
    """Name the place, show a photo as far as the telephone can, and want no call."""
    citizen = life.citizen
    life.was_told("feedback_ask_where")
    await citizen.says(PLACE)
    life.was_told("feedback_ask_photo", most="5")
    await citizen.sends_photo(a_photo())
    if not isinstance(citizen, TextCitizen):
        life.was_told("feedback_photo_papers")
        await citizen.chooses("Không có giấy tờ")
        life.was_told("feedback_photo_taken", count="1")
        await citizen.chooses("Xong ảnh")
    # On Telegram nobody is asked for a telephone number.
    if not isinstance(citizen, TelegramCitizen):
        consent = consent_text(Purpose.CONTACT, "UBND xã Mẫu").text
        life.was_told("feedback_contact_consent", consent=consent)
        await citizen.chooses("Chỉ nhắn tại đây")


async def is_taken_up_and_asked(life: Life) -> None:
    """The office gives the case out, notes something of its own, and asks: the clock stands."""
    await life.acts("hoa", "assign", post=life.town.post)
    await life.citizen.hears()
    life.was_told("case_told_assign", due=DUE)
    await life.looks_up("assigned", due=DUE)
    await life.acts("minh", "begin")
    await life.acts("minh", "note", words=SECRET)
    await life.looks_up("in_progress", due=DUE)
    await life.acts("minh", "ask", words=QUESTION)
    await life.citizen.hears()
    life.was_told("case_told_ask", question=QUESTION)
    asked = await life.town.case(life.reference)
    assert (asked.state, asked.due_at) == (CaseState.AWAITING_CITIZEN, None)


async def replies_days_later(life: Life) -> None:
    """Days pass, the program is another one, and the question still stands in the same chat."""
    await life.town.restart()
    life.town.clock.move(timedelta(days=3))
    question = life.say("feedback_lookup_question", question=QUESTION)
    await life.looks_up("awaiting_citizen", question)
    await life.citizen.says(REPLY)
    life.was_told("feedback_answer_here")
    await life.citizen.chooses("Trả lời vụ này")
    life.was_told("feedback_answered_back", due=DUE_AFTER)
    await life.looks_up("in_progress", due=DUE_AFTER)


async def is_answered(life: Life, answer: str) -> None:
    """One officer writes, another signs; the citizen reads it and is asked how it was."""
    life.town.clock.move(timedelta(hours=1))
    await life.acts("minh", "answer", result="done", text=answer, send="submit")
    await life.town.signs("hoa", life.number)
    told = await life.citizen.hears()
    asks = life.say("rating_ask", day="27/11/2026")
    assert words_alone(told) == f"{life.say('case_told_answer', answer=answer)}\n\n{asks}"


async def is_not_satisfied(life: Life) -> None:
    """Say so, say why, and have it opened again; a day is told anew."""
    citizen = life.citizen
    await citizen.chooses("Chưa hài lòng")
    life.was_told("rating_factor_ask")
    await citizen.chooses("Kết quả chưa được")
    life.was_told("rating_why")
    await citizen.says(WHY)
    offered = f"{life.say('rating_thanks')}\n{life.say('reopen_offered')}"
    assert words_alone(citizen.read[-1]) == offered
    await citizen.chooses("Mở lại vụ này")
    life.was_told("reopen_why")
    await citizen.says(WHY)
    life.was_told("case_told_reopen", due=DUE_ANEW)
    await life.looks_up("reopened", due=DUE_ANEW, unit=life.say("feedback_filed_unit_later"))


async def is_handled_anew_and_ends(life: Life) -> None:
    """Another answer is asked about once more; then silence ends the case."""
    await life.acts("hoa", "assign", post=life.town.post)
    await life.citizen.hears()
    life.was_told("case_told_assign", due=DUE_ANEW)
    await life.acts("minh", "begin")
    await is_answered(life, SECOND)
    await life.citizen.chooses("Hài lòng")
    life.was_told("rating_thanks")
    answer = life.say("feedback_lookup_answer", answer=SECOND)
    await life.looks_up("answered", answer)
    life.town.clock.move(timedelta(days=14))
    house = life.town.house
    closing = Closing(database=house.database, clock=house.clock, bureau=house.bureau)
    assert (await closing.close(), await closing.close()) == (1, 0)
    await is_told_of_the_end(life, answer)


async def is_told_of_the_end(life: Life, answer: str) -> None:
    """Be told that the case is closed; where nobody is written to any more, with the next word.

    On Zalo that is after seven days of silence.
    """
    citizen = life.citizen
    if isinstance(citizen, ZaloCitizen):
        await citizen.says(f"tra cứu {life.reference}")
        await citizen.hears()
        told = {words_alone(one) for one in citizen.read[-2:]}
        assert told == {life.say("case_told_close"), f"{life.found('closed')}\n{answer}"}
        return
    # The tick of each few seconds tells of it; one of them all waits for it to come by itself.
    if not _waits_for_the_tick(citizen):
        house = life.town.house
        chats = await tell_due(
            house.database, house.talking.announcer, clock=house.clock, bell=house.bell
        )
        assert chats == 1
    await citizen.hears()
    life.was_told("case_told_close")
    await life.looks_up("closed", answer)


def _waits_for_the_tick(citizen: Citizen) -> bool:
    return isinstance(citizen, WebCitizen) and not isinstance(citizen, TextCitizen)


async def photo_of(life: Life) -> bytes:
    """Open the photo of the case as an officer does, once it was fetched."""
    seat = await life.town.seat("minh")
    async with asyncio.timeout(PATIENCE):
        while True:
            shown = await seat.post(f"/cases/{life.number}/photo", photo="1")
            if shown.status == 200:
                return shown.body
            assert "case_photo_coming" in shown.where, shown.where
            await asyncio.sleep(0.05)


CITIZEN, OFFICER, CLOCK = "citizen", "officer", "clock"
ALL_STEPS: Final = [
    (Act.FILE, CITIZEN, ""),
    (Act.ASSIGN, OFFICER, "hoa"),
    (Act.BEGIN, OFFICER, "minh"),
    (Remark.NOTE, OFFICER, "minh"),
    (Act.ASK, OFFICER, "minh"),
    (Act.REPLY, CITIZEN, ""),
    (Remark.SUBMITTED, OFFICER, "minh"),
    (Act.ANSWER, OFFICER, "hoa"),
    *[(Remark.RATED, CITIZEN, "")] * 3,
    (Act.REOPEN, CITIZEN, ""),
    (Act.ASSIGN, OFFICER, "hoa"),
    (Act.BEGIN, OFFICER, "minh"),
    (Remark.SUBMITTED, OFFICER, "minh"),
    (Act.ANSWER, OFFICER, "hoa"),
    (Remark.RATED, CITIZEN, ""),
    (Act.CLOSE, CLOCK, ""),
]


async def steps_of(life: Life) -> list[tuple[Act | Remark, str, str]]:
    names: dict[int | None, str] = {None: ""}
    names |= {number: name for name, number in life.town.staff.items()}
    events = await life.town.events(life.number)
    # How much of the time is used is the office's own matter, told to its officers.
    return [
        (one.did, one.author.value, names[one.by]) for one in events if one.did is not Remark.ALERT
    ]


@pytest.mark.parametrize("arriving", [on_the_web, on_telegram, by_zalo_bot, by_zalo, by_text])
async def test_a_report_lives_from_the_first_word_to_its_end(
    town: Town, arriving: Callable[[Town], Citizen]
) -> None:
    life = Life(town, arriving(town))
    await files(life)
    await is_taken_up_and_asked(life)
    if not isinstance(life.citizen, TextCitizen):
        assert not tells_where(await photo_of(life))
    await replies_days_later(life)
    await is_answered(life, FIRST)
    await is_not_satisfied(life)
    await is_handled_anew_and_ends(life)
    assert await steps_of(life) == ALL_STEPS
    assert (await town.case(life.reference)).level == 4
    # Each message was read when it was due, and none came beside or twice.
    assert await life.citizen.everything() == life.citizen.read
    assert not [one for one in life.citizen.read if "Nội bộ" in one]


@pytest.mark.parametrize(
    ("arriving", "elsewhere"), [(on_the_web, on_telegram), (on_telegram, on_the_web)]
)
async def test_who_comes_back_by_another_channel_sees_the_state_and_nothing_of_anybody(
    town: Town, arriving: Callable[[Town], Citizen], elsewhere: Callable[[Town], Citizen]
) -> None:
    life = Life(town, arriving(town))
    await files(life)
    await is_taken_up_and_asked(life)
    stranger = elsewhere(town)
    asked = f"tra cứu {life.reference.lower().replace('-', ' ')}"
    assert await stranger.says(asked) == life.met(stranger, life.found("in_progress"))
    await replies_days_later(life)
    assert await stranger.says(asked) == life.found("in_progress", DUE_AFTER)
    await is_answered(life, FIRST)
    answer = life.say("feedback_lookup_answer", answer=FIRST)
    assert await stranger.says(asked) == f"{life.found('answered')}\n{answer}"
    assert await stranger.says(f"thêm {life.reference}") == life.say("feedback_not_yours")
    assert await stranger.everything() == stranger.read
