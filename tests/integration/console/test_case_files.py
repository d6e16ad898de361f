"""Files beside an answer at the console: chosen, refused by name, read before signing, opened."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from bot.casework.attaching import MOST_BYTES
from bot.feedback.models import Case
from bot.officials.models import Role
from bot.officials.office_entries import Entry
from bot.storage.answer_file_rows import SentFile, answer_files
from bot.storage.standing_rows import put_standing
from tests.conftest import NOON
from tests.fakes.console import HERE, ConsoleHouse, Reception, Seat, Shown
from tests.fakes.enclosures import a_docx, a_pdf, an_xlsx, with_part
from tests.fakes.filed import file_case
from tests.integration.console.test_cases import a_unit, as_it_is, deeds

WORDS = "Đã đo lại, biên bản kèm theo."
RECORD, TABLE = ("Biên bản.docx", a_docx()), ("Khối lượng.xlsx", an_xlsx())


@dataclass(frozen=True, slots=True, kw_only=True)
class Hall:
    """An office of two pairs of eyes with a case that WORKER answers, with OTHER in the unit."""

    house: ConsoleHouse
    case: Case
    lead: Seat
    worker: Seat
    other: Seat

    @property
    def page(self) -> str:
        return f"/cases/{self.case.id}"

    async def sends(self, *files: tuple[str, bytes], send: str = "keep", **more: str) -> Shown:
        told = {"result": "done", "text": WORDS, "send": send, **more}
        return await self.worker.upload(f"{self.page}/answer", *files, field="files", **told)

    async def files(self) -> tuple[SentFile, ...]:
        async with self.house.database.reading() as connection:
            return await answer_files(connection, self.case.id)

    async def beside(self) -> list[str]:
        return [one.name for one in await self.files()]

    async def opens(self, seat: Seat, number: int) -> Shown:
        return await seat.post(f"{self.page}/answer-file", file=str(number))


@pytest.fixture
async def hall(house: ConsoleHouse, signed_in: Reception) -> Hall:
    lead, worker = await signed_in(Role.APPROVER), await signed_in(Role.PREPARER)
    other = await signed_in(Role.PREPARER)
    case, unit = await file_case(house), await a_unit(house, worker, other)
    rule = Entry(office=HERE, key="rule:case_four_eyes", value={"on": True})
    async with house.database.writing() as connection:
        await put_standing(connection, [rule], at=NOON, change=None)
    await house.orders.renew()
    made = Hall(house=house, case=case, lead=lead, worker=worker, other=other)
    await lead.post(f"{made.page}/assign", post=f"{unit}o{worker.officer}")
    await worker.post(f"{made.page}/begin")
    return made


async def test_files_are_chosen_read_before_signing_and_seen_after(hall: Hall) -> None:
    assert (await hall.sends(RECORD, TABLE, send="submit")).status == 303
    shown = (await hall.lead.get(hall.page)).text
    assert shown.index("Tệp sẽ gửi kèm") < shown.index("Ký và gửi cho người dân")
    (first, second) = await hall.files()
    for one, (name, content) in ((first, RECORD), (second, TABLE)):
        opened = await hall.opens(hall.lead, one.file)
        assert (opened.status, opened.body) == (200, content)
        kept = opened.headers["Content-Disposition"]
        assert kept.startswith("attachment; filename*=UTF-8''")
        assert name.rpartition(".")[2] in kept
        assert opened.headers["Cache-Control"] == "no-store"
        assert opened.headers["X-Content-Type-Options"] == "nosniff"
    version = re.search(r'name="version" value="(\d+)"', shown)
    assert version
    # One more, and what was read is not what would go.
    assert (await hall.sends(("Kết luận.pdf", a_pdf()), send="submit")).status == 303
    late = await hall.lead.post(f"{hall.page}/approve", version=version[1])
    assert late.status == 422
    now = re.search(r'name="version" value="(\d+)"', late.text)
    assert now
    assert (await hall.lead.post(f"{hall.page}/approve", version=now[1])).status == 303
    after = (await hall.worker.get(hall.page)).text
    assert after.count("Người gửi không có trò chuyện.") == 3
    assert (await hall.opens(hall.worker, first.file)).status == 200
    done = await deeds(hall.house)
    assert [done.count(f"case_{one}") for one in ("file_added", "answer_file_shown")] == [3, 3]


async def test_what_is_not_taken_is_named_and_the_rest_is_kept(hall: Hall) -> None:
    macros = with_part(RECORD[1], "word/vbaProject.bin")
    large = b"%PDF-" + bytes(MOST_BYTES)
    refused = await hall.sends(
        RECORD, ("Thư mời.docm", macros), ("Bản vẽ.pdf", large), TABLE, send="submit"
    )
    assert refused.status == 422
    for said in ("“Thư mời.docm”: Tệp có macro", "“Bản vẽ.pdf”: Tệp lớn quá 8 MB", "vẫn được giữ"):
        assert said in refused.text, said
    assert refused.text.count(WORDS) == 1
    assert await hall.beside() == [RECORD[0], TABLE[0]]
    # The draft waits for nobody's signature yet.
    assert "case_submitted" not in await deeds(hall.house)
    again = (await hall.worker.get(hall.page)).text
    assert WORDS in again
    assert f"Mở {RECORD[0]} (" in again
    many = [(f"{at}.pdf", a_pdf(b"(%d)" % at)) for at in range(4)]
    over = await hall.sends(*many)
    assert "“3.pdf”: Một câu trả lời kèm nhiều nhất 5 tệp" in over.text
    assert len(await hall.beside()) == 5
    first = (await hall.files())[0]
    assert (await hall.sends(drop=str(first.file), send="submit")).status == 303
    assert first.name not in await hall.beside()
    assert (await deeds(hall.house))[-2:] == ["case_file_taken_away", "case_submitted"]


async def test_a_name_is_cleaned_and_a_form_without_files_is_sent_as_ever(hall: Hall) -> None:
    nobody_chose = await hall.worker.leave_out(
        f"{hall.page}/answer", ["files"], result="done", text=WORDS, send="keep"
    )
    assert nobody_chose.status == 303
    names = ("../../etc/a&b<b>x\u202efdp.pdf", "C:\\ho so\\bien ban.PDF")
    assert (await hall.sends(*((name, a_pdf()) for name in names))).status == 303
    assert await hall.beside() == ["a&bbxfdp.pdf", "bien ban.PDF"]
    assert "Mở a&amp;bbxfdp.pdf (" in (await hall.worker.get(hall.page)).text


async def test_a_file_is_there_for_who_sees_its_case_and_for_nobody_else(
    hall: Hall, signed_in: Reception
) -> None:
    await hall.sends(RECORD)
    (file,) = await hall.files()
    other = await file_case(hall.house)
    elsewhere = await hall.worker.post(f"/cases/{other.id}/answer-file", file=str(file.file))
    assert [elsewhere.status, (await hall.opens(hall.lead, 99)).status] == [404, 404]
    stranger = await signed_in(Role.LEADER, office="xa-b")
    assert (await hall.opens(stranger, file.file)).status == 404
    assert (await hall.opens(await signed_in(Role.ADMINISTRATOR), file.file)).status == 403
    # Whom the case complains of does not find it any more, nor its files.
    told = {"of": f"u1o{hall.other.officer}", "reason": "Người gửi nêu rõ tên."}
    assert (await hall.lead.post(f"{hall.page}/complained", **told)).status == 303
    assert (await hall.opens(hall.other, file.file)).status == 404
    assert await hall.beside() == [RECORD[0]]
    assert "case_answer_file_shown" not in await deeds(hall.house)
    assert (await deeds(hall.house)).count("case_look_refused") >= 3
    assert (await as_it_is(hall.house, hall.case)).version == hall.case.version + 3
