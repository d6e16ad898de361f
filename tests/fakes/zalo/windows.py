"""Who may be answered, when, and from which purse: the rules of the consulting message."""

from __future__ import annotations

from datetime import datetime

from tests.fakes.zalo.errors import Refused
from tests.fakes.zalo.people import Account, Person
from tests.fakes.zalo.rules import FREE, WINDOW, Rules
from tests.fakes.zalo.world import World

PACKAGE = "sub_quota"
CHARGED = "charged"


def admit(person: Person | None, rules: Rules, now: datetime) -> Person:
    """Refuse whom the OA may not write to; raises Refused."""
    if person is None:
        raise Refused(-201, "user_id is invalid", foreseen="no webhook ever told of this id")
    if _gone(person, rules):
        _refuse(person, -213)
    for wrong, code in ((person.inactive, -227), (person.restricted, -244), (person.blocks, -217)):
        if wrong:
            _refuse(person, code)
    if person.interacted_at is None:
        raise Refused(-232, foreseen="the person never wrote")
    if now - person.interacted_at > WINDOW:
        raise Refused(-230, foreseen="seven days passed since the last word")
    return person


def charge(account: Account, person: Person, world: World) -> str:
    """Take a message from the purse it is due from and name that; raises Refused (-211, -321)."""
    free = world.rules.free_replies
    within = world.clock.now() - (person.interacted_at or world.clock.now()) <= FREE
    if within and (free is None or person.free_used < free):
        person.free_used += 1
        return "reply"
    month = world.clock.month()
    if account.used[month, PACKAGE] < account.messages_a_month:
        account.used[month, PACKAGE] += 1
        return PACKAGE
    if account.rewarded:
        account.rewarded -= 1
        return "reward_quota"
    if account.purchased:
        account.purchased -= 1
        return "purchase_quota"
    if (price := world.rules.price_over_quota) is not None:
        if account.cloud_money < price:
            raise Refused(-321)
        account.cloud_money -= price
        return CHARGED
    empty = (month, "cs") in account.told_empty
    account.told_empty.add((month, "cs"))
    raise Refused(-211, foreseen="it was told that nothing is left" if empty else "")


def left(account: Account, quota: str, month: str) -> int:
    """What is left in a purse of the OA."""
    match quota:
        case "sub_quota":
            return max(account.messages_a_month - account.used[month, PACKAGE], 0)
        case "reward_quota":
            return account.rewarded
        case _:
            return account.purchased


def tell_left(account: Account, month: str) -> None:
    """Note that the caller was told what is left, should that be nothing."""
    if not sum(left(account, one, month) for one in ("sub_quota", "reward_quota", "x")):
        account.told_empty.add((month, "cs"))


def _gone(person: Person, rules: Rules) -> bool:
    """Whether the person left and has not written since, or is a stranger where none may be."""
    return not person.follows and (_is_silent(person) or rules.only_followers)


def _is_silent(person: Person) -> bool:
    """Whether the person has not written since they left."""
    return person.left_at is not None and (
        person.interacted_at is None or person.interacted_at <= person.left_at
    )


def _refuse(person: Person, code: int) -> None:
    left = code == -213 and _is_silent(person) and person.left_told()
    known = code in person.told or left
    person.told.add(code)
    raise Refused(code, foreseen="told before, and the person did nothing since" if known else "")
