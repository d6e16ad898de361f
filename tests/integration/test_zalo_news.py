"""News to followers of an Official Account, through the whole house before the emulator."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.conversation.desk import Desk
from broadcasts.models import Route
from tests.fakes.listening import PATIENCE
from tests.fakes.news import a_run, ledger_of
from tests.fakes.zalo_choice import choose_template
from tests.fakes.zalo_sides import OFFICE, ZaloSide, a_zalo_side

BODY = "Từ ngày 01/12 nộp hồ sơ khai sinh trực tuyến."


async def _shown(side: ZaloSide, user: str, kind: str) -> str:
    async with asyncio.timeout(PATIENCE):
        while True:
            for seen in side.citizen(user).shown:
                if seen.route == kind and (kind != "cs" or BODY in seen.text):
                    return str(dict(seen.details) or seen.text)
            await asyncio.sleep(0.03)


async def test_who_wrote_lately_gets_a_message_and_who_is_silent_a_template(
    tmp_path: Path, desk: Desk
) -> None:
    async with a_zalo_side(tmp_path, desk) as side:
        database = side.house.database
        await side.says("xin chào")
        async with asyncio.timeout(PATIENCE):
            while not side.citizen().shown:  # noqa: ASYNC110 - as a citizen looks
                await asyncio.sleep(0.03)
        await choose_template(side.house, side.zalo)
        lately, silent = side.address("7").user_id, side.address("8").user_id
        runs = [
            await a_run(
                database, [lately], route=Route.ZALO_CS, office=OFFICE, urgent=True, body=BODY
            ),
            await a_run(database, [silent], route=Route.ZALO_TEMPLATE, office=OFFICE, urgent=True),
        ]
        assert BODY in await _shown(side, "7", "cs")
        assert "Tin mới" in await _shown(side, "8", "template")
        async with asyncio.timeout(PATIENCE):
            while [one for run in runs for one in await ledger_of(database, run)] != [  # noqa: ASYNC110
                (lately, "sent", ""),
                (silent, "sent", ""),
            ]:
                await asyncio.sleep(0.03)
        assert side.zalo.ledger.foreseeable == []
