"""An office's template for news: approved at the emulator, read and chosen here."""

from __future__ import annotations

from bot.bootstrap import House
from bot.channels.zalo.templates import Param, Template
from bot.storage.zalo_template_rows import TemplateUse, Use, keep_templates, put_use
from tests.fakes.zalo import FakeZalo
from tests.fakes.zalo.templates import Gap
from tests.fakes.zalo_sides import OFFICE


async def choose_template(house: House, zalo: FakeZalo) -> None:
    """Have the office of the emulator's first account send its news by a template."""
    oa, now = zalo.oa, house.clock.now()
    made = zalo.templates.approve(oa, "Tin", Gap(name="tieu_de"))
    told = Template(
        template_id=made.template_id, name="Tin", status="ENABLE", params=(Param(name="tieu_de"),)
    )
    use = TemplateUse(
        office=OFFICE,
        use=Use.NEWS,
        oa_id=oa.oa_id,
        template_id=made.template_id,
        gaps={"tieu_de": "{tieu_de}"},
    )
    async with house.database.writing() as connection:
        await keep_templates(connection, oa.oa_id, [told], at=now)
        await put_use(connection, use, at=now)
