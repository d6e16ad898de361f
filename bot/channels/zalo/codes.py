"""What Zalo's error numbers mean at each of its hosts, and what is to be done; see codes.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from bot.channels.errors import SendCode
from bot.channels.zalo.hosts import Host

FILE: Final = Path(__file__).with_name("codes.toml")
ARTICLES: Final = "articles"
ARTICLE_PATHS: Final = "/v2.0/article/"
TEMPLATE_PATHS: Final = "/v3.0/oa/message/template"


class Kind(StrEnum):
    """What is to be done after a refusal; whatever was refused surely was not taken."""

    # Try again a few times, then give up.
    RETRY = "retry"
    # Call nothing for a minute.
    BACK_OFF = "back_off"
    # Get a new access token and call again, once.
    REFRESH = "refresh"
    # Bring the file anew and call again, once.
    REUPLOAD = "reupload"
    # Say it plainer, as numbered text, once; what is plain already is a fault of ours.
    FALLBACK = "fallback"
    # A quota is used up: wait for the next.
    LATER = "later"
    # Note it of the person; never try again.
    USER = "user"
    # The person's window is closed: correct what is known of it.
    WINDOW = "window"
    # Not before six in the morning.
    NIGHT = "night"
    # By telephone number, or not at all.
    REROUTE = "reroute"
    # Ask again soon whether it is ready.
    POLL = "poll"
    # Somebody must mend it with Zalo; until then everything waits.
    OPERATOR = "operator"
    # The call is wrong: it would be each time.
    OURS = "ours"
    # Somebody must read it; nothing like it is sent meanwhile.
    HUMAN = "human"


# What a message ends with; where one kind has several, the table tells.
ENDS: Final[Mapping[Kind, SendCode]] = {
    Kind.RETRY: SendCode.REFUSED,
    Kind.BACK_OFF: SendCode.RATE_LIMITED,
    Kind.REFRESH: SendCode.MISCONFIGURED,
    Kind.REUPLOAD: SendCode.NO_FILE,
    Kind.FALLBACK: SendCode.REFUSED,
    Kind.LATER: SendCode.NO_QUOTA,
    Kind.USER: SendCode.REFUSED,
    Kind.WINDOW: SendCode.WINDOW_CLOSED,
    Kind.NIGHT: SendCode.NIGHT,
    Kind.REROUTE: SendCode.REFUSED,
    Kind.POLL: SendCode.NO_FILE,
    Kind.OPERATOR: SendCode.MISCONFIGURED,
    Kind.OURS: SendCode.REFUSED,
    Kind.HUMAN: SendCode.REFUSED,
}
# Worth another try of the same message.
AGAIN: Final = frozenset(
    {
        Kind.RETRY,
        Kind.BACK_OFF,
        Kind.REFRESH,
        Kind.REUPLOAD,
        Kind.LATER,
        Kind.NIGHT,
        Kind.POLL,
        Kind.OPERATOR,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One number at one host; ``state`` is what is noted of the person, mostly nothing."""

    host: Host
    number: int
    kind: Kind
    send: SendCode
    says: str
    state: str = ""
    known: bool = True

    @property
    def retryable(self) -> bool:
        """Tell whether the same message may go later."""
        return self.kind in AGAIN


def meaning(host: Host, number: int, path: str = "") -> Code:
    """Give what ``number`` means as an answer of ``host`` to a call of ``path``.

    Of templates by user id no list of numbers is known: what the first list lacks is taken for
    what it is of templates by telephone.
    A number that is not in the table came in Zalo's own form of a refusal, so the message was not
    taken and may be tried again a few times; ``known`` tells that somebody should look it up.
    """
    special = _TABLE[ARTICLES].get(number) if _is_of_articles(host, path) else None
    found = special or _TABLE[host].get(number) or _of_templates(host, number, path)
    if found:
        return found
    kind = Kind.RETRY
    return Code(host=host, number=number, kind=kind, send=ENDS[kind], says="unknown", known=False)


def numbers(host: Host) -> frozenset[int]:
    """Give the numbers that are known of ``host``."""
    return frozenset(_TABLE[host])


def _is_of_articles(host: Host, path: str) -> bool:
    return host is Host.API and path.startswith(ARTICLE_PATHS)


def _of_templates(host: Host, number: int, path: str) -> Code | None:
    is_template = host is Host.API and path.startswith(TEMPLATE_PATHS)
    return _TABLE[Host.BUSINESS].get(number) if is_template else None


def _read() -> Mapping[str, Mapping[int, Code]]:
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {
        name: {int(number): _code(name, int(number), row) for number, row in rows.items()}
        for name, rows in told.items()
    }


def _code(name: str, number: int, row: Mapping[str, str]) -> Code:
    kind = Kind(row["kind"])
    return Code(
        host=Host.API if name == ARTICLES else Host(name),
        number=number,
        kind=kind,
        send=SendCode(row["send"]) if "send" in row else ENDS[kind],
        says=row["says"],
        state=row.get("state", ""),
    )


# Read before anything runs.
_TABLE: Final = _read()
