"""Files an officer sends a citizen with an answer: looked into before they are kept.

What is let in anywhere (``attaching``) is let in here only where its name tells its kind and
nothing in it would run, load or open something by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from bot.casework.attaching import FitFile, examined, office_suffix
from bot.casework.scanning_office import quiet_package
from bot.casework.scanning_pdf import quiet_pdf
from bot.casework.unfit import NotAttachable, Unfit

# Of one answer.
MOST_FILES: Final = 5
_PDF: Final = "application/pdf"
_ENDINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/webp": (".webp",),
    _PDF: (".pdf",),
}
# A picture is drawn anew, maybe as another kind of picture.
_PICTURES: Final = tuple(end for media, ends in _ENDINGS.items() if media != _PDF for end in ends)


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedAt:
    """What came: files that may be kept, and why others may not, each by the name it came with."""

    fit: tuple[FitFile, ...] = ()
    unfit: tuple[tuple[str, Unfit], ...] = ()


def looked_at(came: Iterable[tuple[str, bytes]]) -> LookedAt:
    """Look at files by name and content; it takes up to seconds, so call it in a thread."""
    fit: list[FitFile] = []
    unfit: list[tuple[str, Unfit]] = []
    for name, content in came:
        try:
            fit.append(examined_enclosure(name, content))
        except NotAttachable as refused:
            unfit.append((name, refused.why))
    return LookedAt(fit=tuple(fit), unfit=tuple(unfit))


def examined_enclosure(name: str, content: bytes) -> FitFile:
    """Look into one file.

    Raises:
        NotAttachable: it is not taken, is named as something else, or is more than it seems.
    """
    found = examined(name, content)
    if not name.strip().lower().endswith(_endings(found)):
        raise NotAttachable(Unfit.NAME)
    if found.media == _PDF:
        quiet_pdf(content)
    elif not found.is_picture:
        quiet_package(content)
    return found


def _endings(found: FitFile) -> tuple[str, ...]:
    if found.is_picture:
        return _PICTURES
    return _ENDINGS.get(found.media) or (office_suffix(found.media),)
