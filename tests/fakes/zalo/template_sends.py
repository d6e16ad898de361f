"""Sending by template: to a user id on one host, to a phone number on the other.

Numbers for what is put wrongly into a gap are known for phones only; by user id the general
-201 and -210 are given.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Final

from tests.fakes.zalo.echoes import received
from tests.fakes.zalo.errors import Refused
from tests.fakes.zalo.gate import Call
from tests.fakes.zalo.messages import Messages
from tests.fakes.zalo.people import Account, Json, Person, Seen, new_id
from tests.fakes.zalo.reading import SHAPE, only
from tests.fakes.zalo.template_purse import PHONE_LIMITS, UID_LIMITS, TemplatePurse
from tests.fakes.zalo.templates import PROMOTION, Codes, Template, Templates, check
from tests.fakes.zalo.webhooks import Webhooks
from tests.fakes.zalo.world import World

PHONE: Final = re.compile(r"\+?84\d{9}")
TRACKING: Final = 48
BY_UID: Final = Codes(wrong=-201, missing=-201, too_long=-210, odd=-201)
BY_PHONE: Final = Codes(wrong=-112, missing=-1122, too_long=-1121, odd=-1124)


class TemplateSends:
    """The two ways of a template."""

    def __init__(
        self, world: World, templates: Templates, messages: Messages, webhooks: Webhooks
    ) -> None:
        self._world = world
        self._templates = templates
        self._messages = messages
        self._webhooks = webhooks
        self._purse = TemplatePurse(world)
        # Messages by phone by their ids, and whether they arrived.
        self.by_phone: dict[str, bool] = {}

    async def by_uid(self, call: Call) -> Json:
        """POST /v3.0/oa/message/template."""
        extra = ("tracking_id",) if self._world.rules.tracking_by_uid else ()
        needed = ("user_id", "template_id", "template_data")
        asked = only(call.args, "body", (*needed, *extra), needed)
        template = self._templates.find(call.account, asked["template_id"], -201)
        if not template.by_uid:
            again, template.told_by_uid = template.told_by_uid, True
            raise Refused(-249, foreseen="it was told of this template" if again else "")
        if template.status != "ENABLE":
            raise Refused(-201, "template_id is invalid", foreseen="its status is told")
        data = check(template, asked["template_data"], BY_UID)
        person = self._person(call.account, asked["user_id"], template)
        self._purse.spend(template, person, template.price_uid, UID_LIMITS)
        seen = self._show(person, template, data)
        if self._world.rules.receipts:
            told = received(person, seen)
            self._webhooks.tell_soon(call.account, "user_received_message", told)
        left = self._purse.left(call.account)
        return {
            "message_id": seen.message_id, "user_id": person.user_id,
            "sent_time": str(self._world.clock.ms()),
            "quota": {"quota_type": "zbs", "remain": str(left)},
        }  # fmt: skip

    async def to_phone(self, call: Call) -> Json:
        """POST /message/template on the business host."""
        return self._phone(call, "phone")

    async def to_hash(self, call: Call) -> Json:
        """POST /message/template/hashphone."""
        return self._phone(call, "hash_phone")

    async def status(self, call: Call) -> Json:
        """GET /message/status: -1 none, 0 sent, 1 delivered."""
        arrived = self.by_phone.get(call.args.get("message_id", ""))
        status = -1 if arrived is None else int(arrived)
        return {"status": status, "message": ("None", "Sent", "Delivered")[status + 1]}

    async def quota(self, call: Call) -> Json:
        """GET /message/quota."""
        account = call.account
        return {
            "dailyQuota": str(account.templates_a_day),
            "remainingQuota": str(self._purse.left(account)),
        }

    async def quality(self, _call: Call) -> Json:
        """GET /message/quality."""
        return {"oaCurrentQuality": "HIGH", "oa7dayQuality": "HIGH"}

    def _phone(self, call: Call, member: str) -> Json:
        asked, known = call.args, {member, "template_id", "template_data", "tracking_id", "mode"}
        if asked.keys() - known or not _is_tracking(asked.get("tracking_id")):
            raise Refused(-132, foreseen=SHAPE)
        person = self._by_phone(call.account, member, str(asked.get(member, "")))
        template = self._templates.find(call.account, asked.get("template_id"), -109)
        self._approved(template, asked, person)
        data = check(template, asked.get("template_data"), BY_PHONE)
        if template.tag == PROMOTION and not person.follows:
            raise Refused(-140, foreseen="promotions go to followers")
        self._purse.spend(template, person, template.price_phone, PHONE_LIMITS)
        seen = self._show(person, template, data)
        self._tell(call.account, person, seen, asked)
        mode = "3" if asked.get("mode") == "development" else "1"
        return {
            "msg_id": seen.message_id, "sent_time": str(self._world.clock.ms()),
            "sending_mode": mode,
            "quota": {
                "dailyQuota": str(call.account.templates_a_day),
                "remainingQuota": str(self._purse.left(call.account)),
            },
        }  # fmt: skip

    def _by_phone(self, account: Account, member: str, sent: str) -> Person:
        if member == "phone" and not PHONE.fullmatch(sent):
            raise Refused(-108, foreseen="the form of a phone number")
        person = (
            account.by_phone(sent.removeprefix("+"))
            if member == "phone"
            else _hashed(account, sent)
        )
        if person is None:
            raise Refused(-118)
        return person

    @staticmethod
    def _approved(template: Template, asked: Json, person: Person) -> None:
        if asked.get("mode", "development") != "development":
            raise Refused(-132, foreseen=SHAPE)
        if "mode" in asked:
            if person.user_id not in template.account.administrators:
                raise Refused(-127, foreseen="only administrators get what is in development")
        elif template.status == "DISABLE":
            raise Refused(-146, foreseen="its status is told")
        elif template.status != "ENABLE":
            raise Refused(-131, foreseen="its status is told")

    def _person(self, account: Account, known: object, template: Template) -> Person:
        person = self._world.person(account, known) if isinstance(known, str) else None
        if person is None:
            raise Refused(-201, "user_id is invalid", foreseen="no webhook ever told of this id")
        if template.tag == PROMOTION and not person.follows:
            raise Refused(-213, foreseen="promotions go to followers")
        for wrong, code in ((person.inactive, -227), (person.restricted, -244)):
            if wrong:
                raise Refused(code, foreseen="told before" if code in person.told else "")
        lasts, at = self._world.rules.template_window, person.interacted_at
        if lasts is not None and (at is None or self._world.clock.now() - at > lasts):
            raise Refused(-230)
        return person

    def _show(self, person: Person, template: Template, data: dict[str, str]) -> Seen:
        seen = Seen(
            message_id=new_id(), at=self._world.clock.now(), route="template", kind="template",
            text=template.name, details=tuple(data.items()),
        )  # fmt: skip
        self._messages.add(person, seen)
        return seen

    def _tell(self, account: Account, person: Person, seen: Seen, asked: Json) -> None:
        """Tell of the arrival; by phone the recipient is known by the number alone."""
        self.by_phone[seen.message_id] = True
        if not self._world.rules.receipts:
            return
        message = {
            "msg_id": seen.message_id,
            "delivery_time": str(self._world.clock.ms()),
            "tracking_id": asked["tracking_id"],
        }
        told = {
            "sender": {"id": account.oa_id}, "recipient": {"id": person.phone},
            "message": message,
        }  # fmt: skip
        self._webhooks.tell_soon(account, "user_received_message", told, zns=True)


def _hashed(account: Account, digest: str) -> Person | None:
    found = (
        one
        for one in account.people.values()
        if one.phone and sha256(one.phone.encode()).hexdigest() == digest
    )
    return next(found, None)


def _is_tracking(found: object) -> bool:
    return isinstance(found, str) and 0 < len(found) <= TRACKING
