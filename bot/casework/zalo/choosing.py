"""Use case: choose the template an office uses for something, or leave it; see ``Use``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.casework.deeds import Acting
from bot.casework.zalo.filling import example_data, strangers
from bot.channels.zalo.templates import Template, Wrong, faults
from bot.errors import BotError
from bot.officials.audit import Deed
from bot.storage.zalo_account_rows import account_in
from bot.storage.zalo_template_rows import (
    Known,
    TemplateUse,
    Use,
    drop_use,
    put_use,
    template_of,
)

# Of news each has a length of its own: what does not fit is told before one is approved.
BY_LENGTH: Final = frozenset({Wrong.TOO_LONG, Wrong.TOO_SHORT})


class Unchosen(StrEnum):
    """Why a template is not chosen."""

    NO_ACCOUNT = "template_no_account"
    UNKNOWN = "template_unknown"
    OFF = "template_off"
    GAPS = "template_gaps"
    BRACES = "template_braces"
    UNFIT = "template_unfit"


class NotChosen(BotError):
    """A template is not chosen; ``named`` are the gaps that are wrong, ``faults`` in which way."""

    def __init__(
        self, why: Unchosen, named: str = "", faults: Mapping[str, Wrong] | None = None
    ) -> None:
        """Tell why, and of what."""
        super().__init__(str(why))
        self.why = why
        self.named = named
        self.faults: Final[Mapping[str, Wrong]] = faults or {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What an office wishes: a template for a use, and what fills its gaps.

    ``site`` is the public address of the program, which some gaps are filled with.
    """

    office: str
    use: Use
    template: str
    gaps: Mapping[str, str]
    site: str


async def choose(acting: Acting, wish: Choice) -> None:
    """Have an office use a template, at its price.

    Raises:
        NotChosen: the office has no account, the account no such template that may be sent, or
            what is to fill it does not fit.
    """
    account = await account_in(acting.connection, wish.office)
    if account is None:
        raise NotChosen(Unchosen.NO_ACCOUNT)
    known = await template_of(acting.connection, account.oa_id, wish.template)
    if known is None:
        raise NotChosen(Unchosen.UNKNOWN)
    if not may_serve(known, wish.use):
        raise NotChosen(Unchosen.OFF)
    use = TemplateUse(
        office=wish.office,
        use=wish.use,
        oa_id=account.oa_id,
        template_id=wish.template,
        gaps=wish.gaps,
    )
    _require(known.template, use)
    wrong = unfit(known.template, use, account=account.name, at=acting.now, site=wish.site)
    if wrong:
        raise NotChosen(Unchosen.UNFIT, ", ".join(sorted(wrong)), wrong)
    await put_use(acting.connection, use, at=acting.now)
    after = {"use": wish.use, "template": wish.template, "gaps": dict(wish.gaps)}
    _did(acting, "zalo_template_chosen", wish.office, after)


async def leave(acting: Acting, office: str, use: Use) -> bool:
    """Have an office use no template for something any more; tell whether it did."""
    done = await drop_use(acting.connection, office, use)
    if done:
        _did(acting, "zalo_template_left", office, {"use": use})
    return done


def may_serve(known: Known, use: Use) -> bool:
    """Tell whether Zalo lets it go where it is used: news to user ids, answers to numbers too."""
    return known.may_go_by_user if use is Use.NEWS else known.template.is_on


def unfit(
    template: Template, use: TemplateUse, *, account: str, at: datetime, site: str
) -> Mapping[str, Wrong]:
    """Give what Zalo would refuse of a usual filling, by the name of the gap."""
    told = faults(template, example_data(use, account=account, at=at, site=site))
    passing = BY_LENGTH if use.use is Use.NEWS else frozenset[Wrong]()
    return {name: wrong for name, wrong in told.items() if wrong not in passing}


def _require(template: Template, use: TemplateUse) -> None:
    """See that each gap that must be filled is, and with nothing that nobody knows."""
    needed = {one.name for one in template.params if one.required}
    wrong = (needed - use.gaps.keys()) | (use.gaps.keys() - {one.name for one in template.params})
    if wrong:
        raise NotChosen(Unchosen.GAPS, ", ".join(sorted(wrong)))
    if braces := strangers(use.use, use.gaps):
        raise NotChosen(Unchosen.BRACES, ", ".join(sorted(braces)))


def _did(acting: Acting, action: str, office: str, after: Mapping[str, object]) -> None:
    deed = Deed(action=action, office=office, kind="zalo", subject=office, after=after)
    acting.did(deed)
