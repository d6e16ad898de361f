"""What the process has read that splits off programs; see ``forked``."""

from __future__ import annotations

import sys
from importlib import import_module

from bot.channels.telegram.faults import trust
from bot.conversation.desk import by_weight
from bot.conversation.intents import shipped_intents
from bot.privacy.phrases import LIVING, TOLD

for name in (
    "bot.__main__",
    "bot.bootstrap.channels",
    "bot.channels.telegram.channel",
    "bot.logs",
    "bot.storage.server",
    "bot.web.app",
    "bot.web.runner",
    "holidays.countries",
):
    import_module(name)
# Each program runs it anew.
del sys.modules["bot.__main__"]

# What a program reads once for as long as it runs.
trust()
shipped_intents()
for text in ("rác", "rac"):
    by_weight().understand(text)
for rule in (*TOLD, *LIVING):
    _ = rule.fits
