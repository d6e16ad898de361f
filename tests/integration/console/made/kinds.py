"""The kinds of things a family's module holds."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from tests.fakes.console import ConsoleHouse

Parts = dict[str, str]
# Makes an object that belongs to an office and gives the parts of the address that names it;
# nothing where an object of its kind cannot belong to that office.
Factory = Callable[[ConsoleHouse, str], Awaitable[Parts | None]]
# Adds so many rows of a family to a house.
Filler = Callable[[ConsoleHouse, int], Awaitable[None]]
