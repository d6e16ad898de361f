"""The text that goes back to who asked: their own question, shortened, and the answer."""

from __future__ import annotations

from typing import Final

from bot.privacy import in_words

LONGEST_QUOTE: Final = 120


def quoted(question: str) -> str:
    """Give a masked question as it is quoted: on one line, at most ``LONGEST_QUOTE`` signs."""
    said = " ".join(in_words(question).split())
    if len(said) <= LONGEST_QUOTE:
        return said
    head = said[: LONGEST_QUOTE - 1]
    # A word is left out rather than cut, unless nothing else was said.
    return f"{head[: head.rfind(' ')].rstrip(' ,.;:') if ' ' in head else head}…"


def follow_up(head: str, answer: str) -> str:
    """Join the sentence that names question and writer to the answer, whose paragraphs stay."""
    return f"{head}\n{answer.strip()}"
