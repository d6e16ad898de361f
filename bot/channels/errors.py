"""What can go wrong between us and a channel's provider."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

# Seconds; a wish beyond it is an error or an attack, and would silence a citizen or us for good.
# Bans of two hours have been seen, and a call inside one makes it longer.
LONGEST_WISH: Final = 86_400


class SendCode(StrEnum):
    """Why a message did not go out, in words an operator reads.

    Some are our own: for ``NO_TURN`` the rate had no room as long as it could wait, for
    ``NO_FILE`` a file that goes with it is not with the provider yet. Where a provider lets us
    write to a person for a while only, or so many messages, or by day, it is ``WINDOW_CLOSED``,
    ``NO_QUOTA`` or ``NIGHT``.
    """

    NO_TURN = "no_turn"
    NO_FILE = "no_file"
    UNREACHABLE = "unreachable"
    RATE_LIMITED = "rate_limited"
    BLOCKED = "blocked"
    GONE = "gone"
    MIGRATED = "migrated"
    REFUSED = "refused"
    MISCONFIGURED = "misconfigured"
    CONFLICT = "conflict"
    UNCERTAIN = "uncertain"
    WINDOW_CLOSED = "window_closed"
    NO_QUOTA = "no_quota"
    NIGHT = "night"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A message of which the first ``went`` pieces arrived, ``last`` the provider's id of them.

    ``why`` tells what became of the next; what stood behind it never left.
    """

    went: int
    last: str
    why: SendCode


class SendError(Exception):
    """A message was not delivered, or nobody knows whether it was.

    ``retryable`` is true only when the message surely never left. ``retry_after`` is the
    provider's wish in seconds, at most ``LONGEST_WISH``. ``UNCERTAIN`` is never
    retried by itself: a second copy is worse than a question to the officer. ``MIGRATED`` tells
    in ``moved_to`` the user id that took the place of the old one; who keeps addresses replaces it
    and sends once more. Where a ``cut`` is told it is never retried: a part arrived.
    """

    def __init__(
        self,
        code: SendCode,
        detail: str = "",
        *,
        retryable: bool,
        retry_after: float | None = None,
        moved_to: str = "",
        cut: Cut | None = None,
    ) -> None:
        """Keep the provider's words in ``detail``; they never hold a secret."""
        super().__init__(f"{code}: {detail}" if detail else str(code))
        self.code = code
        self.detail = detail
        self.retryable = retryable
        self.retry_after = _bounded(retry_after)
        self.moved_to = moved_to
        self.cut = cut

    @property
    def why(self) -> SendCode:
        """Why the message did not go out, or not all of it."""
        return self.cut.why if self.cut else self.code


class NotFetched(Exception):
    """The provider gave us no messages; what it holds for us stays with it."""

    def __init__(self, code: SendCode, *, retry_after: float | None = None) -> None:
        """Keep why, and the provider's wish in seconds, at most ``LONGEST_WISH``."""
        super().__init__(str(code))
        self.code = code
        self.retry_after = _bounded(retry_after)


class Missing(StrEnum):
    """Why a citizen's file is not there; only what is ``UNREACHABLE`` is worth another try."""

    UNREACHABLE = "unreachable"
    LARGE = "large"
    GONE = "gone"


class NotDownloaded(Exception):
    """The provider did not give a citizen's file; its address is never told, it holds a secret."""

    def __init__(self, why: Missing, *, retry_after: float | None = None) -> None:
        """Keep why, and the provider's wish in seconds, at most ``LONGEST_WISH``."""
        super().__init__(str(why))
        self.why = why
        self.retry_after = _bounded(retry_after)


class ForgedWebhook(Exception):
    """A webhook call did not prove that it comes from the provider."""


class StaleWebhook(ForgedWebhook):
    """The call is too old, or of a time to come: it may be one that was overheard."""


class UnreadableWebhook(Exception):
    """A genuine webhook call held nothing this channel understands."""


def _bounded(wish: float | None) -> float | None:
    return None if wish is None else min(wish, LONGEST_WISH)
