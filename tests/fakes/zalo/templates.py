"""ZBS templates: texts approved beforehand, with gaps, a price and a daily limit."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from tests.fakes.zalo.errors import Refused
from tests.fakes.zalo.events import Event
from tests.fakes.zalo.gate import Call, Whole
from tests.fakes.zalo.people import Account, Json, new_id
from tests.fakes.zalo.reading import SHAPE
from tests.fakes.zalo.webhooks import Webhooks
from tests.fakes.zalo.world import World

TAGS: Final = {1: "TRANSACTION", 2: "CUSTOMER_CARE", 3: "PROMOTION"}
STATUSES: Final = {"1": "ENABLE", "2": "PENDING_REVIEW", "3": "REJECT", "4": "DISABLE"}
PROMOTION: Final = 3
PAGE: Final = 100
_FORMATS: Final = {
    "NUMBER": re.compile(r"\d+"),
    "DATE": re.compile(r"(\d\d:\d\d(:\d\d)? )?\d\d/\d\d/\d{4}"),
}


@dataclass(frozen=True, kw_only=True)
class Gap:
    """A gap of a template, and what may be put into it."""

    name: str
    require: bool = True
    type: str = "STRING"
    most: int = 90
    least: int = 0


@dataclass
class Template:
    """An approved text of an OA; ``tag`` 1 transaction, 2 customer care, 3 promotion."""

    account: Account
    name: str
    gaps: tuple[Gap, ...] = ()
    template_id: str = field(default_factory=lambda: new_id()[-6:])
    tag: int = 1
    status: str = "ENABLE"
    quality: str = "HIGH"
    price_phone: int = 200
    price_uid: int = 120
    by_uid: bool = True
    told_by_uid: bool = False
    a_day: int = 500
    sent: Counter[str] = field(default_factory=Counter)


class Templates:
    """The calls that tell of templates, and what happens to these."""

    def __init__(self, world: World, webhooks: Webhooks) -> None:
        self._world = world
        self._webhooks = webhooks
        self.by_id: dict[str, Template] = {}

    def approve(self, account: Account, name: str, *gaps: Gap, **facts: Any) -> Template:
        """Have a template approved."""
        template = Template(account, name, gaps, **facts)
        self.by_id[template.template_id] = template
        return template

    async def becomes(self, template: Template, status: str, reason: str = "") -> Event:
        """Change a template's status and tell of it."""
        before, template.status = template.status, status
        told = {
            "oa_id": template.account.oa_id, "template_id": template.template_id, "reason": reason,
            "status": {"prev_status": before, "new_status": status},
        }  # fmt: skip
        return await self._webhooks.tell(
            template.account, "change_template_status", told, zns=True
        )

    async def is_rated(self, template: Template, quality: str) -> Event:
        """Change a template's quality and tell of it."""
        before, template.quality = template.quality, quality
        told = {
            "oa_id": template.account.oa_id, "template_id": template.template_id,
            "quality": {"prev_quality": before, "new_quality": quality},
        }  # fmt: skip
        return await self._webhooks.tell(
            template.account, "change_template_quality", told, zns=True
        )

    async def daily_limit(self, account: Account, limit: int) -> Event:
        """Change how many templates an OA may send a day and tell of it."""
        before, account.templates_a_day = account.templates_a_day, limit
        quota = {"prev_quota": str(before), "new_quota": str(limit)}
        told = {"oa_id": account.oa_id, "quota": quota}
        return await self._webhooks.tell(account, "change_oa_daily_quota", told, zns=True)

    async def all(self, call: Call) -> Whole:
        """GET /template/all."""
        asked = call.args
        known = asked.keys() <= {"offset", "limit", "status"}
        if not known or not _is_page(asked) or asked.get("status", "1") not in STATUSES:
            raise Refused(-132, foreseen=SHAPE)
        status = STATUSES.get(asked.get("status", ""))
        own = [
            one
            for one in self.by_id.values()
            if one.account is call.account and status in {None, one.status}
        ]
        start, limit = int(asked["offset"]), int(asked["limit"])
        return Whole(
            data=[_row(one) for one in own[start : start + limit]], metadata={"total": len(own)}
        )

    async def info(self, call: Call) -> Json:
        """GET /template/info/v2."""
        template = self.find(call.account, call.args.get("template_id"), -109)
        return _row(template) | {
            "templateTag": TAGS[template.tag],
            "price": template.price_phone,
            "price_sdt": template.price_phone,
            "price_uid": template.price_uid,
            "listParams": [_gap(gap) for gap in template.gaps],
            "listButtons": [],
        }

    def find(self, account: Account, known: object, code: int) -> Template:
        """The template of this id; raises Refused with ``code``."""
        template = self.by_id.get(str(known))
        if template is None or template.account is not account:
            raise Refused(code, "template_id is invalid", foreseen="no list named this template")
        return template


@dataclass(frozen=True)
class Codes:
    """Numbers by which a host refuses what is put into the gaps."""

    wrong: int
    missing: int
    too_long: int
    odd: int


def check(template: Template, data: object, codes: Codes) -> dict[str, str]:
    """What is put into the gaps, or Refused."""
    if not isinstance(data, dict) or not all(isinstance(one, str) for one in data.values()):
        raise Refused(codes.wrong, "template_data is invalid", foreseen=SHAPE)
    known = "the gaps of the template are told"
    if data.keys() - {gap.name for gap in template.gaps}:
        raise Refused(codes.wrong, "template_data has an unknown param", foreseen=known)
    for gap in template.gaps:
        code = _fault(gap, data.get(gap.name, ""), codes)
        if code:
            raise Refused(code, f"template_data.{gap.name} is invalid", foreseen=known)
    return data


def _fault(gap: Gap, value: str, codes: Codes) -> int:
    if not value.strip():
        return codes.missing if gap.require else 0
    if len(value) > gap.most:
        return codes.too_long
    form = _FORMATS.get(gap.type)
    odd = len(value) < gap.least or (form is not None and not form.fullmatch(value))
    return codes.odd if odd else 0


def day_of(local: datetime) -> str:
    """The day by which limits are counted."""
    return f"{local:%Y-%m-%d}"


def _is_page(asked: Json) -> bool:
    numbers = asked.get("offset", ""), asked.get("limit", "")
    return all(one.isdigit() for one in numbers) and int(numbers[1]) <= PAGE


def _row(template: Template) -> Json:
    return {
        "templateId": template.template_id,
        "templateName": template.name,
        "status": template.status,
        "templateQuality": template.quality,
    }


def _gap(gap: Gap) -> Json:
    return {
        "name": gap.name,
        "require": gap.require,
        "type": gap.type,
        "maxLength": gap.most,
        "minLength": gap.least,
        "acceptNull": not gap.require,
    }
