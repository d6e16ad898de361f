"""An office's prepared answers, their gaps filled for one case."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import VIETNAM
from bot.feedback.models import Case
from bot.feedback.placeholders import filled
from bot.feedback.reference import shown
from bot.feedback.topics import topic_label
from bot.handling.bureau import Bureau
from bot.handling.doing import unit_name


async def prepared(
    connection: AsyncConnection, bureau: Bureau, case: Case
) -> Mapping[str, tuple[str, str]]:
    """Give the name and the text of each prepared answer; what has no value stays a gap."""
    templates = bureau.desks.speaking_as(case.office).standing.templates
    values = await _values(connection, bureau, case) if templates else {}
    return {key: (one.name, filled(one.text, values)) for key, one in templates.items()}


async def _values(connection: AsyncConnection, bureau: Bureau, case: Case) -> Mapping[str, str]:
    due = case.due_at if bureau.clockwork.is_told(case.office, case.due_rule) else None
    return {
        "ma": shown(case.reference),
        "co_quan": bureau.name(case.office),
        "don_vi": await unit_name(connection, bureau, case),
        "linh_vuc": topic_label(case.topic),
        "noi": case.place.words,
        "ngay_gui": f"{case.received_at.astimezone(VIETNAM):%d/%m/%Y}",
        "han": f"{due.astimezone(VIETNAM):%d/%m/%Y}" if due else "",
    }
