"""What is read of a webhook call at the door: whose it is, when, and by what it is known again.

Shapes are those of docs.zaloplatforms.com (Official Account, Webhook); what is shaped otherwise
belongs to nobody, and is no fault: Zalo switches a webhook off that does not thank it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final

import orjson

from bot.channels.errors import UnreadableWebhook
from bot.channels.zalo.addresses import ID, Follower
from bot.channels.zalo.shapes import Json, ident, number, part, word

LONGEST_EVENT: Final = 60
LONGEST_KEY: Final = 128
# Told of what the account did: there it is who sends.
FROM_US: Final = "oa_"
# Nobody's: they are in no order, and whom they name may be a telephone number.
RECEIPTS: Final = frozenset({"user_received_message", "user_seen_message"})
# The message's id names the event itself; in others it names a message told of.
SAID: Final = ("user_send_", "oa_send_", "anonymous_send_")


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """One call: its event, the account and the citizen it is about (empty when nobody's).

    ``key`` is the same for a call that is repeated, ``at`` when it happened at Zalo.
    """

    event: str
    oa: str
    user: str
    at: datetime
    key: str
    told: Json

    @property
    def follower(self) -> Follower | None:
        """Whose words or deeds these are; nothing of what is nobody's."""
        return Follower(self.oa, self.user) if self.oa and self.user else None

    @property
    def subject(self) -> str:
        """Name what has an order of its own: a person's events, or this one alone."""
        known = self.follower
        return known.address.conversation if known else self.key


def opened(body: bytes) -> Envelope:
    """Read the outside of a call; an event whose name is none that could be known has none.

    Raises:
        UnreadableWebhook: it is no JSON object with a moment.
    """
    told = _loaded(body)
    at = _moment(told) if isinstance(told, dict) else None
    if at is None:
        raise UnreadableWebhook
    event = word(told, "event_name")
    if len(event) > LONGEST_EVENT or not (event.isascii() and event.isprintable()):
        event = ""
    oa, user = _between(told, event)
    key = _key(told, event, oa, user) or f"{event}:{sha256(body).hexdigest()}"
    return Envelope(event=event, oa=oa, user=user, at=at, key=key, told=told)


def _loaded(body: bytes) -> Any:  # noqa: ANN401 - whatever it holds
    """Read JSON by the book, or as others write it: a sign of somebody may be cut in two."""
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        pass
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise UnreadableWebhook from error


def _moment(told: Json) -> datetime | None:
    stamp = number(told.get("timestamp"))
    try:
        return None if stamp is None else datetime.fromtimestamp(stamp / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _between(told: Json, event: str) -> tuple[str, str]:
    """Give the account, and the citizen where they are told of by their id."""
    sender, recipient = _id(part(told, "sender")), _id(part(told, "recipient"))
    if event in RECEIPTS:
        return sender, ""
    ours, theirs = (sender, recipient) if event.startswith(FROM_US) else (recipient, sender)
    ours = _digits(told.get("oa_id")) or ours
    user = _id(part(told, "follower")) or _digits(told.get("user_id")) or theirs
    return ours, user if user != ours else ""


def _id(person: Json) -> str:
    return _digits(person.get("id"))


def _digits(value: object) -> str:
    told = ident(value)
    return told if ID.fullmatch(told) else ""


def _key(told: Json, event: str, oa: str, user: str) -> str:
    """Give what tells an event apart; nothing where its body alone does."""
    message = ident(part(told, "message").get("msg_id"))
    if message and event.startswith(SAID):
        return f"{oa}:{message}"[:LONGEST_KEY]
    stamp = ident(told.get("timestamp"))
    if not user or not stamp:
        return ""
    about = f"{oa}|{user}|{stamp}|{message}"
    return f"{event}:{sha256(about.encode()).hexdigest()}"
