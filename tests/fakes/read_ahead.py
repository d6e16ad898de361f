"""What the process has read that splits off programs; see ``forked``."""

from __future__ import annotations

import sys
from importlib import import_module

for name in (
    "bot.__main__",
    "bot.bootstrap.channels",
    "bot.logs",
    "bot.storage.server",
    "bot.web.app",
    "bot.web.runner",
    "holidays.countries",
):
    import_module(name)
# Each program runs it anew.
del sys.modules["bot.__main__"]
