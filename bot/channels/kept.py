"""The channels whose citizens fetch their replies themselves: the outbox is the delivery."""

from __future__ import annotations

from typing import Final

from bot.messages import ChannelName

KEPT: Final = frozenset({ChannelName.WEB})
