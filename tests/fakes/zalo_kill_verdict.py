"""What came of a play in which the program was killed before an emulator of Zalo."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from broadcasts.models import Route
from tests.fakes.zalo import FakeZalo
from tests.fakes.zalo.people import Seen
from tests.fakes.zalo_gun import Call, Moment

REPLY: Final = "reply"
ROUTES: Final = (Route.ZALO_ARTICLE, Route.ZALO_TEMPLATE, Route.ZALO_CS)
# By which way what somebody sees came.
WAYS: Final = {"template": Route.ZALO_TEMPLATE, "cs": Route.ZALO_CS}


@dataclass
class Verdict:
    """What came of it: of each way, how its rows ended and who got what how often."""

    ended: dict[str, dict[str, str]] = field(default_factory=dict)
    arrived: dict[str, Counter[str]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)
    listed: set[str] = field(default_factory=set)
    unheard: list[str] = field(default_factory=list)
    # Pairs that were given and never kept, those of them that were told, and tokens used again.
    pairs: tuple[int, int, int] = (0, 0, 0)
    kills: Counter[tuple[Call, Moment]] = field(default_factory=Counter)

    def of(self, way: str, status: str) -> set[str]:
        """Give whose row of a way ended so."""
        return {who for who, ended in self.ended[way].items() if ended == status}

    def lost(self, way: str) -> set[str]:
        """Give whom nobody wrote to although the ledger does not say so."""
        final = {"sent", "uncertain"}
        unended = {who for who, status in self.ended[way].items() if status not in final}
        return unended | (self.of(way, "sent") - self.arrived[way].keys())

    def twice(self, way: str) -> set[str]:
        return {who for who, times in self.arrived[way].items() if times > 1}

    def faults(self) -> list[str]:
        """Name everything that must not be."""
        uncertain = {f"{way} {who}" for way in self.ended for who in self.of(way, "uncertain")}
        found: dict[str, Sequence[str] | set[str]] = {"acknowledged and unheard": self.unheard}
        found |= {f"lost by {way}": self.lost(way) for way in self.ended}
        found |= {f"twice by {way}": self.twice(way) for way in self.ended}
        found["uncertain without a call"] = uncertain - self.begun
        found["uncertain and not shown to officials"] = {
            one for one in uncertain if not one.startswith(REPLY)
        } - self.listed
        taken_along, told, again = self.pairs
        found["pairs taken along, told as lost, asked with again"] = (
            [] if taken_along == told == again else list(map(str, self.pairs))
        )
        return [f"{fault}: {sorted(which)}" for fault, which in found.items() if which]

    def __str__(self) -> str:
        lines = ["way            rows  sent  uncertain  of these arrived  lost  twice"]
        for way, ended in self.ended.items():
            doubtful = self.of(way, "uncertain")
            arrived = len(doubtful & self.arrived[way].keys())
            lines.append(
                f"{way:<14} {len(ended):4}  {len(self.of(way, 'sent')):4}  {len(doubtful):9}"
                f"  {arrived:16}  {len(self.lost(way)):4}  {len(self.twice(way)):5}"
            )
        lines.append(f"acknowledged and unheard: {len(self.unheard)}")
        lines.append(
            "pairs taken along {}, told as lost {}, asked with again {}".format(*self.pairs)
        )
        points = (f"{call.name.lower()} {at} {n}" for (call, at), n in sorted(self.kills.items()))
        return "\n".join(
            [*lines, f"killed at {sum(self.kills.values())} calls: {', '.join(points)}"]
        )


def arrived(zalo: FakeZalo, titles: Mapping[str, str]) -> dict[str, Counter[str]]:
    """Count what everybody saw; ``titles`` tells the run of each news, all else are replies."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    oa = zalo.oa.oa_id
    for news in zalo.broadcasts.sent:
        run = titles[str(news.articles[0].fields["title"])]
        found[Route.ZALO_ARTICLE][f"{run} {oa}"] += 1
    for person in zalo.oa.people.values():
        for seen in person.shown:
            run = _run_in(seen, titles)
            if run and seen.route in WAYS:
                found[WAYS[seen.route]][f"{run} {oa}:{person.user_id}"] += 1
            elif seen.route == "cs":
                found[REPLY][f"{oa}:{person.user_id}"] += 1
    return found


def _run_in(seen: Seen, titles: Mapping[str, str]) -> str:
    words = f"{seen.text} {dict(seen.details)}"
    return next((run for title, run in titles.items() if title in words), "")
