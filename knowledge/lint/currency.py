"""What time has overtaken: repealed laws, waivers that are over, old cards, district offices."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Final

from knowledge.lint.findings import Offence
from knowledge.lint.texts import key_of, texts
from knowledge.lint.wording import lint_words
from knowledge.lint.world import Record, World, reference, title, topics
from knowledge.models import LegalText, Snapshot
from knowledge.text import tokens

DECEMBER: Final = 12
# A procedure's official name, a paper's name and a law's number are titles given by others;
# aliases and cue words are the citizens' own.
TITLES: Final = frozenset(
    {"official_name", "papers.name", "papers.form", "legal", "aliases", "only_when", "not_when"}
)
WAIVED: Final = ("fee", "notes", "papers_note", "online_note", "time_note", "where_note")
_QUOTED: Final = re.compile(r"[“\"][^”\"]*[”\"]")
_LAW_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?/\d{4}/[\w-]+")
_SENTENCE: Final = re.compile(r"(?<=[.;!?])\s+")


def laws(snapshot: Snapshot, world: World) -> Iterator[Offence]:
    """Laws cited that are repealed on the day or that nobody entered among the laws."""
    for card in (one for one in snapshot.procedures if one.has_card):
        for number, cited in enumerate(card.legal):
            if cited not in world.laws:
                yield _offence("unknown_law", card, f"legal[{number}]", law=cited)
    for topic in topics(snapshot):
        for field, text in texts(topic):
            for cited in dict.fromkeys(_LAW_NUMBER.findall(text)):
                law = world.laws.get(cited)
                if law and repealed(law, world):
                    rule = "replaced_law" if law.replaced_by else "repealed_law"
                    yield _offence(rule, topic, field, law=cited, new_law=law.replaced_by)


def repealed(law: LegalText, world: World) -> bool:
    """Tell whether a law is no longer in force on the day."""
    if law.effective_to:
        return law.effective_to < world.today
    if not law.replaced_by:
        return False
    new = world.laws.get(law.replaced_by)
    return new is None or new.effective_from is None or new.effective_from <= world.today


def over(snapshot: Snapshot, world: World) -> Iterator[Offence]:
    """Notes past their last day, and fees or notes that still tell of a waiver that ended."""
    for topic in topics(snapshot):
        for number, note in enumerate(getattr(topic, "notes", ())):
            if note.until and note.until < world.today:
                field = f"notes[{number}]"
                yield _offence("expired_note", topic, field, until=f"{note.until:%d/%m/%Y}")
        for field, text in texts(topic):
            last = last_day(text) if _may_waive(field, text) else None
            if last and last < world.today:
                yield _offence("waiver_over", topic, field, until=f"{last:%d/%m/%Y}")


def last_day(text: str) -> date | None:
    """Give the latest last day a text names; a month or a year alone ends with its last day."""
    found = (match for one in lint_words().waivers.until for match in one.finditer(text))
    return max(filter(None, map(_day, found)), default=None)


def old(snapshot: Snapshot, world: World) -> Iterator[Offence]:
    """Records whose source was looked at too long ago."""
    for topic in topics(snapshot):
        if topic.source.seen < world.oldest:
            seen = f"{topic.source.seen:%d/%m/%Y}"
            yield _offence("old", topic, "source.seen", seen=seen)


def districts(snapshot: Snapshot, world: World) -> Iterator[Offence]:
    """Texts that send citizens to the tier of government that is gone."""
    if world.today < lint_words().districts.since:
        return
    for record in (*topics(snapshot), *snapshot.offices):
        for field, text in texts(record):
            word = "" if key_of(field) in TITLES else district_word(text)
            if word:
                yield _offence("district", record, field, word=word)


def district_word(text: str) -> str:
    """Give the first word of a text for a district authority, empty when none is meant as one.

    Titles in quotation marks, and sentences about earlier times, may name it.
    """
    said = lint_words().districts
    for sentence in _SENTENCE.split(_QUOTED.sub(" ", text)):
        plain = _keys(sentence)
        if not any(_keys(word) in plain for word in said.past):
            for word in said.words:
                if _keys(word) in plain:
                    return word
    return ""


@cache
def _keys(text: str) -> str:
    # With the marks on: folded, “huyện” could not be told from “huyền” or “huyến”.
    return f" {' '.join(tokens(text).keys)} "


def _may_waive(field: str, text: str) -> bool:
    if not field.startswith(WAIVED):
        return False
    if field.startswith("fee"):
        return True
    said = _keys(text)
    return any(_keys(word) in said for word in lint_words().waivers.about)


def _day(match: re.Match[str]) -> date | None:
    told = {name: int(number) for name, number in match.groupdict().items() if number}
    year, month = told["year"], told.get("month", DECEMBER)
    try:
        return date(year, month, told.get("day") or monthrange(year, month)[1])
    except ValueError:
        return None


def _offence(rule: str, record: Record, field: str, **details: object) -> Offence:
    return Offence(
        rule=rule,
        subject=reference(record),
        name=title(record),
        field=field,
        details=details,
    )
