"""What the lint finds in what an office tells: in a thread, once for each publication."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from aiohttp import web

from knowledge.layers import Layers
from knowledge.lint.checking import check_all
from knowledge.lint.findings import Finding, Severity
from knowledge.lint.scope import published
from knowledge.lint.wording import lint_words

# A record seen longer ago is old.
MONTHS: Final = 12
KEPT: Final = 10
# Seconds a page waits for a report that is quick to make.
PATIENCE: Final = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything found, the gravest first, of each rule what is asked most; and what was read."""

    findings: Mapping[Severity, Sequence[Finding]]
    cards: int
    guides: int
    hotlines: int
    offices: int

    @property
    def all(self) -> Iterator[Finding]:
        """Give every finding."""
        return (one for found in self.findings.values() for one in found)


Key = tuple[str, str, date]


class Linting:
    """Gives reports, one being made at a time."""

    def __init__(self) -> None:
        """Begin with none."""
        self._one = asyncio.Lock()
        self._made: dict[Key, asyncio.Task[Report]] = {}

    async def report(
        self, layers: Layers, office: str, today: date, *, wait: float = PATIENCE
    ) -> Report | None:
        """Give what is found in what ``office`` tells; nothing while that is being worked out.

        It is waited for ``wait`` seconds.
        """
        key = (office, layers.version, today)
        making = self._made.get(key)
        if making is None:
            while len(self._made) >= KEPT:
                del self._made[next(iter(self._made))]
            making = self._made[key] = asyncio.create_task(self._make(layers, office, today))
        await asyncio.wait([making], timeout=wait)
        if not making.done():
            return None
        if making.cancelled() or making.exception() is not None:
            # Told to who asked; who asks next has it tried again.
            del self._made[key]
        return making.result()

    async def stop(self) -> None:
        """Leave what is being made."""
        for making in self._made.values():
            making.cancel()
        await asyncio.gather(*self._made.values(), return_exceptions=True)

    async def _make(self, layers: Layers, office: str, today: date) -> Report:
        async with self._one:
            return await asyncio.to_thread(_reported, layers, office, today)


LINTING = web.AppKey("linting", Linting)


async def stop_linting(app: web.Application) -> None:
    """Leave what is being made when the console is put away."""
    await app[LINTING].stop()


def _reported(layers: Layers, office: str, today: date) -> Report:
    scope = published(layers, office)
    words = lint_words()
    rules = list(words.rules)
    asked = {str(one.code): one.popularity for one in scope.checked.procedures}
    found = sorted(
        words.findings(check_all(scope.checked, scope.world(today, MONTHS))),
        key=lambda one: (rules.index(one.rule), -asked.get(one.subject, 0), one.subject),
    )
    return Report(
        findings={
            grave: tuple(one for one in found if one.severity is grave) for grave in Severity
        },
        cards=sum(one.has_card for one in scope.checked.procedures),
        guides=len(scope.checked.guides),
        hotlines=len(scope.checked.hotlines),
        offices=len(scope.checked.offices),
    )
