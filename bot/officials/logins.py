"""What a login is: plain letters, digits and a few signs, typed in any case."""

from __future__ import annotations

import re
from typing import Final

SHAPE: Final = re.compile(r"[a-z0-9._-]{3,64}")


def folded(typed: str) -> str:
    """Give the login somebody means."""
    return typed.strip().lower()


def is_login(text: str) -> bool:
    """Tell whether ``text``, folded already, may be a login."""
    return SHAPE.fullmatch(text) is not None
