"""The six digits of an authenticator application, RFC 6238 over RFC 4226, and recovery codes.

Pure: moments and randomness arrive as arguments.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from datetime import datetime
from typing import Final
from urllib.parse import quote, urlencode

STEP_SECONDS: Final = 30
DIGITS: Final = 6
SECRET_BYTES: Final = 20  # RFC 4226, 4: as long as the digest of SHA-1
# A telephone's clock may be off, and typing takes time: RFC 6238, 5.2.
NEIGHBOURS: Final = (-1, 0, 1)
NO_STEP: Final = -1
RECOVERY_CODES: Final = 10
RECOVERY_BYTES: Final = 7
RECOVERY_SIGNS: Final = 10  # of five bits each
# Crockford's digits: none of them is taken for another, i, l and o stand for 1, 1 and 0.
_SIGNS: Final = "0123456789abcdefghjkmnpqrstvwxyz"
_LIKE: Final = str.maketrans("ilo", "110")
_BETWEEN: Final = re.compile(r"[\s-]+")
_CODE: Final = re.compile(r"[0-9]{6}")


def step_at(now: datetime) -> int:
    """Give the number of the thirty seconds ``now`` falls into."""
    return int(now.timestamp()) // STEP_SECONDS


def code_at(secret: bytes, step: int, digits: int = DIGITS) -> str:
    """Give the digits an application with ``secret`` shows in ``step``."""
    digest = hmac.digest(secret, step.to_bytes(8), hashlib.sha1)
    # RFC 4226, 5.3: the last four bits say where the number begins.
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4]) & 0x7FFFFFFF
    return str(number % 10**digits).zfill(digits)


def matching_step(secret: bytes, code: str, now: datetime, last_step: int) -> int | None:
    """Give the step whose code was typed, if it is a neighbour of now and after ``last_step``.

    A code is good once: what was accepted before, and what came before that, is no answer.
    """
    typed = _BETWEEN.sub("", code)
    if not _CODE.fullmatch(typed):
        return None
    around = [step_at(now) + neighbour for neighbour in NEIGHBOURS]
    # All are compared, so that the time it takes tells nothing.
    fitting = [step for step in around if hmac.compare_digest(code_at(secret, step), typed)]
    return next((step for step in fitting if step > last_step), None)


def was_used(secret: bytes, code: str, now: datetime, last_step: int) -> bool:
    """Tell whether the code is right and refused only because it, or a later one, was taken."""
    return (
        matching_step(secret, code, now, last_step) is None
        and matching_step(secret, code, now, NO_STEP) is not None
    )


def secret_text(secret: bytes) -> str:
    """Give a secret as people type it into an application, in groups of four."""
    text = base64.b32encode(secret).decode().rstrip("=")
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def otpauth(secret: bytes, *, login: str, issuer: str) -> str:
    """Give the address a QR code tells an application.

    Its form is https://github.com/google/google-authenticator/wiki/Key-Uri-Format
    """
    label = quote(f"{issuer}:{login}", safe="")
    told = {
        "secret": secret_text(secret).replace(" ", ""),
        "issuer": issuer,
        "algorithm": "SHA1",
        "digits": DIGITS,
        "period": STEP_SECONDS,
    }
    return f"otpauth://totp/{label}?{urlencode(told, quote_via=quote)}"


def recovery_code(entropy: bytes) -> str:
    """Give a recovery code of 50 bits, such as ``4kz0m-9q2pf``, out of seven random bytes."""
    number = int.from_bytes(entropy[:RECOVERY_BYTES])
    signs = "".join(_SIGNS[(number >> 5 * place) & 31] for place in range(RECOVERY_SIGNS))
    return f"{signs[:5]}-{signs[5:]}"


def recovery_digest(code: str, officer: int) -> str:
    """Give what is stored of a recovery code, however it was typed."""
    plain = _BETWEEN.sub("", code).lower().translate(_LIKE)
    return hashlib.sha256(f"{officer}:{plain}".encode()).hexdigest()
