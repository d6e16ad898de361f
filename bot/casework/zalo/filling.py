"""What fills the gaps of a template, by what it is used for, and an example to try it with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from bot.casework.zalo.wording import words_of
from bot.clock import VIETNAM
from bot.feedback.reference import shown
from bot.storage.zalo_template_rows import TemplateUse, Use
from broadcasts.composing.gaps import filled_line
from broadcasts.models import NewsText

# What may stand in braces in what fills a gap of the template. Of a case nothing is told but its
# number: a template is seen on a locked screen, and passes through others' hands.
OURS: Final[Mapping[Use, tuple[str, ...]]] = MappingProxyType(
    {
        Use.NEWS: ("tieu_de", "noi_dung", "co_quan", "ngay", "duong_dan"),
        Use.FEEDBACK: ("ma_vu", "co_quan", "ngay", "duong_dan", "cach_xem"),
    }
)
BRACES: Final = re.compile(r"\{([^{}]*)\}")
EXAMPLE: Final = NewsText(
    title="Lịch tiêm chủng tháng 12",
    body="Trạm y tế tiêm chủng cho trẻ em sáng thứ Ba, thứ Năm, từ 7 giờ 30.",
)
A_REFERENCE: Final = "7k2m4qxb9"


def news_data(
    text: NewsText, use: TemplateUse, *, account: str, at: datetime
) -> Mapping[str, str]:
    """Give what goes into each gap of the template; ``account`` is the account's name."""
    return _filled(use, (text.title, text.body, account, _day(at), text.page))


def answer_data(
    reference: str, use: TemplateUse, *, account: str, at: datetime, site: str
) -> Mapping[str, str]:
    """Give what tells that the case ``reference`` has an answer, to be looked up at ``site``."""
    number = shown(reference)
    how = words_of("answer")["how"].format(reference=number)
    return _filled(use, (number, account, _day(at), site, how))


def example_data(use: TemplateUse, *, account: str, at: datetime, site: str) -> Mapping[str, str]:
    """Give what goes into each gap for a usual piece of news, or a usual case."""
    if use.use is Use.FEEDBACK:
        return answer_data(A_REFERENCE, use, account=account, at=at, site=site)
    told = (EXAMPLE.title, EXAMPLE.body, account, _day(at), site and f"{site}/tin/1a2b3c")
    return _filled(use, told)


def strangers(use: Use, gaps: Mapping[str, str]) -> set[str]:
    """Give what stands in braces and nobody fills."""
    return {name for told in gaps.values() for name in BRACES.findall(told)} - set(OURS[use])


def _filled(use: TemplateUse, told: tuple[str, ...]) -> Mapping[str, str]:
    values = dict(zip(OURS[use.use], told, strict=True))
    return {name: filled_line(pattern, values) for name, pattern in use.gaps.items()}


def _day(at: datetime) -> str:
    return f"{at.astimezone(VIETNAM):%d/%m/%Y}"
