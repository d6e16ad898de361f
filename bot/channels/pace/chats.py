"""The rule of a single chat: a message a second, of a group twenty a minute.

Telegram lets short bursts to one person pass (core.telegram.org/bots/faq#broadcasting-to-users),
so the parts of a reply may follow each other at once; a broadcast never makes use of that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.messages import Priority

# A little more than what is asked for, as one call may travel faster than the one before.
JITTER: Final = 1.02
REMEMBERED: Final = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Seconds between two messages to one chat, and how many replies may come at once."""

    seconds: float
    at_once: int = 1


PERSON: Final = Rule(seconds=1.0, at_once=3)
GROUP: Final = Rule(seconds=60 / 20)


class Chats:
    """When each chat may be written to again."""

    def __init__(self, *, person: Rule = PERSON, group: Rule = GROUP) -> None:
        """Start with nothing sent to anybody; the ids of groups begin with a minus sign."""
        self._person = person
        self._group = group
        # When all that was sent would have been due, were it sent at even distances.
        self._even: dict[str, float] = {}
        self._silent: dict[str, float] = {}

    def opens(self, chat: str, priority: Priority) -> float:
        """Give when ``chat`` may be written to, in the past when it may already."""
        even = self._even.get(chat, 0.0)
        if priority is Priority.REPLY:
            rule = self._rule(chat)
            even -= (rule.at_once - 1) * rule.seconds * JITTER
        return max(even, self.silent_until(chat))

    def silent_until(self, chat: str) -> float:
        """Give the end of the silence asked for ``chat`` alone."""
        return self._silent.get(chat, 0.0)

    def is_spaced(self, chat: str, now: float) -> bool:
        """Tell whether a message at ``now`` keeps its distance from all before it."""
        return self._even.get(chat, 0.0) <= now

    def write(self, chat: str, now: float) -> None:
        """Note that a message goes to ``chat``."""
        self._forget(now)
        self._even[chat] = max(self._even.get(chat, 0.0), now) + self._rule(chat).seconds * JITTER

    def delay(self, chat: str, seconds: float) -> None:
        """Note that the last message left so much later than it was let go."""
        if chat in self._even:
            self._even[chat] += seconds

    def hush(self, chat: str, until: float) -> None:
        """Let nothing go to ``chat`` before ``until``."""
        self._silent[chat] = max(self._silent.get(chat, 0.0), until)

    def _rule(self, chat: str) -> Rule:
        return self._group if chat.startswith("-") else self._person

    def _forget(self, now: float) -> None:
        if len(self._even) > REMEMBERED:
            self._even = {chat: until for chat, until in self._even.items() if until > now}
            self._silent = {chat: until for chat, until in self._silent.items() if until > now}
