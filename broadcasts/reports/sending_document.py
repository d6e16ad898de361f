"""The report on a text's sending as an administrative document; its numbers are the figures'."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from broadcasts.documents.numbers import filled
from broadcasts.documents.records import (
    AdministrativeDocument,
    Align,
    Block,
    Column,
    Heading,
    Paragraph,
    Table,
)
from broadcasts.reports.issuers import head_name, place_name, signing, symbol
from broadcasts.reports.sending import STATES, Part, SendingFigures

DATA: Final = Path(__file__).with_name("data") / "sending.vi.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """Which office reports on the sending of which text, and when."""

    office: str
    title: str
    today: date


def sending_report(of: Sending, figures: SendingFigures) -> AdministrativeDocument:
    """Write the draft of the report."""
    words = sending_words()
    return AdministrativeDocument(
        issuer=head_name(of.office),
        symbol=symbol(of.office),
        place=place_name(of.office),
        dated=of.today,
        kind=words["kind"],
        subject=words["subject"].format(title=of.title),
        blocks=tuple(_blocks(figures, words)),
        recipients=(words["recipient"],),
        signing=signing(of.office),
    )


def sums_said(figures: SendingFigures) -> tuple[str, ...]:
    """Tell the sums in sentences, for every form."""
    words = sending_words()
    counts = dict(zip(STATES, figures.whole.counts, strict=True))
    told = {str(state): count for state, count in counts.items()}
    return (
        filled(words["in_all"], total=figures.whole.total, **told),
        filled(words["besides"], again=figures.again, settled=figures.settled, left=figures.left),
        *_told_later(figures, words),
    )


def _told_later(figures: SendingFigures, words: Mapping[str, Any]) -> Iterator[str]:
    """Tell what Zalo told of it afterwards, and whom its articles were for."""
    if figures.receipts:
        yield filled(words["receipts"], **asdict(figures.receipts))
    for target in figures.targets:
        yield words["target"].format(target=target or words["everybody"])


def _blocks(figures: SendingFigures, words: Mapping[str, Any]) -> Iterator[Block]:
    yield Heading(text=words["results"])
    for sentence in sums_said(figures):
        yield Paragraph(text=sentence)
    if figures.times.places:
        yield figures.times
    for part in figures.parts:
        if part.lines:
            yield Heading(text=words["parts"][part.name])
            yield _table(part, words)
    yield Heading(text=words["proposals"])
    yield Paragraph(text=words["to_write"])


def _table(part: Part, words: Mapping[str, Any]) -> Table:
    numbers = (words["total"], *(words["states"][state] for state in STATES))
    return Table(
        columns=(
            Column(heading=words["what"], width=4.0),
            *(Column(heading=one, width=1.2, align=Align.NUMBER) for one in numbers),
        ),
        rows=tuple((one.name, one.total, *one.counts) for one in part.lines),
    )


@cache
def sending_words() -> Mapping[str, Any]:
    """Give the words of the report, read once."""
    return tomllib.loads(DATA.read_text(encoding="utf-8"))
