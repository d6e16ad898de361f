"""What news goes by: the offices there are, what they have set, and the days off."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Self

from bot.newsroom.deployment import UNBOUND, Deployment
from bot.newsroom.working_days import worked
from bot.officials.days_off import in_force
from bot.officials.office_entries import Stood
from bot.officials.standing import Standing
from bot.officials.tree import OfficeTree
from broadcasts.models import Audience
from broadcasts.readings import AirTime
from broadcasts.routes import Quiet, Ways
from broadcasts.schedule.planning import Hours
from knowledge.layers import lineage
from knowledge.models import DayOff, Office, Snapshot

TRIAL: Final = "trial"


@dataclass(frozen=True, slots=True, kw_only=True)
class Realm:
    """The offices of ``snapshot`` under what they have set, with their tree.

    What the ``deployment`` lets news do holds for all of them.
    """

    snapshot: Snapshot
    stood: Stood
    tree: OfficeTree
    deployment: Deployment = UNBOUND

    @classmethod
    def of(cls, snapshot: Snapshot, stood: Stood, *, deployment: Deployment = UNBOUND) -> Self:
        """Lay out the tree of the offices of ``snapshot``."""
        tree = OfficeTree.of(snapshot.offices)
        return cls(snapshot=snapshot, stood=stood, tree=tree, deployment=deployment)

    def standing(self, office: str) -> Standing:
        """Give what is in force at ``office``."""
        return Standing.of(self.stood.entries, lineage(self.snapshot.offices, office))

    def quiet(self, office: str) -> Quiet:
        """Give the hours in which nobody is written to."""
        rules = self.standing(office).rules
        return Quiet(begins=rules.quiet_from, ends=rules.quiet_to)

    def air_time(self, office: str) -> AirTime:
        """Give the hours in which the loudspeakers may speak."""
        rules = self.standing(office).rules
        return AirTime(begins=rules.loud_from, ends=rules.loud_to)

    def hours(self, office: str, *, urgent: bool = False) -> Hours:
        """Give when news of ``office`` may begin; what is urgent waits for no morning."""
        is_working = worked(self._days(office))
        if urgent:
            return Hours(is_working=is_working)
        return Hours(quiet=self.quiet(office), is_working=is_working)

    def day_off(self, office: str, day: date) -> str:
        """Give how a day off is called; nothing for a weekend, or a holiday nobody announced."""
        told = in_force(day, self._days(office))
        return told.name if told is not None and not told.works else ""

    def _days(self, office: str) -> tuple[Sequence[DayOff], ...]:
        return (*self.standing(office).days, self.snapshot.days_off)

    def reached(self, audience: Audience) -> frozenset[str]:
        """Give the codes of the audience's offices and of all below them."""
        return frozenset().union(*map(self.tree.branch, audience.offices))

    def ways(self, office: str, offices: Collection[str]) -> Ways:
        """Give the ways open to news of ``office`` for people of ``offices``."""
        closed = frozenset(map(str, self.standing(office).closed))
        ways = Ways(
            closed=closed, muted=self.deployment.muted, paces=self.deployment.paces(accounts=0)
        )
        if not any(one.key == TRIAL for one in self.stood.entries):
            return ways
        trial = (code for code in offices if self.standing(code).trial.on)
        return replace(ways, trial=frozenset(trial))

    def depth(self, office: str) -> int:
        """Give how many offices stand above ``office``."""
        return len(lineage(self.snapshot.offices, office))

    def values(self, office: str) -> dict[str, str]:
        """Give what the office's own data fill gaps with; what they lack is left out."""
        line = [self._known(code) for code in reversed(lineage(self.snapshot.offices, office))]
        own = line[0] if line else None
        if own is None:
            return {}
        told = {"co_quan": own.name, "dia_chi": own.address, "dien_thoai": own.phone}
        told["duong_day_nong"] = self._hotline([one.code for one in line if one])
        return {name: value for name, value in told.items() if value}

    def _known(self, code: str) -> Office | None:
        return next((one for one in self.snapshot.offices if one.code == code), None)

    def _hotline(self, line: Collection[str]) -> str:
        """Give the nearest office's hotline, else the one for everybody."""
        numbers = {str(one.office or ""): one.phone for one in reversed(self.snapshot.hotlines)}
        return next((numbers[code] for code in (*line, "") if code in numbers), "")
