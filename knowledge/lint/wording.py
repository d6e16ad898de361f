"""The words of the rules, and the words the rules look for; all data."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final, Self

from knowledge.lint.findings import Finding, Offence, Severity
from knowledge.lint.labels import Labels

WORDS: Final = Path(__file__).parents[1] / "data" / "lint.vi.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleText:
    """How a rule is told: its title, how grave it is, why it matters and what to do."""

    severity: Severity
    title: str
    why: str
    do: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Districts:
    """Words for the tier of government that ended on the day before ``since``.

    A sentence with a word of ``past`` speaks of earlier times and may name a district.
    """

    since: date
    words: tuple[str, ...]
    past: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waivers:
    """Words that tell of a waiver, and how the last day of one is written."""

    about: tuple[str, ...]
    until: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LintWords:
    """All that ``lint.vi.toml`` says; ``rules`` stand in the order they are reported."""

    rules: Mapping[str, RuleText]
    districts: Districts
    waivers: Waivers
    labels: Labels

    @classmethod
    def load(cls) -> Self:
        """Read the shipped words."""
        tables: dict[str, Any] = tomllib.loads(WORDS.read_text(encoding="utf-8"))
        districts, waivers = tables["districts"], tables["waivers"]
        return cls(
            rules={name: _rule(told) for name, told in tables["rules"].items()},
            districts=Districts(
                since=districts["since"],
                words=tuple(districts["words"]),
                past=tuple(districts["past"]),
            ),
            labels=Labels(**tables["labels"]),
            waivers=Waivers(
                about=tuple(waivers["about"]),
                until=tuple(re.compile(one, re.IGNORECASE) for one in waivers["until"]),
            ),
        )

    def findings(self, offences: Iterable[Offence]) -> tuple[Finding, ...]:
        """Put offences into words: the gravest first, then by rule, each told once."""
        order = {name: place for place, name in enumerate(self.rules)}
        told = dict.fromkeys(map(self._finding, offences))
        gravity = list(Severity)
        return tuple(sorted(told, key=lambda one: (gravity.index(one.severity), order[one.rule])))

    def _finding(self, offence: Offence) -> Finding:
        rule = self.rules[offence.rule]
        return Finding(
            rule=offence.rule,
            severity=rule.severity,
            subject=offence.subject,
            name=offence.name,
            field=offence.field,
            row=offence.row,
            label=self.labels.of(offence.field, offence.row),
            why=rule.why.format(**offence.details),
            do=rule.do,
        )


def _rule(told: Mapping[str, str]) -> RuleText:
    return RuleText(
        severity=Severity(told["severity"]),
        title=told["title"],
        why=told["why"],
        do=told["do"],
    )


@cache
def lint_words() -> LintWords:
    """Give the shipped words, read once."""
    return LintWords.load()
