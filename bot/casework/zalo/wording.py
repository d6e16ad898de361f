"""What is wrong with an account, in the same words wherever an official meets it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from bot.casework.zalo.alarms import AlarmKind
from bot.storage.zalo_overview_rows import AccountState

WORDS: Final = Path(__file__).with_name("alarms.vi.toml")
# Their words are those of the fault.
OF_TOKENS: Final = frozenset({AlarmKind.CONSENT, AlarmKind.FAULT})


@cache
def words_of(part: str) -> Mapping[str, str]:
    """Give the words of a part of the file by name."""
    told: dict[str, str] = tomllib.loads(WORDS.read_text(encoding="utf-8"))[part]
    return told


def alarm_sentences(
    account: AccountState, kinds: Sequence[AlarmKind], waiting: int
) -> Sequence[str]:
    """Say each alarm of an account, and what to do; ``waiting`` are replies nobody pays for."""
    return [
        trouble_sentence(account) if one in OF_TOKENS else _alarm_sentence(one, waiting)
        for one in kinds
    ]


def _alarm_sentence(kind: AlarmKind, waiting: int) -> str:
    return waiting_sentence(waiting) if kind is AlarmKind.WAITING else words_of("alarms")[kind]


def waiting_sentence(count: int) -> str:
    """Say how many replies wait to be paid for, and what to do."""
    return words_of("alarms")["waiting"].format(count=count)


def trouble_sentence(account: AccountState) -> str:
    """Say what is wrong with the tokens; a fault that nobody named is told by its code."""
    say = words_of("faults")
    return say.get(account.fault or "refused") or say["other"].format(fault=account.fault)
