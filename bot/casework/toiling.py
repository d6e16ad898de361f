"""Pictures made to keep a machine at work for hours: a small file whose drawing never ends.

A progressive JPEG is gone over once for each of its scans, and an empty scan of a large picture
has some eighty bytes: 8 MB of them are an hour. A colour profile (PNG) is unpacked as often as it
is there. Pictures of cameras and programs have some ten scans, a few hundred markers, one profile.
"""

from __future__ import annotations

import re
from typing import Final

MOST_SCANS: Final = 50
MOST_MARKERS: Final = 2_000
MOST_PROFILES: Final = 1
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_PROFILE: Final = b"iCCP"
_JPEG: Final = b"\xff\xd8"
_SCAN: Final = 0xDA
_END: Final = 0xD9
# A marker as a reader looks for it: within a scan, what is none is followed by 00 or a restart.
_MARKER: Final = re.compile(rb"\xff([^\x00\xff\xd0-\xd8\x01])")
_SIZE: Final = 2


def is_toilsome(content: bytes) -> bool:
    """Tell whether ``content`` is a picture to be refused before any of it is drawn."""
    if content.startswith(_PNG):
        return _profiles(content) > MOST_PROFILES
    return content.startswith(_JPEG) and _goes_on_and_on(content)


def _profiles(content: bytes) -> int:
    """Count the profiles; where they stand in other data they are counted as well."""
    return content.count(_PROFILE)


def _goes_on_and_on(content: bytes) -> bool:
    """Tell whether a photo has too many scans or markers, up to its end."""
    at, scans = len(_JPEG), 0
    for _ in range(MOST_MARKERS):
        found = _MARKER.search(content, at)
        if found is None or found[1][0] == _END:
            return False
        scans += found[1][0] == _SCAN
        if scans > MOST_SCANS:
            return True
        size = int.from_bytes(content[found.end() : found.end() + _SIZE])
        at = found.end() + max(size, _SIZE)
    return True
