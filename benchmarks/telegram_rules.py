"""A long broadcast to a Telegram that enforces its rules, while citizens ask.

python -m benchmarks.telegram_rules [--seconds 180] [--postgres]

Once in fair weather, once with refusals, lost connections and people who left, once as the program
sends, by its lane over its ledger; with ``--postgres`` by the lane over that database, too, and
the first two once more from two processes that share it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import socket
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from bot.channels.pace.budget import Budget
from bot.delivery.shared_slots import SharedSlots
from bot.storage.database import create_database
from bot.storage.migrate import migrate
from tests.fakes.lane_rush import lane_rush
from tests.fakes.postgres import start_postgres
from tests.fakes.rush import Crowd, Rush, channel_to, p95, rush, strict_telegram
from tests.fakes.telegram_rules import Call, Fate, Findings, Rules, findings

ALLOWED = 30
USED = 0.97
SLOWEST_REPLY = 2.0
FAIR = Rules(per_second=ALLOWED)
LEFT = {7: Fate.BLOCKED, 11: Fate.DEACTIVATED, 13: Fate.NOT_FOUND, 17: Fate.KICKED}


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What one run showed."""

    name: str
    found: Findings
    used: float
    slowest: float
    slowest_with_silences: float
    replies: int
    rushes: Iterable[Rush]

    @property
    def holds(self) -> bool:
        return (
            not self.found.inside
            and self.found.most_in_a_second <= ALLOWED
            and not self.found.twice
            and self.used >= USED
            and self.slowest <= SLOWEST_REPLY
        )

    def told(self) -> str:
        found = self.found
        return (
            f"{self.name}: {found.messages} messages, {found.taken} taken, {found.twice} twice; "
            f"{found.inside} calls inside a wait; {found.most_in_a_second} in the fullest second; "
            f"{found.floods} refusals; {self.used:.1%} of the allowed used; "
            f"{self.replies} replies, p95 {self.slowest:.2f} s "
            f"({self.slowest_with_silences:.2f} with the silences asked for); "
            f"{'holds' if self.holds else 'FAILS'}"
        )


def judged(name: str, calls: list[Call], rushes: list[Rush], allowed: float) -> Verdict:
    began, ended = min(one.began for one in rushes), max(one.ended for one in rushes)
    counted = sum(bool(call.chat) and began <= call.at <= ended for call in calls)
    return Verdict(
        name=name,
        found=findings(calls),
        used=counted / allowed,
        slowest=p95(wait for one in rushes for wait in one.own),
        slowest_with_silences=p95(wait for one in rushes for wait in one.waits),
        replies=sum(len(one.waits) for one in rushes),
        rushes=rushes,
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def alone(
    name: str, rules: Rules, seconds: float, fates: Mapping[str, str] | None = None
) -> Verdict:
    """One process with the bot to itself."""
    async with strict_telegram(free_port(), rules) as strict:
        await strict.set_fates(fates=fates or {})
        channel = channel_to(strict.url, Budget(ALLOWED))
        seen = await rush(channel, Crowd(seconds=seconds))
        await channel.close()
        calls = await strict.log()
    allowed = seen.allowed if rules.floods else ALLOWED * seconds
    return judged(name, calls, [seen], allowed)


async def by_the_lane(database_url: str, seconds: float) -> Verdict:
    """The engine's lane, which writes its ledger before and after each call."""
    database = create_database(database_url)
    await migrate(database)
    async with strict_telegram(free_port(), FAIR) as strict:
        own = database.embedded
        slots = None if own else SharedSlots(database, "telegram:123456", ALLOWED)
        channel = channel_to(strict.url, Budget(ALLOWED, slots=slots))
        seen = await lane_rush(database, channel, Crowd(seconds=seconds))
        await channel.close()
        calls = await strict.log()
    await database.close()
    kind = "SQLite" if own else "PostgreSQL"
    return judged(f"the lane on {kind}", calls, [seen], ALLOWED * seconds)


async def by_the_lane_on_sqlite(seconds: float) -> Verdict:
    with tempfile.TemporaryDirectory() as folder:
        return await by_the_lane(f"sqlite+aiosqlite:///{folder}/a.sqlite3", seconds)


async def by_the_lane_on_postgres(seconds: float) -> Verdict:
    server = start_postgres(free_port(), durable=True)
    try:
        return await by_the_lane(server.url, seconds)
    finally:
        server.stop()


def foul(seconds: float) -> Rules:
    floods = (seconds / 4, seconds / 2)
    return Rules(
        per_second=ALLOWED, floods=floods, dropped=0.003, taken_and_dropped=0.003, down=0.003
    )


def some_left(people: int = 20_000) -> dict[str, str]:
    return {
        str(number): fate
        for number in range(1, people)
        for every, fate in LEFT.items()
        if number % (every * 10) == 0
    }


async def together(name: str, rules: Rules, seconds: float, processes: int = 2) -> Verdict:
    """Several processes share the bot through one PostgreSQL."""
    server = start_postgres(free_port())
    try:
        database = create_database(server.url)
        await migrate(database)
        await database.close()
        async with strict_telegram(free_port(), rules) as strict:
            crowds = [
                Crowd(seconds=seconds, first=1 + 1_000_000 * number, seed=number)
                for number in range(processes)
            ]
            seen = await asyncio.gather(*(beside(strict.url, server.url, one) for one in crowds))
            calls = await strict.log()
    finally:
        server.stop()
    allowed = max(one.allowed for one in seen) if rules.floods else ALLOWED * seconds
    return judged(name, calls, seen, allowed)


async def beside(url: str, database_url: str, crowd: Crowd) -> Rush:
    """Run a process of the bot."""
    command = (sys.executable, "-m", "tests.fakes.rush", url, database_url)
    process = await asyncio.create_subprocess_exec(
        *command, json.dumps(asdict(crowd)), stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    told = json.loads(out.splitlines()[-1])
    return Rush(**told | {"endings": Counter(told["endings"])})


async def main(seconds: float, *, postgres: bool) -> int:
    verdicts = [
        await alone("fair weather", FAIR, seconds),
        await alone("foul weather", foul(seconds), seconds, some_left()),
        await by_the_lane_on_sqlite(seconds),
    ]
    if postgres:
        verdicts.append(await by_the_lane_on_postgres(seconds))
        verdicts.append(await together("two processes", FAIR, seconds))
        verdicts.append(await together("two processes, refused", foul(seconds), seconds))
    for verdict in verdicts:
        print(verdict.told())
    return 0 if all(verdict.holds for verdict in verdicts) else 1


if __name__ == "__main__":
    told = argparse.ArgumentParser()
    told.add_argument("--seconds", type=float, default=180)
    told.add_argument("--postgres", action="store_true")
    chosen = told.parse_args()
    sys.exit(asyncio.run(main(chosen.seconds, postgres=chosen.postgres)))
