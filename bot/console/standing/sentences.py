"""A sentence of the bot: as shipped, as an office says it, and as a citizen will read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.console.words import say
from bot.conversation.desk import Desk
from bot.conversation.wording import Wording
from bot.officials.own_words import gaps
from bot.storage.setting_rows import Setting
from knowledge.text import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence; ``own`` is what an office of the line has set, the nearest counts."""

    key: str
    shipped: str
    own: Setting | None
    fixed: bool

    @property
    def text(self) -> str:
        """Give what is said."""
        return str(self.own.value["text"]) if self.own else self.shipped

    def called(self, desk: Desk) -> str:
        """Give what it is called in a list: its first line with the gaps filled in."""
        return self.filled(self.text, desk).partition("\n")[0]

    @property
    def gaps(self) -> tuple[str, ...]:
        """Give what the program fills in, as it is written."""
        return tuple(f"{{{name}}}" for name in sorted(gaps(self.shipped)))

    def matches(self, text: str) -> bool:
        """Tell whether the sentence has ``text`` in it, with or without marks."""
        return fold(text) in fold(self.text)

    def filled(self, text: str, desk: Desk) -> str:
        """Give ``text`` as a citizen reads it; of what only a question tells an example in ‹›."""
        known = {"office": desk.office.name if desk.office else "", "contact": desk.contact()}
        for name in gaps(self.shipped):
            text = text.replace(f"{{{name}}}", known.get(name) or f"‹{example_of(name)}›")
        return "\n".join(line for line in text.splitlines() if line.strip())


def example_of(gap: str) -> str:
    """Give what might stand in a gap."""
    return say(f"gap_examples.{gap}")


def sentences_of(
    wording: Wording, own: Sequence[Setting], line: Sequence[str]
) -> tuple[Sentence, ...]:
    """Give every sentence as the last office of ``line`` says it."""
    nearest: dict[str, Setting] = {}
    for setting in sorted(own, key=lambda one: line.index(one.office)):
        nearest[setting.key.removeprefix("wording:")] = setting
    return tuple(
        Sentence(key=key, shipped=shipped, own=nearest.get(key), fixed=key in wording.fixed)
        for key, shipped in wording.replies.items()
    )
