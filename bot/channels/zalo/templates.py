"""Template messages (ZBS): wordings Zalo approved, the one way to somebody silent for a week.

Source: /v3.0/oa/message/template by user id, and business /message/template by telephone number,
/template/all, /template/info/v2, docs.zaloplatforms.com/docs/OA. What is put into the gaps is
looked over here before anything is called.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.channels.zalo.asking import Asking
from bot.channels.zalo.faults import OddAnswer
from bot.channels.zalo.hosts import Host
from bot.channels.zalo.shapes import Json, ident, number, word

PAGE: Final = 100
MOST_PAGES: Final = 50
ENABLED: Final = "ENABLE"
PROMOTION: Final = 3
TAGS: Final = {"TRANSACTION": 1, "CUSTOMER_CARE": 2, "PROMOTION": PROMOTION}
# What some types of a parameter look like; the others take any text.
FORMS: Final = {
    "NUMBER": re.compile(r"[0-9]+"),
    "DATE": re.compile(r"([0-9]{2}:[0-9]{2}(:[0-9]{2})? )?[0-9]{2}/[0-9]{2}/[0-9]{4}"),
}
PHONE: Final = re.compile(r"84[0-9]{9}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Param:
    """A gap of a template; lengths are in characters, ``most`` 0 where none was told."""

    name: str
    required: bool = True
    type: str = ""
    least: int = 0
    most: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """What Zalo tells of a template; prices are đồng a message, unknown ones ``None``.

    ``tag``: 1 transaction, 2 care, 3 promotion, which goes out by day alone.
    """

    template_id: str
    name: str
    status: str
    quality: str = ""
    tag: int | None = None
    price_phone: int | None = None
    price_uid: int | None = None
    params: tuple[Param, ...] = ()

    @property
    def is_on(self) -> bool:
        """Tell whether it may be sent."""
        return self.status == ENABLED


class Wrong(StrEnum):
    """Why Zalo would not take what is put into a gap."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    TOO_SHORT = "too_short"
    NO_NUMBER = "no_number"
    NO_DATE = "no_date"
    UNKNOWN = "unknown"


FORM_FAULTS: Final = {"NUMBER": Wrong.NO_NUMBER, "DATE": Wrong.NO_DATE}


def faults(template: Template, data: Mapping[str, str]) -> Mapping[str, Wrong]:
    """Give what Zalo would refuse of ``data``, by the name of the gap."""
    told = {one.name: fault for one in template.params if (fault := _fault(one, data))}
    known = {one.name for one in template.params}
    return told | {name: Wrong.UNKNOWN for name in data if name not in known}


def _fault(param: Param, data: Mapping[str, str]) -> Wrong | None:
    value = data.get(param.name, "")
    if not value.strip():
        return Wrong.MISSING if param.required else None
    if param.most and len(value) > param.most:
        return Wrong.TOO_LONG
    if len(value) < param.least:
        return Wrong.TOO_SHORT
    form = FORMS.get(param.type)
    return None if form is None or form.fullmatch(value) else FORM_FAULTS[param.type]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Zalo took a template: its id of the message, and what it tells of the quota."""

    message: str
    quota: Json


class Templates:
    """The calls about templates; each raises ``ZaloFault`` as ``Asking`` does."""

    def __init__(self, asking: Asking) -> None:
        """Call by ``asking``."""
        self._asking = asking

    async def listed(self, oa: str) -> Sequence[str]:
        """Give the ids of an account's templates, whatever their status."""
        found: list[str] = []
        for page in range(MOST_PAGES):
            asked = {"offset": page * PAGE, "limit": PAGE}
            answer = await self._asking.get(oa, "/template/all", asked, host=Host.BUSINESS)
            rows = [one for one in answer.rows if isinstance(one, dict)]
            found += filter(None, (ident(one.get("templateId")) for one in rows))
            if len(rows) < PAGE:
                break
        return found

    async def told(self, oa: str, template: str) -> Template:
        """Give what Zalo tells of a template."""
        asked = {"template_id": template}
        answer = await self._asking.get(oa, "/template/info/v2", asked, host=Host.BUSINESS)
        return _template(template, answer.data)

    async def by_user(self, oa: str, user: str, template: str, data: Mapping[str, str]) -> Taken:
        """Send one to a user of the account."""
        told = {"user_id": user, "template_id": template, "template_data": dict(data)}
        answer = await self._asking.post(oa, "/v3.0/oa/message/template", told)
        return _taken(answer.data, "message_id")

    async def by_phone(
        self, oa: str, phone: str, template: str, data: Mapping[str, str], *, tracking: str
    ) -> Taken:
        """Send one to a telephone number (84…); ``tracking`` is our own row, told back to us."""
        told = {
            "phone": phone,
            "template_id": template,
            "template_data": dict(data),
            "tracking_id": tracking,
        }
        answer = await self._asking.post(oa, "/message/template", told, host=Host.BUSINESS)
        return _taken(answer.data, "msg_id")


def phone_of(told: str) -> str:
    """Give a Vietnamese number as Zalo takes it, 84 and nine digits; empty when it is none."""
    digits = re.sub(r"[ .()\-]", "", told).removeprefix("+")
    if digits.startswith("0"):
        digits = "84" + digits[1:]
    return digits if PHONE.fullmatch(digits) else ""


def _taken(data: Json, name: str) -> Taken:
    quota = data.get("quota")
    return Taken(message=ident(data.get(name)), quota=quota if isinstance(quota, dict) else {})


def _template(known: str, data: Json) -> Template:
    if not word(data, "status"):
        raise OddAnswer("no template", host=Host.BUSINESS)
    params = data.get("listParams")
    return Template(
        template_id=known,
        name=word(data, "templateName"),
        status=word(data, "status"),
        quality=word(data, "templateQuality"),
        tag=TAGS.get(word(data, "templateTag")) or number(data.get("templateTag")),
        price_phone=_price(data.get("price_sdt", data.get("price"))),
        price_uid=_price(data.get("price_uid")),
        params=tuple(_params(params if isinstance(params, list) else ())),
    )


def _params(rows: Sequence[object]) -> Iterator[Param]:
    for one in rows:
        if isinstance(one, dict) and word(one, "name"):
            yield Param(
                name=word(one, "name"),
                required=one.get("require") is not False,
                type=word(one, "type"),
                least=number(one.get("minLength")) or 0,
                most=number(one.get("maxLength")) or 0,
            )


def _price(told: object) -> int | None:
    """Read a price, which may come with decimals as text."""
    whole = told.partition(".")[0] if isinstance(told, str) else told
    return int(whole) if isinstance(whole, float) else number(whole)
