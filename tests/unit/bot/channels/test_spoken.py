"""Where no name stands beside the words, an officer's begin with the word that tells so."""

from __future__ import annotations

import pytest

from bot.channels.spoken import spoken
from bot.messages import Author, OutgoingMessage, Reply
from tests.factories import a_citizen


@pytest.mark.parametrize(
    ("author", "told"),
    [
        (Author.BOT, "Chào bác"),
        (Author.OFFICE, "Chào bác"),
        (Author.OFFICER, "Cán bộ:\nChào bác"),
    ],
)
def test_only_an_officers_words_are_told_as_theirs(author: Author, told: str) -> None:
    message = OutgoingMessage(id=1, address=a_citizen(), reply=Reply("Chào bác"), author=author)
    assert spoken(message) == told
