"""What a template costs, and how many may go out a day, to one person and by night."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from tests.fakes.zalo.broadcasts import is_night
from tests.fakes.zalo.errors import Refused
from tests.fakes.zalo.people import Account, Person
from tests.fakes.zalo.templates import PROMOTION, Template, day_of
from tests.fakes.zalo.world import World


@dataclass(frozen=True)
class Limits:
    """Numbers by which a host says that something is over, not linked, or too late in the day."""

    night: int
    of_template: int
    of_day: int
    of_person: int
    unlinked: int
    broke: int


# Promotions a day: so many for a small OA, a share of the followers for a large one.
FEW_PROMOTIONS: Final = 500
SMALL: Final = 10_000
SHARE: Final = 20
UID_LIMITS: Final = Limits(-234, -211, -211, -218, -320, -321)
PHONE_LIMITS: Final = Limits(-133, -147, -144, -1471, -136, -137)


class TemplatePurse:
    """Counts and pays for both ways of a template."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._sent: Counter[tuple[str, str]] = Counter()
        # By day or month, of one person or of a whole OA.
        self._promoted: Counter[tuple[str, str]] = Counter()

    def spend(self, template: Template, person: Person, price: int, limits: Limits) -> None:
        """Count and pay; raises Refused."""
        account, local = template.account, self._world.clock.local()
        day = day_of(local)
        today, month = (day, person.user_id), (self._world.clock.month(), person.user_id)
        allowed = self._world.rules.promotions_a_month
        promotes, by_oa = template.tag == PROMOTION, (day, account.oa_id)
        for over, code, foreseen in (
            (promotes and is_night(local), limits.night, "promotions go out by day"),
            (promotes and self._promoted[today], limits.of_person, "one promotion a day"),
            (promotes and self._promoted[month] >= allowed, limits.of_person, "few a month"),
            (promotes and self._promoted[by_oa] >= _daily(account), limits.of_day, "few a day"),
            (template.sent[day] >= template.a_day, limits.of_template, ""),
            (not self.left(account), limits.of_day, "what is left is told with every answer"),
            (not account.cloud_linked, limits.unlinked, "getoa tells of the cloud account"),
            (account.cloud_money < price, limits.broke, ""),
        ):
            if over:
                raise Refused(code, foreseen=foreseen)
        account.cloud_money -= price
        template.sent[day] += 1
        self._sent[account.oa_id, day] += 1
        if promotes:
            self._promoted.update((today, month, by_oa))

    def left(self, account: Account) -> int:
        day = day_of(self._world.clock.local())
        return max(account.templates_a_day - self._sent[account.oa_id, day], 0)


def _daily(account: Account) -> int:
    """How many promotions an OA may send a day."""
    followers = len(account.followers())
    return FEW_PROMOTIONS if followers <= SMALL else followers // SHARE
