"""A reply as each channel shows it, made by the channel's own way of cutting it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Final

from bot.channels.render import parts, units
from bot.channels.written import written
from bot.console.knowledge.library import Shelf
from bot.conversation.card import CardWriter
from bot.conversation.desk import Desk, guide_reply
from bot.conversation.outcomes import Aspect
from bot.conversation.places import Places
from bot.messages import ChannelName, CitizenAddress, OutgoingMessage, QuickReply, Reply
from broadcasts.carriage import replies_of
from knowledge.models import Guide, Procedure

CHANNELS: Final = (ChannelName.WEB, ChannelName.ZALO, ChannelName.TELEGRAM)
# Choices are typed there, by the numbers at the end of the words.
NUMBERED: Final = frozenset({ChannelName.ZALO})


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What one channel makes of replies: its messages in order, with the choices under the last.

    ``longest`` is the length of the longest message.
    """

    channel: ChannelName
    messages: tuple[str, ...]
    choices: tuple[str, ...] = ()

    @property
    def longest(self) -> int:
        """The length of the longest message, as channels count."""
        return max(map(units, self.messages), default=0)


def previews(replies: Sequence[Reply]) -> tuple[Preview, ...]:
    """Give what each channel makes of ``replies``."""
    return tuple(_preview(replies, channel) for channel in CHANNELS)


def _preview(replies: Sequence[Reply], channel: ChannelName) -> Preview:
    if channel in NUMBERED:
        address = CitizenAddress(channel=channel, user_id="")
        sent = (OutgoingMessage(id=0, address=address, reply=reply) for reply in replies)
        cut = (written(one, replies_of(channel)).parts for one in sent)
        return Preview(channel=channel, messages=tuple(chain.from_iterable(cut)))
    return Preview(
        channel=channel,
        messages=tuple(part for reply in replies for part in parts(reply.text, channel)),
        choices=tuple(choice.label for choice in replies[-1].choices) if replies else (),
    )


def guide_preview(desk: Desk, guide: Guide, *, today: date) -> tuple[Preview, ...]:
    """Give what each channel makes of a guide, published or not."""
    return previews([guide_reply(desk, guide, today=today)])


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPreview:
    """One side of a card on every channel, and all its sides with what citizens call them."""

    side: Aspect
    sides: tuple[tuple[Aspect, str], ...]
    previews: tuple[Preview, ...]


def card_preview(
    desk: Desk, shelf: Shelf, card: Procedure, side: Aspect, *, today: date
) -> CardPreview:
    """Write ``side`` of ``card``, published or not, as the desk in use would.

    Where another office tells the card, its own desks are named.
    """
    writer = _writer(desk, shelf)
    known = (Aspect.OVERVIEW, *writer.buttons(card, today=today)) if card.has_card else ()
    shown = side if side in known else Aspect.OVERVIEW
    labels = tuple((one, writer.label(one)) for one in known)
    text = writer.text(card, shown, today=today)
    choices = tuple(QuickReply(label, one) for one, label in labels if one is not shown)
    return CardPreview(side=shown, sides=labels, previews=previews([Reply(text, choices)]))


def _writer(desk: Desk, shelf: Shelf) -> CardWriter:
    if desk.office and desk.office.code == shelf.office:
        return desk.card
    names = desk.wording.card["desks"]
    places = Places.near(shelf.snapshot.offices, shelf.office, names)
    return CardWriter.of(shelf.snapshot, desk.wording, places.units)
