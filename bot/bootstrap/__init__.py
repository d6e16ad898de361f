"""The composition root: the only package that names every adapter."""

from bot.bootstrap.building import build
from bot.bootstrap.furnishing import KEPT
from bot.bootstrap.house import House

__all__ = ["KEPT", "House", "build"]
