"""The composition root: the only package that names every adapter."""

from bot.bootstrap.building import build
from bot.bootstrap.house import House
from bot.channels.kept import KEPT

__all__ = ["KEPT", "House", "build"]
