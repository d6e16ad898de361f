"""What Zalo tells of: one record for each kind of event, whatever shape it came in.

Every event of the list of 2026 is known by its name (docs.zaloplatforms.com, Webhook); of what is
shaped otherwise than promised as much is read as is there. Nothing here fails.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.channels.shapes import Json, part, word
from bot.channels.typed import clean
from bot.channels.zalo.content import Content, contents_of
from bot.channels.zalo.envelope import Envelope
from bot.channels.zalo.shapes import ident, number

LONGEST: Final = 200
SENT: Final = "user_send_"
OWN: Final = "oa_send_"
ANONYMOUS: Final = ("anonymous_", "oa_send_anonymous_")
# What opens the windows beside words and following (fact sheet, A11).
OPENING: Final = frozenset({"user_click_chatnow", "widget_interaction_accepted", "user_call_oa"})
# Known, and of no use here; groups' events are told apart by their name.
OTHERS: Final = frozenset(
    {
        "user_reacted_message",
        "oa_reacted_message",
        "add_user_to_tag",
        "remove_user_from_tag",
        "remove_tag",
        "update_user_info",
        "change_template_status",
        "change_template_quality",
        "change_template_quota",
        "change_oa_daily_quota",
        "change_oa_template_tags",
        "user_feedback",
        "oa_send_consent",
        "user_reply_consent",
        "oa_call_user",
        "extension_purchased",
        "user_click_button",
        "user_click_link",
    }
)
GROUPS: Final = ("user_join_", "user_leave_", "user_out_", "create_group", "update_group", "group")
GROUP: Final = "_group"
# By these the answers to calls tell of a fault; 0 is none.
FAULTS: Final = ("error", "error_code")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A citizen wrote; ``message`` is the id of what they sent."""

    message: str
    contents: tuple[Content, ...]


@dataclass(frozen=True, slots=True)
class Followed:
    """A citizen follows the account from now on, or does not any more."""

    on: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """A citizen did what opens the windows, without a word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """A citizen handed in what they were asked for; each may be empty."""

    name: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Messages of ours that arrived, or were ``seen``; ``tracking`` is our own name of one."""

    messages: tuple[str, ...]
    seen: bool = False
    tracking: str = ""


@dataclass(frozen=True, slots=True)
class Unbrought:
    """Messages of ours that Zalo took and says not to have brought, by the number of a fault."""

    messages: tuple[str, ...]
    code: int


@dataclass(frozen=True, slots=True)
class Answered:
    """A person answered in OA Manager."""


@dataclass(frozen=True, slots=True)
class Echo:
    """What this program sent, told again."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A citizen wants nothing to be kept about them any more."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """What is known and asks nothing of us."""


@dataclass(frozen=True, slots=True)
class PutAside:
    """What nobody here can answer: a stranger on a website's chat."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """An event that is in no list yet."""


# What somebody said or did; the rest is nobody's.
Personal = Said | Followed | Opened | Shared | Answered | Withdrawn
Event = Personal | Receipt | Unbrought | Echo | Nothing | PutAside | Unknown
PLAIN: Final[dict[str, Event]] = {
    "follow": Followed(on=True),
    "unfollow": Followed(on=False),
    "user_withdraw": Withdrawn(),
    **dict.fromkeys(OPENING, Opened()),
    **dict.fromkeys(OTHERS, Nothing()),
}


def read_event(call: Envelope) -> Event:
    """Tell what a call tells of."""
    name, message = call.event, part(call.told, "message")
    if plain := PLAIN.get(name):
        return plain
    if name.startswith(ANONYMOUS):
        return PutAside()
    if name.startswith(SENT) and GROUP not in name:
        return _said(name, message)
    if name.startswith(OWN) and GROUP not in name:
        by_hand = ident(part(call.told, "sender").get("admin_id"))
        return Answered() if by_hand else Echo()
    return _told(call, message)


def _told(call: Envelope, message: Json) -> Event:
    if call.event == "user_submit_info":
        return _shared(part(call.told, "info"))
    if call.event == "user_received_message":
        return _received(call.told, message)
    if call.event == "user_seen_message":
        return Receipt(messages=_idents(message.get("msg_ids")), seen=True)
    if GROUP in call.event or call.event.startswith(GROUPS):
        return Nothing()
    return Unknown()


def _said(name: str, message: Json) -> Event:
    known = ident(message.get("msg_id"))
    return Said(message=known, contents=contents_of(name, message)) if known else Unknown()


def _received(told: Json, message: Json) -> Receipt | Unbrought:
    """Read what became of a message: with a fault beside it, it has not arrived.

    No document shows such a fault in an event; it is named as in the answers to calls.
    """
    known = ident(message.get("msg_id"))
    messages = (known,) if known else ()
    named = (number(one.get(name)) for one in (message, told) for name in FAULTS)
    if code := next(filter(None, named), 0):
        return Unbrought(messages, code)
    return Receipt(messages=messages, tracking=word(message, "tracking_id"))


def _idents(told: object) -> tuple[str, ...]:
    found = (ident(one) for one in told) if isinstance(told, list) else ()
    return tuple(dict.fromkeys(filter(None, found)))


def _shared(info: Json) -> Shared:
    """Read either shape of it: the newer one has its address in an object of its own."""
    full = part(info, "full_address")
    newer = [_line(full, one) for one in ("user_address", "user_ward", "user_city")]
    older = [_line(info, one) for one in ("address", "ward", "district", "city")]
    return Shared(
        name=_line(info, "name"),
        phone=ident(info.get("phone")) or _line(info, "phone"),
        address=", ".join(filter(None, newer if any(newer) else older)),
    )


def _line(told: Json, name: str) -> str:
    return " ".join(clean(word(told, name)).split())[:LONGEST]
