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


def alarm_sentences(account: AccountState, kinds: Sequence[AlarmKind]) -> Sequence[str]:
    """Say each alarm of an account, and what to do."""
    say = words_of("alarms")
    return [trouble_sentence(account) if one in OF_TOKENS else say[one] for one in kinds]


def trouble_sentence(account: AccountState) -> str:
    """Say what is wrong with the tokens; a fault that nobody named is told by its code."""
    say = words_of("faults")
    return say.get(account.fault or "refused") or say["other"].format(fault=account.fault)
