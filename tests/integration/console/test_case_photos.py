"""Photos of a case: opened by who works on it, each look remembered, to nobody else."""

from __future__ import annotations

from sqlalchemy import update

from bot.feedback.models import Case
from bot.handling.photos import Photos
from bot.messages import ChannelName
from bot.officials.models import Role
from bot.storage.feedback_tables import feedback_files
from bot.storage.photo_rows import give_files
from tests.factories import a_citizen
from tests.fakes.console import ConsoleHouse, Reception
from tests.fakes.filed import file_case
from tests.fakes.photos import a_photo
from tests.integration.console.test_cases import deeds

CITIZEN = a_citizen("7", ChannelName.WEB)


async def _with_photo(house: ConsoleHouse) -> tuple[Case, int]:
    """File a case with a photo."""
    case = await file_case(house)
    photos = Photos(house.database, house.vaults.data, house.clock)
    number = await photos.keep(CITIZEN, a_photo())
    async with house.database.writing() as connection:
        await give_files(connection, CITIZEN.conversation, [number], case.id, case.version)
    return case, number


async def test_a_photo_is_opened_by_who_works_on_the_case_and_each_look_is_remembered(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    case, number = await _with_photo(house)
    page, lead = f"/cases/{case.id}", await signed_in(Role.SECRETARIAT)
    assert "Ảnh 1 (" in (await lead.get(page)).text
    for looks in (1, 2):
        shown = await lead.post(f"{page}/photo", photo=str(number))
        assert (shown.status, shown.headers["Content-Type"]) == (200, "image/jpeg")
        assert shown.headers["Cache-Control"] == "no-store"
        assert (await deeds(house)).count("case_file_shown") == looks


async def test_nobody_else_opens_it_and_no_other_photo_is_opened(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    case, number = await _with_photo(house)
    other, _ = await _with_photo(house)
    page, lead = f"/cases/{case.id}/photo", await signed_in(Role.SECRETARIAT)
    refused = await (await signed_in(Role.PREPARER)).post(page, photo=str(number))
    assert refused.where.endswith("failed=case_not_yours")
    assert (await (await signed_in(Role.LEADER)).post(page, photo=str(number))).status == 403
    elsewhere = await lead.post(f"/cases/{other.id}/photo", photo=str(number))
    assert [elsewhere.status, (await lead.post(page, photo="999")).status] == [404, 404]
    assert (await lead.post(page, photo="x")).status == 422
    async with house.database.writing() as connection:
        await connection.execute(update(feedback_files).values(papers=True))
    assert (await lead.post(page, photo=str(number))).status == 404
    assert "case_file_shown" not in await deeds(house)


async def test_a_photo_on_its_way_is_to_be_opened_later(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    case, number = await _with_photo(house)
    lead = await signed_in(Role.SECRETARIAT)
    async with house.database.writing() as connection:
        empty = {"content_sealed": None, "size": 0}
        await connection.execute(update(feedback_files).values(empty))
    assert "đang tải về" in (await lead.get(f"/cases/{case.id}")).text
    shown = await lead.post(f"/cases/{case.id}/photo", photo=str(number))
    assert shown.where.endswith("failed=case_photo_coming")
    assert "case_file_shown" not in await deeds(house)
