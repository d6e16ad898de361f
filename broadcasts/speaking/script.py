"""The loudspeaker script (kịch bản loa truyền thanh) of a news text."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Self

from broadcasts.speaking.records import News, Part, Script, Sentence
from broadcasts.speaking.speech import DATA, Speech, shipped_speech
from broadcasts.speaking.spelling import spell


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """What is said around the news; ``{office}`` stands for the office that speaks."""

    opening: tuple[str, ...]
    contacts: str
    closing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasions:
    """The phrases of ordinary news and of urgent warnings."""

    news: Phrases
    urgent: Phrases

    @classmethod
    def load(cls, data: Path = DATA) -> Self:
        """Read the phrases of a folder, by default those shipped."""
        told = tomllib.loads((data / "phrases.vi.toml").read_text(encoding="utf-8"))
        return cls(news=_phrases(told["news"]), urgent=_phrases(told["urgent"]))


def script(
    news: News,
    *,
    rate: int | None = None,
    speech: Speech | None = None,
    occasions: Occasions | None = None,
) -> Script:
    """Write the script of a news text; ``rate`` in syllables a minute, by default from data.

    What cannot be read out for certain is left as it was written and flagged. Raises
    ``ValueError`` when the rate is not above 0.
    """
    speech = speech or shipped_speech()
    rate = speech.rate if rate is None else rate
    if rate <= 0:
        raise ValueError(rate)
    occasions = occasions or _shipped_occasions()
    phrases = occasions.urgent if news.urgent else occasions.news
    sentences = tuple(_sentences(_lines(news, phrases), speech))
    return Script(title=" ".join(news.title.split()), sentences=sentences, rate=rate)


def _lines(news: News, phrases: Phrases) -> Iterator[tuple[Part, str]]:
    for line in phrases.opening:
        yield Part.OPENING, line.format(office=news.office)
    yield Part.TITLE, news.title
    yield Part.BODY, news.body
    if news.contacts:
        yield Part.CONTACTS, "\n".join((phrases.contacts, *news.contacts))
    for line in phrases.closing:
        yield Part.CLOSING, line.format(office=news.office)


def _sentences(lines: Iterable[tuple[Part, str]], speech: Speech) -> Iterator[Sentence]:
    for part, text in lines:
        for line in text.splitlines():
            for spelt in spell(line, speech):
                yield Sentence(part=part, text=spelt.text, flags=spelt.flags)


def _phrases(told: Mapping[str, Any]) -> Phrases:
    return Phrases(
        opening=tuple(told["opening"]), contacts=told["contacts"], closing=tuple(told["closing"])
    )


@cache
def _shipped_occasions() -> Occasions:
    return Occasions.load()
