"""What is not done with a case, and why; each says in Vietnamese what to do instead."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

from bot.errors import BotError
from bot.feedback.errors import NotAllowed, Overtaken

DATA: Final = Path(__file__).with_name("refusing.vi.toml")


class Why(StrEnum):
    """Why something is not done."""

    NOWHERE = "nowhere"
    FORBIDDEN = "forbidden"
    NOT_THEIRS = "not_theirs"
    STATE = "state"
    OVERTAKEN = "overtaken"
    CLAIMED = "claimed"
    REASON = "reason"
    WORDS = "words"
    NOBODY = "nobody"
    UNIT = "unit"
    OFFICER = "officer"
    OFFICE = "office"
    BODY = "body"
    SAME = "same"
    KIND = "kind"
    CODE = "code"
    RESULT = "result"
    GAP = "gap"
    NO_DRAFT = "no_draft"
    NOT_SUBMITTED = "not_submitted"
    OWN = "own"
    FOUR_EYES = "four_eyes"
    ONCE = "once"
    PAST = "past"
    PAUSED = "paused"
    TOO_SOON = "too_soon"
    FINAL = "final"
    ITSELF = "itself"
    MAIN = "main"
    IS_MAIN = "is_main"
    NOT_MERGED = "not_merged"
    MAIN_ENDED = "main_ended"
    NAME = "name"
    TAKEN = "taken"
    BUSY = "busy"
    MEMBERS = "members"
    NOTHING_TO_CALL = "nothing_to_call"
    NO_BOARD = "no_board"
    NEVER_PUBLIC = "never_public"
    NOT_AGREED = "not_agreed"
    DECLINED = "declined"
    NO_CHAT = "no_chat"
    PERSONAL = "personal"
    SENDER = "sender"
    REFERENCE = "reference"
    KEPT = "kept"
    NOT_KEPT = "not_kept"
    NO_KEY = "no_key"
    FILES_NO_KEY = "files_no_key"
    NOT_PREPARED = "not_prepared"
    OWN_RELEASE = "own_release"
    NOT_PUBLIC = "not_public"
    NOT_ENTERED = "not_entered"
    THEIRS = "theirs"
    MAIN_THEIRS = "main_theirs"
    NOBODY_LEFT = "nobody_left"
    COMPLAINED = "complained"


class Refused(BotError):
    """A step is not done; its words are for the officer who wished it."""

    def __init__(self, why: Why, **gaps: object) -> None:
        """Keep why, with its sentence."""
        super().__init__(words()[why].format(**gaps))
        self.why = why


def in_words(fault: BotError) -> str:
    """Tell an officer what stands against a step, whichever rule it was."""
    match fault:
        case NotAllowed():
            return words()[Why.STATE]
        case Overtaken():
            return words()[Why.OVERTAKEN]
        case _:
            return str(fault)


@cache
def words() -> Mapping[str, str]:
    """Give the sentences of ``refusing.vi.toml``."""
    return tomllib.loads(DATA.read_text(encoding="utf-8"))
