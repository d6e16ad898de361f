"""Fits a reply with pictures, files and links into the messages of one way, without losing a word.

A message goes out in one call, so a picture or a file goes along only where the whole text fits
beside it. What stays behind is reached by a link to the public page of the news, where there is
one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.channels.render import split, units
from bot.channels.spoken import REST
from bot.messages import Enclosure, Link, Reply
from broadcasts.carriage import Carriage


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """What goes out: each of ``parts`` a message, in order.

    ``enclosed`` goes with the only part, ``links`` are buttons under the last. ``left`` is what
    does not go along; ``shown`` is the address of the first picture of it.
    """

    parts: tuple[str, ...]
    enclosed: tuple[Enclosure, ...] = ()
    links: tuple[Link, ...] = ()
    left: tuple[Enclosure, ...] = ()
    shown: str = ""


def fitted(reply: Reply, carriage: Carriage) -> Fitted:
    """Fit ``reply`` into messages that hold what ``carriage`` says."""
    may_go = [one for one in reply.enclosures if may_go_along(one, carriage)]
    whole = _laid(reply, may_go[: carriage.most], carriage)
    if whole.enclosed and not carriage.has_room_beside(units("".join(whole.parts))):
        return _laid(reply, (), carriage)
    return whole


def may_go_along(one: Enclosure, carriage: Carriage) -> bool:
    """Tell whether a picture or a file may go with a message, where its words leave room."""
    reached = bool(one.address) or not carriage.by_address
    return reached and carriage.takes(one.size, is_picture=one.is_picture)


def _laid(reply: Reply, enclosed: Sequence[Enclosure], carriage: Carriage) -> Fitted:
    left = tuple(one for one in reply.enclosures if one not in enclosed)
    links = reply.links
    if left and reply.page:
        links = (*links, Link(label=REST, address=reply.page))
    text = reply.text
    if len(links) > carriage.buttons:
        text, links = f"{text}\n\n{links_written(links)}", ()
    # What goes along needs its text in one piece, whatever becomes of it.
    parts = [text] if enclosed or carriage.text is None else split(text, carriage.text)
    shown = next((one.address for one in left if one.is_picture), "")
    return Fitted(
        parts=tuple(parts), enclosed=tuple(enclosed), links=links, left=left, shown=shown
    )


def links_written(links: Sequence[Link]) -> str:
    """Give ``links`` as lines, for where they are no buttons."""
    return "\n".join(f"{one.label}: {one.address}" for one in links)
