"""Names of persons by what they are made of and what stands before them.

“Chị Hạnh ở một cửa”, “khen Hà Văn Quý”, “người gửi hoàng thị pành”: a family name with capitals
behind it, a given name behind a form of address, either behind a label. Streets, schools and
communes bear names of persons too; what they are called after stays.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.privacy import syllables as known
from bot.privacy.full_names import full_name
from bot.privacy.given_names import behind_a_number, beside_a_number, given_name, signed
from bot.privacy.kinds import Found, PersonalData
from bot.privacy.reading import Reading, Word, read
from bot.privacy.small_names import small_given_name, small_name, without_family
from bot.privacy.spots import Spot


def find_persons(text: str) -> Iterator[Found]:
    """Give the names of persons in ``text``, in order."""
    reading = read(text)
    words, at, on_street = reading.words, 0, False
    while at < len(words):
        if not (on_street or _may_begin(reading, words[at])):
            at += 1
            continue
        spot = Spot(reading, at, on_street)
        length = _length(spot)
        if length:
            last = words[at + length - 1]
            yield Found(PersonalData.NAME, words[at].start, last.end)
        on_street = not length and spot.is_street
        at += length or max(1, spot.street_length if on_street else 1)


def _may_begin(reading: Reading, word: Word) -> bool:
    """Tell whether a name or a street may begin with ``word``: with most words none does."""
    raised = word.is_capital and not reading.is_shouted
    return raised or known.BEGINNINGS.has(word) or word.key in known.STREETS.firsts


def _length(spot: Spot) -> int:
    """Give of how many words the name is that begins at ``spot``; none means that none does."""
    if spot.word.is_hidden or spot.word.is_number:
        return 0
    if spot.word.is_capital and spot.run:
        return (
            full_name(spot)
            or given_name(spot)
            or beside_a_number(spot)
            or behind_a_number(spot)
            or signed(spot)
        )
    return small_name(spot) or without_family(spot) or small_given_name(spot)
