"""The settings of a command, or all that is wrong with them."""

from __future__ import annotations

import os

from bot.errors import CannotBegin
from bot.settings import BadSettings, Settings


def read_settings() -> Settings:
    """Read the environment.

    Raises:
        CannotBegin: the message says all that is wrong with it.
    """
    try:
        return Settings.from_env(os.environ)
    except BadSettings as fault:
        raise CannotBegin(
            f"Cấu hình chưa đúng, hãy sửa các biến môi trường sau:\n{fault}"
        ) from None
