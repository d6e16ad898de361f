"""The working time and the limits of every office, as knowledge and settings stand together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from bot.feedback.days import day_known
from bot.feedback.limits import Limits
from bot.feedback.purposes import Purpose, uses
from bot.feedback.working import WorkingTime
from bot.officials.office_entries import Entry, Stood
from bot.officials.own_limits import Profile
from bot.officials.standing import Standing
from knowledge.layers import lineage
from knowledge.models import Office, Snapshot


class OfficeTimes:
    """Gives each office's working time and limits; worked out once for each state of both."""

    def __init__(self, snapshot: Snapshot, stood: Stood) -> None:
        """Take what is known and what the offices have set."""
        self.snapshot, self.stood = snapshot, stood
        self._offices: Mapping[str, Office] = {one.code: one for one in snapshot.offices}
        self._entries: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in stood.entries:
            self._entries[entry.office].append(entry)
        self._times: dict[str, WorkingTime | None] = {}
        self._limits: dict[tuple[str, date | None], Limits] = {}

    @property
    def offices(self) -> Iterable[str]:
        """Give the codes of all offices."""
        return self._offices

    def time(self, office: str) -> WorkingTime | None:
        """Give an office's working time, by its hours or those of the nearest above it."""
        if office not in self._times:
            self._times[office] = self._time(office)
        return self._times[office]

    def limits(self, office: str, day: date | None) -> Limits:
        """Give the limits in force at an office on a day; without one all, in force or not."""
        if (office, day) not in self._limits:
            standing = self._standing(office)
            profile = standing.profile or Profile.of(self._province(office))
            self._limits[office, day] = Limits.of(profile, standing.limits, day)
        return self._limits[office, day]

    def kept(self, office: str, purpose: Purpose) -> timedelta | None:
        """Give how long an office keeps data of a purpose; nothing when it goes with its case."""
        limit = uses()[purpose].limit
        return timedelta(days=self.limits(office, None).rows[limit].number) if limit else None

    def _time(self, office: str) -> WorkingTime | None:
        line = [self._offices[code] for code in self._line(office) if code in self._offices]
        hours = next((one.hours for one in reversed(line) if one.hours), ())
        layers = (*self._standing(office).days, self.snapshot.days_off)
        return WorkingTime.of(hours, day_known(layers))

    def _standing(self, office: str) -> Standing:
        line = self._line(office)
        return Standing.of((one for code in line for one in self._entries[code]), line)

    def _line(self, office: str) -> Sequence[str]:
        return lineage(self.snapshot.offices, office)

    def _province(self, office: str) -> str:
        known = self._offices.get(office)
        return known.province if known else ""
