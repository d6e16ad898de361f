"""Use case: choose the template an office sends its news by, or leave it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from bot.casework.deeds import Acting
from bot.channels.zalo.templates import Template
from bot.errors import BotError
from bot.officials.audit import Deed
from bot.storage.zalo_account_rows import account_in
from bot.storage.zalo_template_rows import TemplateUse, Use, drop_use, put_use, template_of

# What may stand in braces in what fills a gap of the template.
OURS: Final = ("tieu_de", "noi_dung", "co_quan", "ngay", "duong_dan")
BRACES: Final = re.compile(r"\{([^{}]*)\}")


class Unchosen(StrEnum):
    """Why a template is not chosen."""

    NO_ACCOUNT = "template_no_account"
    UNKNOWN = "template_unknown"
    OFF = "template_off"
    GAPS = "template_gaps"
    BRACES = "template_braces"


class NotChosen(BotError):
    """A template is not chosen; ``named`` are the gaps that are wrong."""

    def __init__(self, why: Unchosen, named: str = "") -> None:
        """Tell why, and of what."""
        super().__init__(str(why))
        self.why = why
        self.named = named


async def choose(acting: Acting, office: str, template: str, gaps: Mapping[str, str]) -> None:
    """Have an office send its news to silent followers by a template, at its price.

    Raises:
        NotChosen: the office has no account, the account no such template that may be sent, or
            what is to fill it does not fit.
    """
    account = await account_in(acting.connection, office)
    if account is None:
        raise NotChosen(Unchosen.NO_ACCOUNT)
    known = await template_of(acting.connection, account.oa_id, template)
    if known is None:
        raise NotChosen(Unchosen.UNKNOWN)
    if not known.may_go_by_user:
        raise NotChosen(Unchosen.OFF)
    _require(known.template, gaps)
    use = TemplateUse(
        office=office, use=Use.NEWS, oa_id=account.oa_id, template_id=template, gaps=gaps
    )
    await put_use(acting.connection, use, at=acting.now)
    _did(acting, "zalo_template_chosen", office, {"template": template, "gaps": dict(gaps)})


async def leave(acting: Acting, office: str) -> bool:
    """Have an office send no news by templates; tell whether it did."""
    done = await drop_use(acting.connection, office, Use.NEWS)
    if done:
        _did(acting, "zalo_template_left", office, {})
    return done


def _require(template: Template, gaps: Mapping[str, str]) -> None:
    """See that each gap that must be filled is, and with nothing that nobody knows."""
    needed = {one.name for one in template.params if one.required}
    wrong = (needed - gaps.keys()) | (gaps.keys() - {one.name for one in template.params})
    if wrong:
        raise NotChosen(Unchosen.GAPS, ", ".join(sorted(wrong)))
    braces = {name for told in gaps.values() for name in BRACES.findall(told)} - set(OURS)
    if braces:
        raise NotChosen(Unchosen.BRACES, ", ".join(sorted(braces)))


def _did(acting: Acting, action: str, office: str, after: dict[str, object]) -> None:
    deed = Deed(action=action, office=office, kind="zalo", subject=office, after=after)
    acting.did(deed)
