"""The settings of a command, or all that is wrong with them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from bot.errors import CannotBegin

if TYPE_CHECKING:
    from bot.settings import Settings


def read_settings() -> Settings:
    """Read the environment.

    Raises:
        CannotBegin: the message says all that is wrong with it.
    """
    from bot.settings import BadSettings, Settings  # noqa: PLC0415 - keeps --help quick
    from knowledge.content import office_codes  # noqa: PLC0415
    from knowledge.portal_words import PortalWords  # noqa: PLC0415

    codes = {"office": office_codes(), "province": PortalWords.load().province_codes}
    try:
        return Settings.from_env(os.environ, codes)
    except BadSettings as fault:
        raise CannotBegin(
            f"Cấu hình chưa đúng, hãy sửa các biến môi trường sau:\n{fault}"
        ) from None
