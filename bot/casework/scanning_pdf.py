"""A PDF that only shows pages: nothing in it runs, starts, loads or holds another file.

Names are those of ISO 32000-2 (12.6 actions, 7.11.4 embedded files, 12.7 forms). Looked at are all
bytes as they stand and all that a zlib stream holds, where object streams (7.5.7) hide names.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from bot.casework.unfit import NotAttachable, Unfit

_ACTIVE: Final = re.compile(
    rb"/(?:JavaScript|Launch|EmbeddedFiles?|FileAttachment|RichMedia|Rendition|GoToE|GoToR"
    rb"|ImportData|SubmitForm|XFA|Movie|Sound|OnInstantiate)(?![A-Za-z0-9])"
)
_LOCKED: Final = re.compile(rb"/Encrypt(?![A-Za-z0-9])")
_ESCAPED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM: Final = re.compile(rb"(?<!end)stream\r?\n")
# Of an object stream: what would let it be read in another way than here.
_HIDDEN: Final = re.compile(rb"/ObjStm(?![A-Za-z0-9])")
_TWISTED: Final = re.compile(rb"/(?:Predictor|LZW\w*|ASCII\w+|RunLength\w*|Crypt|A85|AHx|RL)\b")
_END: Final = b"%%EOF"
_BLANKS: Final = b"\0\t\n\f\r "
# A head as long as browsers look for marks of a web page in.
_HEAD: Final = 1024
# Streams of one file; the longest dictionary before one; portions of what comes out of it; all
# that may come out of the file.
_MOST_STREAMS: Final = 50_000
_DICTIONARY: Final = 4096
_PORTION: Final = 1 << 20
_MOST: Final = 256 << 20
# A name lies in one portion or across two.
_OVERLAP: Final = 64


def quiet_pdf(content: bytes, *, most: int = _MOST) -> None:
    """Look through a PDF that unpacks to ``most`` bytes.

    Raises:
        NotAttachable: it is broken, locked, more than a PDF, or does something by itself.
    """
    _whole(content)
    if sum(1 for _ in _STREAM.finditer(content)) > _MOST_STREAMS:
        raise NotAttachable(Unfit.PACKED)
    plain = _unescaped(content)
    if _LOCKED.search(plain):
        raise NotAttachable(Unfit.LOCKED)
    if _ACTIVE.search(plain) or any(map(_is_twisted, _dictionaries(content))):
        raise NotAttachable(Unfit.ACTIVE)
    _quiet_inside(content, most)


def _quiet_inside(content: bytes, most: int) -> None:
    """Look at what comes out of the streams, all of it."""
    left = most
    for start in _STREAM.finditer(content):
        for portion in _unpacked(memoryview(content)[start.end() :]):
            left -= len(portion)
            if left < 0:
                raise NotAttachable(Unfit.PACKED)
            if _ACTIVE.search(_unescaped(portion)):
                raise NotAttachable(Unfit.ACTIVE)


def _whole(content: bytes) -> None:
    body, end, behind = content.rpartition(_END)
    if not end or b"startxref" not in body:
        raise NotAttachable(Unfit.BROKEN)
    head = content[:_HEAD].lower()
    is_page = b"<html" in head or b"<script" in head or b"<!doctype" in head
    if behind.strip(_BLANKS) or is_page or zipfile.is_zipfile(io.BytesIO(content)):
        raise NotAttachable(Unfit.DOUBLE)


def _unescaped(content: bytes) -> bytes:
    """Write names plainly in which signs stand as numbers: ``/J#61vaScript``."""
    return _ESCAPED.sub(lambda found: bytes.fromhex(found[1].decode()), content)


def _dictionaries(content: bytes) -> Iterator[bytes]:
    """Give what stands before each stream, back to the beginning of its object."""
    for start in _STREAM.finditer(content):
        before = content[max(start.start() - _DICTIONARY, 0) : start.start()]
        yield _unescaped(before.rpartition(b"obj")[2])


def _is_twisted(dictionary: bytes) -> bool:
    return bool(_HIDDEN.search(dictionary) and _TWISTED.search(dictionary))


def _unpacked(packed: memoryview) -> Iterator[bytes]:
    """Give what a stream holds in portions, as far as it is one of zlib."""
    reader, before = zlib.decompressobj(), b""
    try:
        while not reader.eof and packed:
            portion = reader.decompress(packed[:_PORTION], _PORTION)
            taken = min(len(packed), _PORTION) - len(reader.unconsumed_tail)
            packed = packed[taken:]
            yield before + portion
            before = portion[-_OVERLAP:]
    except zlib.error:
        return
