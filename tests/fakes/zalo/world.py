"""All that is there, shared by the rooms of the emulator."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.fakes.zalo.clock import Agenda, Clock
from tests.fakes.zalo.ledger import Ledger
from tests.fakes.zalo.mischief import Mischief
from tests.fakes.zalo.people import Account, App, Person
from tests.fakes.zalo.rules import Rules
from tests.fakes.zalo.weather import Weather


@dataclass
class Token:
    """An access token and whose it is; ``died`` says why it is worth nothing any more."""

    account: Account
    until: float
    died: str = ""
    died_at: float = 0.0


@dataclass
class World:
    """The state of one emulator; its rooms hold what only they need."""

    clock: Clock = field(default_factory=Clock)
    rules: Rules = field(default_factory=Rules)
    weather: Weather = field(default_factory=Weather)
    mischief: Mischief = field(default_factory=Mischief)
    ledger: Ledger = field(default_factory=Ledger)
    apps: dict[str, App] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    tokens: dict[str, Token] = field(default_factory=dict)
    # Where the emulator itself answers; files of citizens are fetched from there.
    url: str = ""

    def __post_init__(self) -> None:
        self.agenda = Agenda(self.clock)

    def person(self, account: Account, user_id: str) -> Person | None:
        return account.people.get(user_id)
