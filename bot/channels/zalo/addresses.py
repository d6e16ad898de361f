"""Whose words they are: an account's follower. A user's id counts within one account alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Self

from bot.messages import ChannelName, CitizenAddress

ID: Final = re.compile(r"[0-9]{1,24}")
_SHAPE: Final = re.compile(r"([0-9]{1,24}):([0-9]{1,24})")


@dataclass(frozen=True, slots=True)
class Follower:
    """Somebody who writes to the account ``oa``; both ids are digits, kept as text."""

    oa: str
    user: str

    @classmethod
    def of(cls, user_id: str) -> Self:
        """Read the ``user_id`` of an address.

        Raises:
            ValueError: it names no account and no user.
        """
        found = _SHAPE.fullmatch(user_id)
        if found is None:
            raise ValueError("an address of Zalo is account:user")
        return cls(found[1], found[2])

    @property
    def user_id(self) -> str:
        """The id within the channel."""
        return f"{self.oa}:{self.user}"

    @property
    def address(self) -> CitizenAddress:
        """Where they are reached."""
        return CitizenAddress(channel=ChannelName.ZALO, user_id=self.user_id)
