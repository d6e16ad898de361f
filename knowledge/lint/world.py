"""What a rule may know beside the records it looks at: the day, the laws, who is called what."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any, Final, Self

from knowledge.lexicon import Lexicon
from knowledge.models import Guide, Hotline, LegalText, Office, Procedure, Snapshot
from knowledge.text import tokens

MONTHS: Final = 12
YEAR: Final = 12
KEYS: Final = {
    "procedures": "code",
    "guides": "id",
    "hotlines": "phone",
    "offices": "code",
    "legal_texts": "number",
}

Record = Procedure | Guide | Hotline | Office | LegalText
Said = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Everything known on one day.

    ``called`` gives, for folded words, the reference and name of each topic called so;
    ``new_codes`` the code that took the place of a former one; ``withdrawn`` the codes the
    National portal shows no more.
    """

    today: date
    oldest: date
    laws: Mapping[str, LegalText]
    codes: frozenset[str]
    new_codes: Mapping[str, str]
    called: Mapping[Said, Mapping[str, str]]
    withdrawn: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls,
        everything: Snapshot,
        today: date,
        *,
        months: int = MONTHS,
        withdrawn: frozenset[str] = frozenset(),
    ) -> Self:
        """Take in all that is known on ``today``; what was seen ``months`` ago is not yet old."""
        known = everything.procedures
        return cls(
            today=today,
            oldest=months_before(today, months),
            laws={law.number: law for law in everything.legal_texts},
            codes=frozenset(
                code for one in known for code in (one.code, one.renumbered_to, *one.former_codes)
            ),
            new_codes={former: one.code for one in known for former in one.former_codes},
            called=_called(everything),
            withdrawn=withdrawn,
        )


def months_before(day: date, months: int) -> date:
    """Give the same day some months earlier, the last of the month when it is shorter."""
    year, month = divmod(day.year * YEAR + day.month - 1 - months, YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def joined(known: Snapshot, checked: Snapshot) -> Snapshot:
    """Give what is known when the records of ``checked`` take the place of theirs."""
    told: dict[str, Any] = {kind: _joined(known, checked, kind, key) for kind, key in KEYS.items()}
    return replace(known, **told)


def _joined(known: Snapshot, checked: Snapshot, kind: str, key: str) -> tuple[Any, ...]:
    new: tuple[Any, ...] = getattr(checked, kind)
    told = {getattr(one, key) for one in new}
    return (*(one for one in getattr(known, kind) if getattr(one, key) not in told), *new)


def asked_by(record: Procedure | Guide | Hotline) -> Iterator[tuple[str, str]]:
    """Give every everyday way of asking for a record, with its field."""
    if isinstance(record, Procedure):
        yield "everyday_name", record.everyday_name
    if isinstance(record, Guide):
        yield "title", record.title
    for number, alias in enumerate(record.aliases):
        yield f"aliases[{number}]", alias


def said(phrase: str) -> Said:
    """Give a way of asking as the search compares it: folded, abbreviations written out."""
    return _lexicon().written_out(tokens(phrase)).words


@cache
def _lexicon() -> Lexicon:
    return Lexicon.load()


def reference(record: Record) -> str:
    """Give what a record is known by."""
    keys = ("code", "id", "phone", "number")
    return str(next(getattr(record, key) for key in keys if hasattr(record, key)))


def title(record: Record) -> str:
    """Give what people call a record."""
    match record:
        case Procedure():
            return record.everyday_name
        case Guide() | LegalText():
            return record.title
        case _:
            return record.name


def topics(snapshot: Snapshot) -> tuple[Procedure | Guide | Hotline, ...]:
    """Give what can be asked for and is ours: no bare row of the portal's catalogue."""
    cards = (one for one in snapshot.procedures if one.has_card)
    return (*cards, *snapshot.guides, *snapshot.hotlines)


def _called(everything: Snapshot) -> Mapping[Said, Mapping[str, str]]:
    called: dict[Said, dict[str, str]] = defaultdict(dict)
    for topic in topics(everything):
        for _, phrase in asked_by(topic):
            called[said(phrase)][reference(topic)] = title(topic)
    return called
