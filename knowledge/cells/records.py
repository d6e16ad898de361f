"""Papers, times, fees and notes in a cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from knowledge.cells.items import begins, escaped, item, labelled, lines, parts, with_label
from knowledge.cells.values import read_date
from knowledge.columns import columns, folded, word
from knowledge.models import (
    Fee,
    FeeLine,
    FeeStatus,
    Note,
    ProcessingTime,
    RequiredDocument,
)
from knowledge.phrases import MONEY, NotUnderstood, amounts, read_fee, read_times, refuse_signed

LONGEST_PHRASE: Final = 2_000


def write_papers(papers: Iterable[RequiredDocument]) -> str:
    """Write papers, one a line."""
    return "\n".join(item(_paper_parts(paper)) for paper in papers)


def _paper_parts(paper: RequiredDocument) -> Iterable[str]:
    yield escaped(paper.name)
    if paper.originals is not None:
        yield f"{paper.originals} {word('originals')}"
    if paper.copies is not None:
        yield f"{paper.copies} {word('copies')}"
    yield from with_label("case", paper.case)
    yield from with_label("form", paper.form)


def read_papers(text: str) -> tuple[RequiredDocument, ...]:
    """Read papers; a line without bars is a name alone."""
    return tuple(_paper(parts(line)) for line in lines(text))


def _paper(told: Sequence[str]) -> RequiredDocument:
    originals = _counted(told[1:], word("originals"))
    copies = _counted(told[1:], word("copies"))
    counts = {part for part, _ in (*originals, *copies)}
    named = labelled([part for part in told[1:] if part not in counts], "case", "form")
    return RequiredDocument(
        name=told[0],
        originals=originals[0][1] if originals else None,
        copies=copies[0][1] if copies else None,
        case=named.get("case", ""),
        form=named.get("form", ""),
    )


def _counted(told: Iterable[str], label: str) -> list[tuple[str, int]]:
    pattern = re.compile(rf"(\d{{1,4}}) {label}", re.IGNORECASE)
    return [(part, int(match[1])) for part in told if (match := pattern.fullmatch(part))]


def write_times(times: Iterable[ProcessingTime]) -> str:
    """Write time limits, one a line."""
    units = columns().labels["unit"]
    return "\n".join(
        item(
            [
                f"{time.amount or ''} {units[time.unit]}".strip(),
                *with_label("case", time.case),
            ]
        )
        for time in times
    )


def read_times_cell(text: str) -> tuple[ProcessingTime, ...]:
    """Read time limits, ours or freely written."""
    _refuse_long(text)
    if "|" not in text:
        return read_times(text)
    _refuse_signed(lines(text))
    return tuple(time for line in lines(text) for time in _times(parts(line)))


def _times(told: Sequence[str]) -> Iterable[ProcessingTime]:
    case = labelled(told[1:], "case").get("case", "")
    for time in read_times(told[0]):
        yield ProcessingTime(unit=time.unit, amount=time.amount, case=case or time.case)


def write_fee(fee: Fee) -> str:
    """Write a fee: its status when no amounts tell it, amounts one a line, its note last."""
    written = [_write_fee_line(line) for line in fee.lines]
    if fee.status is not FeeStatus.KNOWN or not written:
        written.insert(0, columns().labels["fee"][fee.status])
    return "" if fee == Fee(status=FeeStatus.UNKNOWN) else "\n".join(
        [*written, *with_label("note", fee.note)]
    )  # fmt: skip


def _write_fee_line(line: FeeLine) -> str:
    amount = f"{line.amount:,}".replace(",", ".") + " " + word("currency")
    short = f"{amount}/{line.per}" if line.per else amount
    if escaped(short) == short and _reads_as(short, FeeLine(amount=line.amount, per=line.per)):
        return item([short, *with_label("case", line.case)])
    return item([amount, *with_label("per", line.per), *with_label("case", line.case)])


def _reads_as(text: str, line: FeeLine) -> bool:
    try:
        return read_fee(text).lines == (line,)
    except NotUnderstood:
        return False


def read_fee_cell(text: str) -> Fee:
    """Read a fee, ours or freely written."""
    _refuse_long(text)
    notes = [line for line in lines(text) if begins(line, "note")]
    note = labelled(parts(notes[0]), "note")["note"] if notes else ""
    told = [line for line in lines(text) if line not in notes]
    _refuse_signed(told)
    status = _status_of(told[0]) if told else FeeStatus.UNKNOWN
    if status is not None:
        return Fee(status=status, lines=tuple(map(_fee_line, told[1:])), note=note)
    if "|" in text:
        return Fee(status=FeeStatus.KNOWN, lines=tuple(map(_fee_line, told)), note=note)
    fee = read_fee("\n".join(told))
    return Fee(status=fee.status, lines=fee.lines, note=note)


def _status_of(line: str) -> FeeStatus | None:
    said = folded(line)
    labels = columns().labels["fee"].items()
    return next((FeeStatus(name) for name, label in labels if folded(label) == said), None)


def _fee_line(line: str) -> FeeLine:
    told = parts(line)
    named = labelled(told[1:], "per", "case")
    if MONEY.fullmatch(told[0]):
        (amount,) = amounts(told[0])
        return FeeLine(amount=amount, per=named.get("per", ""), case=named.get("case", ""))
    read = read_fee(told[0]).lines
    if len(read) != 1:
        raise NotUnderstood(f"không hiểu mức thu “{line}”; mỗi mức một dòng")
    return FeeLine(amount=read[0].amount, per=read[0].per, case=named.get("case") or read[0].case)


def write_notes(notes: Iterable[Note]) -> str:
    """Write remarks, one a line, with the last day each holds."""
    return "\n".join(
        item(
            [
                escaped(note.text),
                *with_label("until", f"{note.until:%d/%m/%Y}" if note.until else ""),
            ]
        )
        for note in notes
    )


def read_notes(text: str) -> tuple[Note, ...]:
    """Read remarks."""
    return tuple(_note(parts(line)) for line in lines(text))


def _note(told: Sequence[str]) -> Note:
    until = labelled(told[1:], "until").get("until")
    return Note(text=told[0], until=read_date(until) if until else None)


def _refuse_long(text: str) -> None:
    if len(text) > LONGEST_PHRASE:
        raise NotUnderstood("ô quá dài để đọc; mỗi ý ghi một dòng ngắn")


def _refuse_signed(told: Iterable[str]) -> None:
    # Behind the first bar stand words, which may hold any sign.
    for line in told:
        refuse_signed(line.partition("|")[0])
