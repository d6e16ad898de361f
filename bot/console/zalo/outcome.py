"""What became of a message that was sent to try an account, in words that say what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.channels.zalo.tally import refusals
from bot.console.words import say, wording
from bot.console.zalo.refusing import number_words
from bot.storage.tables import OutboxStatus
from bot.storage.zalo_overview_rows import Mark
from bot.storage.zalo_test_rows import Tested


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """``head`` says how far it is, ``why`` what to do, ``answered`` what Zalo said."""

    tone: str
    head: str
    at: datetime
    why: str = ""
    answered: str = ""


def outcome(test: Tested, marks: Iterable[Mark]) -> Outcome:
    """Give what became of a message."""
    if test.status is OutboxStatus.SENT:
        return Outcome(tone="good", head=say("zalo_test.sent"), at=test.at)
    if not test.code:
        return Outcome(tone="info", head=say("zalo_test.going"), at=test.at)
    return Outcome(
        tone="warn" if test.waits else "bad",
        head=say("zalo_test.again" if test.waits else "zalo_test.failed"),
        at=test.at,
        why=_why(test.code),
        answered=_answered(test, marks),
    )


def _why(code: str) -> str:
    key = f"zalo_test_codes.{code}"
    return say(key) if key in wording().sentences else say("zalo_test_codes.other", code=code)


def _answered(test: Tested, marks: Iterable[Mark]) -> str:
    """Give Zalo's last refusal since then that means what the message ended with, if any."""
    for one in refusals(marks, test.at):
        if one.code.send == test.code and one.feature.startswith("message/cs"):
            return number_words(str(one.code.host), one.code.number, one.feature)
    return ""
