"""What the environment says."""

from bot.settings.core import BadSettings, Settings

__all__ = ["BadSettings", "Settings"]
