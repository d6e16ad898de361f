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
# The word of a stream that programs which show pages begin, each at another place.
_ODD: Final = re.compile(rb"(?<!end)stream(?!\r?\n)")
_COMMENT: Final = re.compile(rb"%[^\r\n]*")
# Of an object stream: what would let it be read in another way than here.
_HIDDEN: Final = re.compile(rb"/ObjStm(?![A-Za-z0-9])")
_TWISTED: Final = re.compile(rb"/(?:Predictor|LZW\w*|ASCII\w+|RunLength\w*|Crypt|A85|AHx|RL)\b")
_END: Final = b"%%EOF"
_BLANKS: Final = b"\0\t\n\f\r "
# A head as long as browsers look for marks of a web page in.
_HEAD: Final = 1024
# Streams of one file; portions of what comes out of one; all that may come out of the file.
_MOST_STREAMS: Final = 50_000
# Of what stands before the word of a stream so much is looked at.
_BEFORE: Final = 256
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
    if any(sum(1 for _ in one.finditer(content)) > _MOST_STREAMS for one in (_STREAM, _ODD)):
        raise NotAttachable(Unfit.PACKED)
    plain = _unescaped(content)
    if _LOCKED.search(plain):
        raise NotAttachable(Unfit.LOCKED)
    if _ACTIVE.search(plain):
        raise NotAttachable(Unfit.ACTIVE)
    _begun_alike(content)
    _quiet_inside(content, most)


def _begun_alike(content: bytes) -> None:
    """Look for a stream, behind its dictionary, that does not begin as all agree on."""
    for found in _ODD.finditer(content):
        before = content[max(found.start() - _BEFORE, 0) : found.start()]
        told = (before.rstrip(_BLANKS), _COMMENT.sub(b"", before).rstrip(_BLANKS))
        if any(not one or one.endswith(b">>") for one in told):
            raise NotAttachable(Unfit.BROKEN)


def _quiet_inside(content: bytes, most: int) -> None:
    """Look at what comes out of the streams, all of it."""
    left = most
    for before, packed in _streams(content):
        hides = _HIDDEN.search(before) is not None
        if hides and _TWISTED.search(before):
            raise NotAttachable(Unfit.ACTIVE)
        for portion in _unpacked(packed, whole=hides):
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


def _streams(content: bytes) -> Iterator[tuple[bytes, memoryview]]:
    """Give each stream and what is behind it, with all that stands between it and the one before.

    Where its own dictionary begins is not asked: a text in it may look like any beginning.
    """
    last = 0
    for start in _STREAM.finditer(content):
        yield _unescaped(content[last : start.start()]), memoryview(content)[start.end() :]
        last = start.end()


def _unpacked(packed: memoryview, *, whole: bool) -> Iterator[bytes]:
    """Give what a stream holds in portions, as far as it is one of zlib.

    Raises:
        NotAttachable: one that must be ``whole`` is damaged: others show what came out until then.
    """
    reader, before = zlib.decompressobj(), b""
    whole = whole and _is_zlib(packed)
    try:
        while not reader.eof and packed:
            portion = reader.decompress(packed[:_PORTION], _PORTION)
            taken = min(len(packed), _PORTION) - len(reader.unconsumed_tail)
            packed = packed[taken:]
            yield before + portion
            before = portion[-_OVERLAP:]
    except zlib.error as error:
        if whole:
            raise NotAttachable(Unfit.BROKEN) from error


def _is_zlib(packed: memoryview) -> bool:
    """Tell whether it begins as RFC 1950 says; else nobody unpacks it."""
    head = bytes(packed[:2])
    return len(head) == 2 and head[0] & 15 == zlib.DEFLATED and int.from_bytes(head) % 31 == 0  # noqa: PLR2004
