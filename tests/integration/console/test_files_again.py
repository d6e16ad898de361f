"""Where a form is to be mended, a file that was chosen in it is said to be chosen again."""

from __future__ import annotations

import re

import pytest

from bot.console.forms import has_upload
from bot.console.rooms import ROOMS, ways_of
from bot.officials.models import Role
from tests.fakes.console import HERE, ConsoleHouse, Reception, Shown
from tests.fakes.enclosures import a_pdf
from tests.fakes.filed import file_case
from tests.integration.console.test_cases import a_unit
from tests.integration.console.test_composing import a_photo
from tests.integration.console.test_news import TEXT
from tests.integration.console.test_plans import in_force, linked

AGAIN = "chưa được giữ lại. Hãy chọn lại"


def is_told(shown: Shown, field: str, name: str) -> None:
    """Find it said beside the field, tied to it for who cannot see, and in the list of faults."""
    assert shown.status == 422
    beside, listed = rf'p class="fault" id="\w+-{field}-again"', rf'a href="#\w+-{field}"'
    places = re.findall(rf"<({beside}|{listed})>[^<]*Tệp {name} {AGAIN}", shown.text)
    assert len(places) == len({beside, listed}), places
    assert re.search(rf'name="{field}" aria-describedby="[^"]*-{field}-again"', shown.text)


def test_every_form_with_a_file_is_shown_again() -> None:
    forms = [way for way in ways_of(ROOMS) if way.form is not None and has_upload(way.form)]
    assert len(forms) > 5
    assert [one.name for one in forms if one.again is None] == []


async def test_in_a_plan_news_and_evidence(signed_in: Reception) -> None:
    seat = await signed_in(Role.SECRETARIAT)
    plan = ("ke-hoach.txt", b"K")
    is_told(await seat.upload(f"/plans/{HERE}/new", plan, year="nay"), "file", plan[0])
    await in_force(seat)
    slot = linked(await seat.get("/calendar?view=quarter&day=15/11/2026"), "slots")[0]
    piece = ("bien-ban.pdf", a_pdf())
    told = {"kind": "document", "title": "", "happened_on": "20/11/2026"}
    is_told(await seat.upload(f"{slot}/evidence", piece, **told), "file", piece[0])
    writer = await signed_in(Role.PREPARER)
    name, body = a_photo()
    wrong = TEXT | {"title": "dài " * 200}
    sent = await writer.upload(f"/news/{HERE}/new", (name, body), field="picture", **wrong)
    is_told(sent, "picture", name)
    assert AGAIN not in (await writer.post(f"/news/{HERE}/new", **wrong)).text


@pytest.mark.parametrize("text", ["", "Đã xong {chỗ trống}."])
async def test_files_of_an_answer_that_were_kept_need_not_be_chosen_again(
    house: ConsoleHouse, signed_in: Reception, text: str
) -> None:
    lead, worker = await signed_in(Role.APPROVER), await signed_in(Role.PREPARER)
    case, unit = await file_case(house), await a_unit(house, worker)
    await lead.post(f"/cases/{case.id}/assign", post=f"{unit}o{worker.officer}")
    await worker.post(f"/cases/{case.id}/begin")
    piece = ("bien-ban.pdf", a_pdf())
    told = {"result": "done", "text": text, "send": "submit"}
    shown = await worker.upload(f"/cases/{case.id}/answer", piece, field="files", **told)
    if not text:
        is_told(shown, "files", piece[0])
        return
    assert shown.status == 422
    assert AGAIN not in shown.text
    assert piece[0] in (await worker.get(f"/cases/{case.id}")).text
