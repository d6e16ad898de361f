"""The words of a message as typed, sealed until it is answered: a telephone asked for is needed.

The tables hold masked words alone (``bot.privacy``). Of a complaint nothing is sealed either; a
denunciation is sealed with the keys of its sealed inbox, and stored only where its writer was told
the lawful way before. What opens accounts is never kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import structlog

from bot.messages import IncomingMessage
from bot.privacy import PersonalData
from bot.vault import Unopenable, Vault, Vaults, place

_NEVER: Final = frozenset(
    {PersonalData.COMPLAINT, PersonalData.PASSWORD, PersonalData.ONE_TIME_CODE}
)
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class AsTyped:
    """Seals what was typed for its row of the inbox alone, and opens it there."""

    vaults: Vaults

    def sealed(self, message: IncomingMessage, kept: IncomingMessage) -> bytes | None:
        """Give the words of ``message`` sealed; nothing when all of them stand in ``kept``."""
        vault = self._vault_of(kept)
        if vault is None or not kept.masked or not _NEVER.isdisjoint(kept.masked):
            return None
        return vault.seal(message.text, _place_of(message))

    def words(self, message: IncomingMessage) -> str:
        """Give the words of a stored message as typed, or masked ones where they were not kept."""
        vault = self._vault_of(message)
        if vault is None or message.sealed is None:
            return message.text
        try:
            return vault.words(message.sealed, _place_of(message))
        except Unopenable:
            log.warning("typed_words_not_opened", channel=message.address.channel)
            return message.text

    def _vault_of(self, kept: IncomingMessage) -> Vault | None:
        denounces = PersonalData.DENUNCIATION in kept.masked
        return self.vaults.sealed if denounces else self.vaults.data


def _place_of(message: IncomingMessage) -> str:
    return place("inbox", "sealed", message.address.channel, message.external_id)
