"""The vaults of a house, and what whoever runs it must be told of their keys."""

from __future__ import annotations

import structlog

from bot.settings import Settings
from bot.vault import Vaults, open_vaults

log = structlog.get_logger()


def vaults_of(settings: Settings) -> Vaults:
    """Open the vaults of who serves; the log tells where keys stand in a file, or are lacking."""
    vaults = open_vaults(settings, make=True)
    for file in vaults.files:
        log.warning("keys_in_a_file", file=str(file), wanted="DATA_KEYS and SEALED_KEYS")
    for name in vaults.lacking:
        log.warning("keys_lacking", variable=name)
    return vaults
