"""Templates of an account as officials read of them: state, price, gaps, and what fills these."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.casework.zalo.choosing import may_serve
from bot.casework.zalo.filling import OURS, example_data
from bot.channels.zalo.quotas import TEMPLATES
from bot.channels.zalo.templates import Param, Wrong, faults
from bot.console.formats import moment, number
from bot.console.words import said, say
from bot.storage.zalo_overview_rows import AccountState
from bot.storage.zalo_quota_rows import Quota, quotas_of
from bot.storage.zalo_template_rows import (
    Chosen,
    Known,
    TemplateUse,
    Use,
    templates_of,
    uses_in,
)

# What Zalo lets one do by a template; those that are turned down or off need somebody.
TONES: Final[Mapping[str, str]] = {
    "ENABLE": "good", "PENDING_REVIEW": "warn", "REJECT": "bad", "DISABLE": "bad",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownGap:
    """A gap: what Zalo wants there, what fills it, how that looks, and what is wrong in it."""

    name: str
    wants: str
    filling: str
    example: str
    wrong: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTemplate:
    """A template in words; ``used`` and ``open`` tell for what it is and may be used."""

    id: str
    name: str
    status: str
    tone: str
    facts: Sequence[tuple[str, str]]
    used: Sequence[str]
    open: Sequence[Use]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownUse:
    """What an office uses for something; ``wrong`` says why it does not go at present."""

    use: Use
    template: str
    price: str
    wrong: str
    gaps: Sequence[ShownGap]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """The templates of an account, what its office uses, and what is left for today."""

    known: Sequence[Known]
    chosen: Mapping[Use, Chosen]
    left: Quota | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """By what an example is filled: the account's name, the present and the public address."""

    account: str
    at: datetime
    site: str


async def read_shelf(connection: AsyncConnection, account: AccountState) -> Shelf:
    """Read the templates of an account."""
    quotas = await quotas_of(connection, account.oa_id)
    known = await templates_of(connection, account.oa_id)
    by_id = {(one.oa_id, one.template.template_id): one for one in known}
    uses = await uses_in(connection, account.office)
    return Shelf(
        known=known,
        chosen={
            use: Chosen(use=one, known=by_id.get((one.oa_id, one.template_id)))
            for use, one in uses.items()
        },
        left=next((one for one in quotas if one.kind == TEMPLATES), None),
    )


def left_words(shelf: Shelf, now: datetime) -> str:
    """Say how many may still go today; what was told of another day tells nothing."""
    left = shelf.left
    if left is None or (left.until is not None and left.until <= now):
        return say("zalo_templates.not_told")
    told = {"remain": number(left.remain), "read": moment(left.read_at)}
    if left.total is None:
        return say("zalo.left", **told)
    return say("zalo.left_of", total=number(left.total), **told)


def shown_templates(shelf: Shelf) -> Sequence[ShownTemplate]:
    """Give every template in words."""
    return [_shown(one, shelf.chosen) for one in shelf.known]


def shown_uses(shelf: Shelf, setting: Setting) -> Sequence[ShownUse]:
    """Give what the office uses, each filled as for a usual case."""
    return [_used(use, one, setting) for use, one in shelf.chosen.items()]


def shown_gaps(known: Known, use: TemplateUse, setting: Setting) -> Sequence[ShownGap]:
    """Give the gaps of a template under ``use``, filled with an example."""
    data = example_data(use, account=setting.account, at=setting.at, site=setting.site)
    wrong = faults(known.template, data)
    return [
        ShownGap(
            name=one.name,
            wants=_wants(one),
            filling=use.gaps.get(one.name, ""),
            example=data.get(one.name, ""),
            wrong=wrong_words(wrong[one.name]) if one.name in wrong else "",
        )
        for one in known.template.params
    ]


def suggested(known: Known, use: Use) -> Mapping[str, str]:
    """Give what may fill the gaps that are called as ours are."""
    ours = OURS[use]
    return {
        one.name: f"{{{one.name}}}" if one.name in ours else "" for one in known.template.params
    }


def wrong_words(wrong: Wrong) -> str:
    """Say why Zalo would not take what fills a gap."""
    return say(f"zalo_gap_wrong.{wrong}")


def _shown(one: Known, chosen: Mapping[Use, Chosen]) -> ShownTemplate:
    template = one.template
    return ShownTemplate(
        id=template.template_id,
        name=template.name or template.template_id,
        status=said("zalo_template_status", template.status),
        tone=TONES.get(template.status, "quiet"),
        facts=[*_facts(one)],
        used=[
            say(f"zalo_uses.{use}")
            for use, used in chosen.items()
            if used.use.template_id == template.template_id
        ],
        open=[use for use in Use if may_serve(one, use)],
    )


def _facts(one: Known) -> Iterator[tuple[str, str]]:
    template = one.template
    yield say("zalo_templates.id"), template.template_id
    if template.tag is not None:
        yield say("zalo_templates.tag"), said("zalo_template_tags", str(template.tag))
    if template.quality:
        yield say("zalo_templates.quality"), said("zalo_template_quality", template.quality)
    by_user = (
        say("zalo_templates.phone_alone") if one.by_phone_alone else price(template.price_uid)
    )
    yield say("zalo_templates.price_user"), by_user
    yield say("zalo_templates.price_phone"), price(template.price_phone)
    gaps = "; ".join(f"{gap.name} ({_wants(gap)})" for gap in template.params)
    yield say("zalo_templates.gaps"), gaps or say("zalo_templates.no_gaps")
    yield say("zalo_templates.read_at"), moment(one.read_at)


def price(each: int | None) -> str:
    """Say what one message costs."""
    if each is None:
        return say("zalo_templates.no_price")
    return say("zalo_templates.each", price=number(each))


def _used(use: Use, one: Chosen, setting: Setting) -> ShownUse:
    known = one.known
    if known is None:
        gone = say("zalo_templates.gone")
        return ShownUse(use=use, template=one.use.template_id, price="", wrong=gone, gaps=())
    template = known.template
    told = price(template.price_uid)
    if use is Use.FEEDBACK:
        phone = price(template.price_phone)
        told = say("zalo_templates.both_prices", user=told, phone=phone)
    return ShownUse(
        use=use,
        template=f"{template.name} ({template.template_id})",
        price=told,
        wrong="" if may_serve(known, use) else say("zalo_templates.not_now"),
        gaps=shown_gaps(known, one.use, setting),
    )


def _wants(param: Param) -> str:
    """Say what Zalo wants in a gap."""
    told = [say("zalo_gap.needed") if param.required else say("zalo_gap.optional")]
    if param.type:
        told.append(said("zalo_gap_types", param.type))
    if param.most and not param.least:
        told.append(say("zalo_gap.most", most=param.most))
    elif param.most:
        told.append(say("zalo_gap.length", least=param.least, most=param.most))
    return ", ".join(told)
