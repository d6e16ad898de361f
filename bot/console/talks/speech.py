"""What is looked at before an official speaks: under which name, and whether it tells too much."""

from __future__ import annotations

from bot.conversation.desk import Desk
from bot.officials.models import Officer
from bot.privacy import in_words, mask


def speaker(officer: Officer, desk: Desk) -> str:
    """Give what a citizen sees of who speaks: the title, or the name where the office says so."""
    shown = officer.name if desk.standing.rules.show_names else officer.title
    return shown or desk.say("officer_unnamed")


def doubts(text: str) -> str:
    """Give the kinds of personal data that stand in ``text``, in words; often there are none."""
    return ", ".join(in_words(f"[{kind}]").strip("[]") for kind in mask(text).kinds)
