"""One builder for each record the tests need."""

from __future__ import annotations

from bot.messages import ChannelName, CitizenAddress, IncomingMessage, MessageKind
from tests.conftest import NOON


def a_citizen(user_id: str = "nam", channel: ChannelName = ChannelName.WEB) -> CitizenAddress:
    return CitizenAddress(channel=channel, user_id=user_id)


def an_id(channel: ChannelName, user: str = "7") -> str:
    """Give somebody's id as ``channel`` tells it: on Zalo it counts within one account."""
    return f"4318281827364:{user}" if channel is ChannelName.ZALO else user


def a_message(
    text: str = "khai sinh",
    *,
    external_id: str = "1",
    address: CitizenAddress | None = None,
    kind: MessageKind = MessageKind.TEXT,
) -> IncomingMessage:
    return IncomingMessage(
        address=address or a_citizen(),
        external_id=external_id,
        kind=kind,
        text=text,
        received_at=NOON,
    )
