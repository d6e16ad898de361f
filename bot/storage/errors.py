"""What can go wrong between us and the database."""

from __future__ import annotations

import errno
from typing import Final

from bot.errors import BotError, CannotBegin

DISK_FULL: Final = "disk_full"
# PostgreSQL's code for it: https://www.postgresql.org/docs/current/errcodes-appendix.html
_SQLSTATE_DISK_FULL: Final = "53100"


class Unavailable(BotError):
    """The database cannot be asked now; the caller may try again."""


class NotStored(Unavailable):
    """The database could not take a write; nothing of it is stored, the caller may try again."""


class Unwritable(NotStored):
    """No database could take what was to be written; trying again is of no use."""


class Unusable(CannotBegin):
    """The database cannot be opened as it is set; the message holds no secret."""


class AlreadyServed(BotError):
    """Another process already serves this embedded database; the message is its number."""


def fault_of(error: BaseException) -> str:
    """Name what failed, for logs and ``/readyz``: a full disk as such, else the error's kind."""
    inner: BaseException | None = error
    while inner is not None:
        if _tells_of_a_full_disk(inner):
            return DISK_FULL
        inner = inner.__cause__
    return type(error).__name__


def held_by_another(error: BaseException) -> bool:
    """Tell whether an embedded database was not free in time: somebody else writes to it."""
    inner: BaseException | None = error
    while inner is not None:
        if getattr(inner, "sqlite_errorname", "").startswith("SQLITE_BUSY"):
            return True
        inner = inner.__cause__
    return False


def _tells_of_a_full_disk(error: BaseException) -> bool:
    return (
        getattr(error, "sqlite_errorname", "") == "SQLITE_FULL"
        or getattr(error, "sqlstate", "") == _SQLSTATE_DISK_FULL
        or getattr(error, "errno", None) == errno.ENOSPC
    )
