"""What the lint finds in what an office tells: in a thread, once for each publication."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
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
PATIENCE: Final = 0.05


# What stands in no form: only those who write the shipped knowledge can mend it.
OF_MAKERS: Final = frozenset({"content_fault", "repeated_code", "unknown_law"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """All that breaks one rule, what is asked most first."""

    rule: str
    title: str
    severity: Severity
    findings: Sequence[Finding]

    @property
    def of_makers(self) -> bool:
        """Whether no official can mend it."""
        return self.rule in OF_MAKERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything found by rule, the gravest first; and what was read."""

    groups: Sequence[Group]
    cards: int
    guides: int
    hotlines: int
    offices: int

    @property
    def all(self) -> Iterator[Finding]:
        """Give every finding."""
        return (one for group in self.groups for one in group.findings)

    def ours(self, severity: Severity) -> list[Group]:
        """Give what officials can mend, of one severity."""
        return [one for one in self.groups if one.severity is severity and not one.of_makers]

    @property
    def makers(self) -> list[Group]:
        """Give the rest."""
        return [one for one in self.groups if one.of_makers]


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
    asked = {str(one.code): one.popularity for one in scope.checked.procedures}
    found: dict[str, list[Finding]] = {}
    for one in words.findings(check_all(scope.checked, scope.world(today, MONTHS))):
        found.setdefault(one.rule, []).append(one)
    return Report(
        groups=tuple(
            Group(
                rule=rule,
                title=words.rules[rule].title,
                severity=words.rules[rule].severity,
                findings=sorted(told, key=lambda one: (-asked.get(one.subject, 0), one.subject)),
            )
            for rule, told in found.items()
        ),
        cards=sum(one.has_card for one in scope.checked.procedures),
        guides=len(scope.checked.guides),
        hotlines=len(scope.checked.hotlines),
        offices=len(scope.checked.offices),
    )
