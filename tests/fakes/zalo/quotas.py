"""What is left: to one person, and in the purses of an OA."""

from __future__ import annotations

from typing import Any, Final

from tests.fakes.zalo.gate import Call
from tests.fakes.zalo.people import Account, Json, Person
from tests.fakes.zalo.reading import only, wrong
from tests.fakes.zalo.rules import FREE
from tests.fakes.zalo.windows import left, tell_left
from tests.fakes.zalo.world import World

OWNERS: Final = frozenset({"OA", "APP"})
PRODUCTS: Final = frozenset({"cs", "transaction"})
PURSES: Final = frozenset({"sub_quota", "purchase_quota", "reward_quota"})


class Quotas:
    """POST /v3.0/oa/quota/message."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def message(self, call: Call) -> Any:
        if "user_id" in call.args:
            only(call.args, "body", ("user_id",))
            person = self._world.person(call.account, str(call.args["user_id"]))
            if person is None:
                raise wrong("user_id")
            return self._of_person(person)
        members = ("quota_owner", "product_type", "quota_type")
        asked = only(call.args, "body", members, members)
        for name, allowed in zip(members, (OWNERS, PRODUCTS, PURSES), strict=True):
            if asked[name] not in allowed:
                raise wrong(name)
        return self._of_account(call.account, asked)

    def _of_person(self, person: Person) -> Json:
        at, free = person.interacted_at, self._world.rules.free_replies
        told: Json = {"last_interaction": str(int(at.timestamp() * 1000)) if at else "0"}
        if free is not None:
            fresh = at is not None and self._world.clock.now() - at <= FREE
            remain = max(free - person.free_used, 0) if fresh else 0
            told["cs_reply"] = {"remain": remain, "total": free}
        month = self._world.rules.promotions_a_month
        promotion = {"daily_total": 1, "monthly_total": month}
        return told | {"promotion": promotion}

    def _of_account(self, account: Account, asked: Json) -> list[Json]:
        """Every purse of this kind; only the OA has any, for consulting messages."""
        if asked["quota_owner"] == "APP" or asked["product_type"] != "cs":
            return []
        month, purse = self._world.clock.month(), str(asked["quota_type"])
        tell_left(account, month)
        remain = left(account, purse, month)
        total = account.messages_a_month if purse == "sub_quota" else remain
        until = account.package_until
        key = f"{account.oa_id[-6:]}{purse}"
        return [{"asset_id": key, "valid_through": until, "total": total, "remain": remain}]
