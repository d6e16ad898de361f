"""A table that works each value out once, so that all who ask for it share one."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Once(dict[Key, Value]):
    """Gives ``make(key)``, made when it is first asked for."""

    def __init__(self, make: Callable[[Key], Value]) -> None:
        """Begin empty."""
        super().__init__()
        self._make = make

    def __missing__(self, key: Key) -> Value:
        """Make the value and keep it."""
        value = self[key] = self._make(key)
        return value
