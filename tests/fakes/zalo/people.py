"""Who is there: apps, official accounts and the people who meet them, with what Zalo knows."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

Json = dict[str, Any]
Pairs = tuple[tuple[str, str], ...]
# Above 2^53, so that whoever keeps ids as numbers loses some.
_FIRST: Final = 4_318_281_827_364_550_001
_STEP: Final = 104_729


@dataclass
class Numbers:
    """Gives each id once; a run by hand begins ``later`` than the one before it did."""

    next: int = _FIRST

    def take(self) -> int:
        self.next += _STEP
        return self.next - _STEP

    def later(self, moment: int) -> None:
        """Leave all ids of earlier moments (milliseconds) out: who kept some knows them again."""
        self.next = _FIRST + moment * _STEP


NUMBERS: Final = Numbers()


def new_id() -> str:
    """A digit string nobody else has."""
    return str(NUMBERS.take())


def derived_id(*of: str) -> str:
    """The same digit string for the same names, above 2^53."""
    digest = hashlib.sha256("\0".join(of).encode()).digest()
    return str(10**18 + int.from_bytes(digest[:7], "big") % (8 * 10**18))


@dataclass
class App:
    """An app of the developer page. ``events_to`` is the address of its webhook, if any."""

    app_id: str = field(default_factory=new_id)
    secret: str = "app-secret-of-the-emulator"
    webhook_secret: str = "webhook-secret-of-the-emulator"
    events_to: str = ""
    webhook_off: bool = False
    callback: str = ""
    challenge: str = ""
    # By this code the developer page knows that a domain is the app's.
    domain_code: str = "EmulatorProof0123456789"
    active: bool = True
    registered: bool = True
    wants_proof: bool = False


@dataclass
class Account:
    """An official account (OA): its package, what is left of it, its state."""

    app: App
    name: str = "Phường Thử Nghiệm"
    oa_id: str = field(default_factory=new_id)
    verified: bool = True
    package: str = "Growth"
    package_until: str = "31/12/2027"
    cloud_linked: bool = True
    cloud_money: int = 1_000_000
    kind: int = 4
    granted: bool = True
    disabled: bool = False
    can_link: bool = True
    messages_a_month: int = 500
    purchased: int = 0
    rewarded: int = 0
    broadcasts_a_month: int = 30
    articles_a_month: int = 100
    uploads_a_month: int = 5_000
    templates_a_day: int = 2_000
    administrators: set[str] = field(default_factory=set)
    people: dict[str, Person] = field(default_factory=dict)
    used: Counter[tuple[str, str]] = field(default_factory=Counter)
    # Quotas of a month of which the caller was told that nothing is left.
    told_empty: set[tuple[str, str]] = field(default_factory=set)
    # Kinds of message it was told it may not send (buttons, list), and when.
    told_not: dict[str, datetime] = field(default_factory=dict)
    _phones: dict[str, Person] = field(default_factory=dict)

    def followers(self) -> list[Person]:
        return [person for person in self.people.values() if person.follows]

    def by_phone(self, phone: str) -> Person | None:
        """Whoever has this number; found again at once, of many thousands."""
        found = self._phones.get(phone)
        if found is None or found.phone != phone:
            self._phones = {one.phone: one for one in self.people.values() if one.phone}
            found = self._phones.get(phone)
        return found


@dataclass(frozen=True, kw_only=True)
class Button:
    """A button as a citizen sees it; ``value`` is what is sent, opened or called."""

    title: str
    type: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Element:
    """One row of a list, or the card of an article or of a request for one's details."""

    title: str
    subtitle: str = ""
    image: str = ""
    link: str = ""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """One message as it arrived; ``route`` is cs, template, broadcast or manager."""

    message_id: str
    at: datetime
    route: str = "cs"
    kind: str = "text"
    text: str = ""
    buttons: tuple[Button, ...] = ()
    elements: tuple[Element, ...] = ()
    images: tuple[bytes, ...] = ()
    image_links: tuple[str, ...] = ()
    files: tuple[tuple[str, bytes], ...] = ()
    quota: str = ""
    details: Pairs = ()


@dataclass
class Person:
    """Somebody as one OA knows them; ``shown`` is their chat as they see it."""

    account: Account
    key: str
    name: str = "Nguyễn Văn Nam"
    phone: str = ""
    # Demographics by the codes of a broadcast's target.
    age: int = 3
    gender: int = 1
    platform: int = 2
    telco: int = 3
    city: int = 18
    location: int = 1
    follows: bool = False
    left_at: datetime | None = None
    # Whether the caller took the news that this person left.
    left_told: Callable[[], bool] = lambda: False
    interacted_at: datetime | None = None
    free_used: int = 0
    inactive: bool = False
    restricted: bool = False
    blocks: bool = False
    sensitive: bool = False
    tags: list[str] = field(default_factory=list)
    alias: str = ""
    shared: dict[str, str] = field(default_factory=dict)
    shown: list[Seen] = field(default_factory=list)
    talk: list[Json] = field(default_factory=list)
    # Refusals the caller was told of since this person's last act.
    told: set[int] = field(default_factory=set)

    @property
    def user_id(self) -> str:
        long = self.key.isdigit() and len(self.key) > 15
        return self.key if long else derived_id(self.account.oa_id, self.key)

    @property
    def by_app(self) -> str:
        """The id by which the app knows them, besides the OA's."""
        return derived_id(self.account.app.app_id, self.key)

    def interacts(self, at: datetime) -> None:
        """Count as active from ``at``: the windows begin anew."""
        self.interacted_at = at
        self.free_used = 0
        self.told.clear()
