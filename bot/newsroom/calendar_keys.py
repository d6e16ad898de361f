"""Use case: an office's calendar may be read by other programs, under an address nobody guesses.

The key in it is 256 random bits, shown once; the table holds its SHA-256, so that whoever reads
the table can read no calendar, and how long a look-up takes tells nothing of a key.
"""

from __future__ import annotations

import secrets
from hashlib import sha256
from typing import Final

from bot.casework.deeds import Acting
from bot.officials.audit import Deed
from bot.storage.calendar_key_rows import drop_key, key_at, put_key

RANDOM_BYTES: Final = 32


def digest_of(key: str) -> str:
    """Give what is stored of a key."""
    return sha256(key.encode()).hexdigest()


async def make_key(acting: Acting, office: str) -> str:
    """Make a key for an office's calendar and give it; an earlier one opens nothing any more."""
    renewed = await key_at(acting.connection, office) is not None
    key = secrets.token_urlsafe(RANDOM_BYTES)
    await put_key(acting.connection, office, digest_of(key), by=acting.by.officer, at=acting.now)
    _did(acting, "calendar_key_renewed" if renewed else "calendar_key_made", office)
    return key


async def withdraw_key(acting: Acting, office: str) -> bool:
    """Let nobody read an office's calendar any more; tell whether anybody could."""
    done = await drop_key(acting.connection, office)
    if done:
        _did(acting, "calendar_key_withdrawn", office)
    return done


def _did(acting: Acting, action: str, office: str) -> None:
    acting.did(Deed(action=action, office=office, kind="calendar", subject=office))
