"""What the lint found, for people and for programs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

import orjson
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.commands.knowledge.wording import words
from knowledge.lint.findings import Finding, Severity
from knowledge.lint.wording import lint_words
from knowledge.models import Snapshot

FEW: Final = 5


def as_json(findings: Iterable[Finding]) -> str:
    """Give every finding as rule, severity, subject, field and message."""
    told = [
        {
            "rule": one.rule,
            "severity": one.severity,
            "subject": one.subject,
            "field": one.field,
            "message": one.message,
        }
        for one in findings
    ]
    return orjson.dumps(told, option=orjson.OPT_INDENT_2).decode()


def show(console: Console, findings: Sequence[Finding], checked: Snapshot) -> None:
    """Print a table for each severity with a few findings of each rule, then the counts."""
    said = words("check")
    counts = {}
    for severity in Severity:
        grave = [one for one in findings if one.severity is severity]
        counts[severity.value] = len(grave)
        if grave:
            console.print(_table(f"{said[severity]}: {len(grave)}", grave))
    looked_at = said["looked_at"].format(
        cards=sum(one.has_card for one in checked.procedures),
        guides=len(checked.guides),
        hotlines=len(checked.hotlines),
        offices=len(checked.offices),
        laws=len(checked.legal_texts),
    )
    console.print(looked_at, said["counts"].format(**counts))


def _table(title: str, findings: Sequence[Finding]) -> Table:
    said = words("check")
    table = Table(title=title, title_justify="left", expand=False)
    table.add_column(said["subject"], overflow="fold")
    table.add_column(said["field"], overflow="fold")
    table.add_column(said["message"], overflow="fold", ratio=1)
    for rule, told in _by_rule(findings).items():
        text = lint_words().rules[rule]
        heading = f"[bold]{escape(text.title)}: {len(told)}.[/] {escape(text.do)}"
        table.add_row(f"[bold]{escape(rule)}[/]", "", heading)
        for one in told[:FEW]:
            who = " ".join(part for part in (one.subject, one.name) if part)
            table.add_row(escape(who), escape(one.field), escape(one.why))
        if len(told) > FEW:
            table.add_row("", "", said["more"].format(count=len(told) - FEW))
        table.add_section()
    return table


def _by_rule(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    grouped: dict[str, list[Finding]] = defaultdict(list)
    for one in findings:
        grouped[one.rule].append(one)
    return grouped
