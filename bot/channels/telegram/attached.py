"""What goes with a message: a photo or document by its id, a position by its numbers.

Shapes are those of core.telegram.org/bots/api (PhotoSize, Document, Location, Venue).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from bot.channels.telegram.shapes import is_number, part, word
from bot.channels.typed import clean
from bot.messages import Attachment, Position

Json = Mapping[str, Any]
# Ids have less than a hundred signs today; how many they may have is not promised.
LONGEST_ID: Final = 256
LONGEST_MEDIA: Final = 100
# Photos are always of this kind.
PHOTO: Final = "image/jpeg"


def attachment_of(message: Json) -> Attachment | None:
    """Give the photo in its largest size, or the document, that goes with ``message``."""
    sizes = message.get("photo")
    if isinstance(sizes, list):
        largest = max((one for one in sizes if isinstance(one, dict)), key=_area, default={})
        return _read(largest, media=PHOTO)
    document = part(message, "document")
    return _read(document, media=word(document, "mime_type")[:LONGEST_MEDIA].lower())


def position_of(message: Json) -> Position | None:
    """Give the place that ``message`` shows; a venue shows its own."""
    told = part(message, "location") or part(part(message, "venue"), "location")
    return Position.read(told.get("latitude"), told.get("longitude"))


def venue_of(message: Json) -> str:
    """Give the name and the address of the venue that ``message`` shows."""
    venue = part(message, "venue")
    told = (word(venue, "title"), word(venue, "address"))
    return ", ".join(filter(None, map(clean, told)))


def _area(size: Json) -> int:
    sides = (size.get("width"), size.get("height"))
    across, down = (side if is_number(side) else 0 for side in sides)
    return across * down


def _read(file: Json, *, media: str) -> Attachment | None:
    reference = word(file, "file_id")
    # Part of an id is no id.
    if not reference or len(reference) > LONGEST_ID or not reference.isascii():
        return None
    size = file.get("file_size")
    return Attachment(
        reference=reference,
        media=clean(media),
        size=size if is_number(size) and size > 0 else 0,
    )
