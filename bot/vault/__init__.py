"""What is kept so that a stolen database does not tell it: keys, sealing, their change."""

from bot.vault.errors import BadKeys, Damaged, UnknownKey, Unopenable
from bot.vault.keyring import Keyring
from bot.vault.opening import Vaults, open_vaults
from bot.vault.vault import Vault, place

__all__ = [
    "BadKeys",
    "Damaged",
    "Keyring",
    "UnknownKey",
    "Unopenable",
    "Vault",
    "Vaults",
    "open_vaults",
    "place",
]
