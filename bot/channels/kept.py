"""Channels whose citizens fetch their replies themselves, and those whose files may soon be gone.

For the former the outbox is the delivery.
"""

from __future__ import annotations

from typing import Final

from bot.messages import ChannelName

KEPT: Final = frozenset({ChannelName.WEB})
# Those of which nobody knows how long a file can be had: it is fetched as soon as it is noted.
FLEETING: Final = frozenset({ChannelName.ZALO, ChannelName.ZALO_BOT})
