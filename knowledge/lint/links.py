"""Addresses in the content: whether they can be one, and what visiting them showed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

from knowledge.lint.findings import Offence
from knowledge.lint.texts import key_of, texts
from knowledge.lint.world import World, reference, title, topics
from knowledge.models import Snapshot

LINKS: Final = frozenset({"online_url", "source.url", "link", "map_url"})


class Health(StrEnum):
    """What a visit shows: there, gone for good, or not to be told today."""

    ALIVE = "alive"
    DEAD = "dead"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One address after a visit; ``why`` is short, for a reader."""

    health: Health
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Where an address stands."""

    subject: str
    name: str
    field: str
    url: str


def links_of(snapshot: Snapshot) -> Iterator[Link]:
    """Give every address of our content; a sample office's are samples too."""
    offices = (office for office in snapshot.offices if not office.sample)
    for record in (*topics(snapshot), *offices):
        for field, text in texts(record):
            if key_of(field) in LINKS:
                yield Link(subject=reference(record), name=title(record), field=field, url=text)


def well_formed(url: str) -> bool:
    """Tell whether a browser could open an address."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    spaced = any(letter.isspace() for letter in url)
    return parts.scheme in {"http", "https"} and "." in host.strip(".") and not spaced


def malformed(snapshot: Snapshot, world: World) -> Iterator[Offence]:
    """Addresses no browser can open."""
    del world
    for link in links_of(snapshot):
        if not well_formed(link.url):
            yield _offence("malformed_link", link)


def to_visit(snapshot: Snapshot) -> tuple[str, ...]:
    """Give each address worth a visit, once."""
    return tuple(dict.fromkeys(one.url for one in links_of(snapshot) if well_formed(one.url)))


def visited(snapshot: Snapshot, visits: Mapping[str, Visit]) -> Iterator[Offence]:
    """Tell which addresses are dead, and which could not be reached."""
    places: dict[str, list[Link]] = defaultdict(list)
    for link in links_of(snapshot):
        places[link.url].append(link)
    for url, visit in visits.items():
        if visit.health is not Health.ALIVE:
            for link in places[url]:
                yield _offence(f"{visit.health}_link", link, why=visit.why)


def _offence(rule: str, link: Link, why: str = "") -> Offence:
    return Offence(
        rule=rule,
        subject=link.subject,
        name=link.name,
        field=link.field,
        details={"url": link.url, "why": why},
    )
