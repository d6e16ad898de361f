"""A reply as the messages of a consulting call (cs); shapes: docs.zaloplatforms.com/docs/OA.

Numbered choices under the text are what always works. Buttons and lists are not documented for
this call, so each piece that has some knows how it goes without them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from bot.channels.fitting import links_written
from bot.channels.render import split
from bot.channels.spoken import CHOOSE, CONTACT, CONTACT_USE
from bot.channels.written import with_menu, written
from bot.messages import Enclosure, Link, OutgoingMessage, Priority, QuickReply, Wanted
from broadcasts.carriage import carriage
from broadcasts.models import Route

Json = dict[str, Any]
# Read before anything runs.
CARRIES: Final = carriage()[Route.ZALO_CS]
MOST_BUTTONS: Final = 5
TITLE: Final = 100
PAYLOAD: Final = 1_000
# What begins with it was pressed, not typed: a webhook may be set to be told of nothing else.
PRESSED: Final = "#"


class Offering(StrEnum):
    """How choices are offered; the settings' words."""

    OFF = "off"
    BUTTONS = "buttons"
    LIST = "list"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One message: its ``told`` form, and the file that goes into it once its id is known.

    Where Zalo does not take the form, the texts of ``plain`` go instead; a ``spare`` one may be
    missing altogether.
    """

    told: Json
    enclosed: Enclosure | None = None
    plain: tuple[str, ...] = ()
    spare: bool = False

    def with_id(self, known: str) -> Json:
        """Give the message with its file, by Zalo's id of it."""
        if self.enclosed is None:
            return self.told
        if not self.enclosed.is_picture:
            return {"attachment": {"type": "file", "payload": {"token": known}}}
        shown = {"media_type": "image", "attachment_id": known}
        return self.told | _template(template_type="media", elements=[shown])


def pieces(message: OutgoingMessage, offering: Offering, *, picture: str = "") -> list[Piece]:
    """Cut ``message`` into pieces; ``picture`` is the address of one to show on a card."""
    reply = message.reply
    # Files of news are read on their page.
    alone = [one for one in reply.enclosures if _is_reply(message) and goes_alone(one)]
    others = tuple(one for one in reply.enclosures if one not in alone)
    whole = replace(message, reply=replace(reply, enclosures=others))
    card = [_card(picture)] if picture and Wanted.CONTACT in reply.wants else []
    files = (Piece(told={}, enclosed=one) for one in alone)
    return [*_said(whole, offering), *files, *card]


def goes_alone(one: Enclosure) -> bool:
    """Tell whether a file may go as a message of its own."""
    return not one.is_picture and CARRIES.takes_alone(one.name, one.size)


def _is_reply(message: OutgoingMessage) -> bool:
    return message.priority is Priority.REPLY


def _said(message: OutgoingMessage, offering: Offering) -> list[Piece]:
    choices, links = message.reply.choices, message.reply.links
    if offering is Offering.OFF or not _may_be_pressed(choices, links):
        return _texts(message)
    bare = replace(message, reply=replace(message.reply, choices=()))
    room = MOST_BUTTONS - len(choices) if offering is Offering.BUTTONS else 0
    whole = written(bare, replace(CARRIES, buttons=room))
    if whole.enclosed or not whole.parts:
        return _texts(message)
    if offering is Offering.LIST:
        menu = Piece(told=_list(choices), plain=with_menu((), choices, CARRIES.text))
        return [*map(_text, whole.parts), menu]
    *before, last = whole.parts
    buttons = [*map(_query, choices), *map(_opening, whole.links)]
    pressed = {"text": last} | _template(buttons=buttons)
    plain = _plainly(last, choices, whole.links)
    return [*map(_text, before), Piece(told=pressed, plain=plain)]


def _may_be_pressed(choices: Sequence[QuickReply], links: Sequence[Link]) -> bool:
    titles = (*(one.label for one in choices), *(one.label for one in links))
    return (
        0 < len(choices) <= MOST_BUTTONS
        and all(0 < len(one.strip()) <= TITLE for one in titles)
        and all(len(PRESSED + one.value) <= PAYLOAD for one in choices)
    )


def _texts(message: OutgoingMessage) -> list[Piece]:
    whole = written(message, CARRIES)
    enclosed = next(iter(whole.enclosed), None)
    return [replace(_text(one), enclosed=enclosed) for one in whole.parts]


def _plainly(text: str, choices: Sequence[QuickReply], links: Sequence[Link]) -> tuple[str, ...]:
    limit = CARRIES.text or len(text)
    told = "\n\n".join(filter(None, (text, links_written(links))))
    return with_menu(split(told, limit), choices, limit)


def _text(text: str) -> Piece:
    return Piece(told={"text": text})


def _template(**payload: object) -> Json:
    return {"attachment": {"type": "template", "payload": payload}}


def _query(one: QuickReply) -> Json:
    return {"title": one.label, "type": "oa.query.show", "payload": PRESSED + one.value}


def _opening(one: Link) -> Json:
    return {"title": one.label, "type": "oa.open.url", "payload": {"url": one.address}}


def _list(choices: Iterable[QuickReply]) -> Json:
    rows = [
        {
            "title": one.label,
            "default_action": {"type": "oa.query.show", "payload": PRESSED + one.value},
        }
        for one in choices
    ]
    rows[0]["subtitle"] = CHOOSE
    return _template(template_type="list", elements=rows)


def _card(picture: str) -> Piece:
    row = {"title": CONTACT, "subtitle": CONTACT_USE, "image_url": picture}
    told = _template(template_type="request_user_info", elements=[row])
    return Piece(told=told, spare=True)
