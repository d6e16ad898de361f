"""What the lint found, for people and for programs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import orjson
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.commands.wording import words
from knowledge.lint.findings import Finding, Severity
from knowledge.lint.wording import lint_words
from knowledge.models import Snapshot

FEW: Final = 20


def as_json(findings: Iterable[Finding]) -> str:
    """Give every finding as rule, severity, subject, field, row, label and message."""
    told = [
        {
            "rule": one.rule,
            "severity": one.severity,
            "subject": one.subject,
            "field": one.field,
            "row": one.row,
            "label": one.label,
            "message": one.message,
        }
        for one in findings
    ]
    return orjson.dumps(told, option=orjson.OPT_INDENT_2).decode()


def show(
    console: Console, findings: Sequence[Finding], checked: Snapshot, *, everything: bool = False
) -> None:
    """Print the counts, then a table for each severity; of each rule what is asked most first."""
    said = words("check")
    rules = list(lint_words().rules)
    asked = {str(one.code): one.popularity for one in checked.procedures}
    by_severity = {
        severity: sorted(
            (one for one in findings if one.severity is severity),
            key=lambda one: (rules.index(one.rule), -asked.get(one.subject, 0)),
        )
        for severity in Severity
    }
    _show_counts(
        console, {severity: len(grave) for severity, grave in by_severity.items()}, checked
    )
    for severity, grave in by_severity.items():
        if grave:
            most = len(grave) if everything else FEW
            console.print(_table(f"{said[severity]}: {len(grave)}", grave, most))


def _show_counts(console: Console, counts: Mapping[str, int], checked: Snapshot) -> None:
    said = words("check")
    looked_at = said["looked_at"].format(
        cards=sum(one.has_card for one in checked.procedures),
        guides=len(checked.guides),
        hotlines=len(checked.hotlines),
        offices=len(checked.offices),
        laws=len(checked.legal_texts),
    )
    console.print(looked_at, said["counts"].format(**counts))


def _table(title: str, findings: Sequence[Finding], most: int) -> Table:
    said = words("check")
    table = Table(title=title, title_justify="left", expand=False)
    table.add_column(said["subject"], overflow="fold")
    table.add_column(said["field"], overflow="fold")
    table.add_column(said["message"], overflow="fold", ratio=1)
    for rule, told in _by_rule(findings).items():
        text = lint_words().rules[rule]
        heading = f"[bold]{escape(text.title)}: {len(told)}.[/] {escape(text.do)}"
        table.add_row("", "", heading)
        for one in told[:most]:
            who = " ".join(part for part in (one.subject, one.name) if part)
            table.add_row(escape(who), escape(one.label), escape(one.why))
        if len(told) > most:
            table.add_row("", "", said["more"].format(count=len(told) - most))
        table.add_section()
    return table


def _by_rule(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    grouped: dict[str, list[Finding]] = defaultdict(list)
    for one in findings:
        grouped[one.rule].append(one)
    return grouped
