"""Keys for one purpose each, worked out of one secret (HKDF, RFC 5869)."""

from __future__ import annotations

from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_BYTES: Final = 32


def derived(secret: bytes, purpose: bytes) -> bytes:
    """Give the 32 bytes of ``secret`` for ``purpose``; another purpose tells nothing of them."""
    return HKDF(algorithm=SHA256(), length=_BYTES, salt=None, info=purpose).derive(secret)
