"""An office's template: approved at the emulator, read and chosen here."""

from __future__ import annotations

from typing import Final

from bot.bootstrap import House
from bot.channels.zalo.templates import Param, Template
from bot.storage.zalo_template_rows import TemplateUse, Use, keep_templates, put_use
from tests.fakes.zalo import FakeZalo
from tests.fakes.zalo.templates import Gap
from tests.fakes.zalo_sides import OFFICE

FILLED: Final = {Use.NEWS: "tieu_de", Use.FEEDBACK: "ma_vu"}


async def choose_template(
    house: House, zalo: FakeZalo, office: str = OFFICE, use: Use = Use.NEWS
) -> None:
    """Have the office of the emulator's first account use a template of one gap."""
    oa, now, gap = zalo.oa, house.clock.now(), FILLED[use]
    made = zalo.templates.approve(oa, "Tin", Gap(name=gap))
    told = Template(
        template_id=made.template_id, name="Tin", status="ENABLE", params=(Param(name=gap),)
    )
    chosen = TemplateUse(
        office=office,
        use=use,
        oa_id=oa.oa_id,
        template_id=made.template_id,
        gaps={gap: f"{{{gap}}}"},
    )
    async with house.database.writing() as connection:
        await keep_templates(connection, oa.oa_id, [told], at=now)
        await put_use(connection, chosen, at=now)
