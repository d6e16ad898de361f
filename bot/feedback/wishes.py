"""What a turn of a conversation wants done about feedback; done when the turn is stored."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.feedback.drafts import Draft
from bot.feedback.kinds import Kind
from bot.feedback.models import CaseId


@dataclass(frozen=True, slots=True)
class Keep:
    """Keep the draft for the next message."""

    draft: Draft


@dataclass(frozen=True, slots=True)
class Drop:
    """Forget the draft and its files."""


@dataclass(frozen=True, slots=True)
class Discard:
    """Erase stored files that belong to no case: they were not asked for, or must not be kept."""

    files: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class File:
    """Make a case of the draft, which is forgotten; the reply holds its reference."""

    draft: Draft


@dataclass(frozen=True, slots=True)
class Follow:
    """Tell this conversation of a case's public steps from now on, or no more."""

    case: CaseId
    on: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """Add words, files or both to an own case; it answers the office when the office asked."""

    case: CaseId
    words: str = ""
    files: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """Say how satisfied one is (1 to 5), by which factor, and why."""

    case: CaseId
    level: int
    factor: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopen:
    """Have an own case looked at again."""

    case: CaseId
    why: str


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Take an own case back."""

    case: CaseId


@dataclass(frozen=True, slots=True)
class Publish:
    """Say whether an own case may be shown to everybody, without who sent it."""

    case: CaseId
    agreed: bool


@dataclass(frozen=True, slots=True)
class Count:
    """Count that the lawful way of a complaint or a denunciation was shown; nothing else."""

    kind: Kind


@dataclass(frozen=True, slots=True)
class Seal:
    """Put words that were typed in spite of the warning into the sealed inbox."""

    words: str


@dataclass(frozen=True, slots=True)
class Miss:
    """Count a reference that was typed and is nobody's: who guesses must wait."""


class DataWish(StrEnum):
    """What a person wants a person to do with the data about them (Luật 91/2025/QH15)."""

    EXPORT = "export"
    ERASE = "erase"


@dataclass(frozen=True, slots=True)
class Copy:
    """Give out at once what is kept about who speaks."""


@dataclass(frozen=True, slots=True)
class Data:
    """Have officers hand over a copy; or erase at once what may be, and have them see to the rest.

    What came of it is said where it is done: the turn itself cannot know it.
    """

    wish: DataWish


Wish = (
    Keep
    | Drop
    | Discard
    | File
    | Follow
    | Say
    | Rate
    | Reopen
    | Withdraw
    | Publish
    | Count
    | Seal
    | Miss
    | Copy
    | Data
)
