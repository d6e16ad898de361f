"""News by a template: what fills the gaps of an approved wording, and what Zalo would refuse."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.casework.zalo.choosing import OURS
from bot.channels.zalo.templates import Template, Wrong, faults
from bot.clock import VIETNAM
from bot.storage.zalo_template_rows import TemplateUse
from broadcasts.composing.gaps import filled_line
from broadcasts.models import NewsText


def news_data(
    text: NewsText, use: TemplateUse, *, account: str, at: datetime
) -> Mapping[str, str]:
    """Give what goes into each gap of the template; ``account`` is the account's name."""
    values = dict(
        zip(
            OURS,
            (text.title, text.body, account, f"{at.astimezone(VIETNAM):%d/%m/%Y}", text.page),
            strict=True,
        )
    )
    return {name: filled_line(told, values) for name, told in use.gaps.items()}


def unfit(
    text: NewsText, use: TemplateUse, template: Template, *, account: str, at: datetime
) -> Mapping[str, Wrong]:
    """Give what Zalo would refuse of this news, by the name of the gap; before it is approved."""
    return faults(template, news_data(text, use, account=account, at=at))
