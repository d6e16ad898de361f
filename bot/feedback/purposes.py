"""What personal data is used for: on which basis, with which words told or agreed to, how long.

Luật 91/2025/QH15: a state body's own duty needs no consent (art. 19.1) but is told; anything else
is asked for, each purpose by itself (art. 9), and can be proven by the version of the words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cache

from bot.feedback.due_words import kept_words
from bot.feedback.law import Basis, read_data
from bot.feedback.limits import Group, shipped


class Purpose(StrEnum):
    """One use of personal data."""

    HANDLE_CASE = "handle_case"
    CONTACT_BY_LAW = "contact_by_law"
    CONTACT = "contact"
    PLACE = "place"
    ANSWER_SAME_CHAT = "answer_same_chat"
    SURVEY = "survey"
    PUBLISH = "publish"
    FOLLOW = "follow"
    SEALED = "sealed"
    CONSENT_LOG = "consent_log"
    DRAFT = "draft"
    PHOTO = "photo"
    NOTICE = "notice"
    DATA_WISH = "data_wish"


class Ground(StrEnum):
    """Why data may be used: a state body's duty, the person's consent, or another law."""

    DUTY = "duty"
    CONSENT = "consent"
    LAW = "law"


class Ending(StrEnum):
    """What becomes of data whose time is over."""

    ANONYMISE = "anonymise"
    ERASE = "erase"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Told:
    """Words as they were told or agreed to; ``version`` is what a record of it keeps.

    ``by_zalo`` ones tell that Zalo may be used to write to the number that is left.
    """

    version: str
    text: str
    by_zalo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One purpose with all that is decided about it; ``kept`` is ``None`` for as long as its case.

    ``limit`` is the row of ``bot.feedback.limits`` that says how long; an office may shorten it.
    ``since`` says in words from when the time counts; ``texts`` are all that were ever shown.
    """

    purpose: Purpose
    label: str
    data: str
    ground: Ground
    basis: Basis
    limit: str
    since: str
    ending: Ending
    texts: tuple[Told, ...]

    @property
    def kept(self) -> timedelta | None:
        """How long it is kept at most."""
        return _shipped()[self.limit] if self.limit else None


@cache
def uses() -> Mapping[Purpose, Use]:
    """Give every purpose with what is decided about it."""
    found = {}
    for row in read_data("purposes.vi.toml")["purpose"]:
        purpose = Purpose(row["id"])
        found[purpose] = Use(
            purpose=purpose,
            label=row["label"],
            data=row["data"],
            ground=Ground(row["basis"]),
            basis=Basis.read(row),
            limit=row.get("limit", ""),
            since=row.get("from", ""),
            ending=Ending(row["then"]),
            texts=tuple(
                Told(f"{purpose}-{one['version']}", one["text"], one.get("by_zalo", False))
                for one in row.get("text", ())
            ),
        )
    return found


@cache
def _shipped() -> Mapping[str, timedelta]:
    return {one.id: timedelta(days=one.number) for one in shipped() if one.group is Group.KEPT}


def basis_of(purpose: Purpose) -> Basis:
    """Give where the use of data for a purpose stands in law."""
    return uses()[purpose].basis


def retention(purpose: Purpose) -> timedelta | None:
    """Give how long data of a purpose is kept at most; nothing when it goes with its case."""
    return uses()[purpose].kept


def consent_text(purpose: Purpose, office: str = "") -> Told:
    """Give the words to tell or to ask consent with, the latest version.

    Raises:
        LookupError: nothing is told of this purpose by itself.
    """
    use = uses()[purpose]
    if not use.texts:
        raise LookupError(purpose)
    latest = use.texts[-1]
    kept = kept_words(use.kept) if use.kept else ""
    return Told(latest.version, latest.text.format(office=office, kept=kept))


@cache
def by_zalo() -> frozenset[str]:
    """Give the versions of the words by which a number may be written to by Zalo."""
    return frozenset(one.version for use in uses().values() for one in use.texts if one.by_zalo)


def text_of(version: str) -> str:
    """Give the words of a version somebody was told or agreed to, as they stand in the data.

    Raises:
        LookupError: no such words were ever shown.
    """
    texts = (one for use in uses().values() for one in use.texts)
    found = next((one.text for one in texts if one.version == version), None)
    if found is None:
        raise LookupError(version)
    return found
