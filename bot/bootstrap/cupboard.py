"""What channels take things from."""

from __future__ import annotations

from dataclasses import dataclass

from bot.channels.uploads import Copies, Shelf
from bot.vault import Vault


@dataclass(frozen=True, slots=True)
class Cupboard:
    """What channels take things from: stored files, a citizen's own, and keys for secrets.

    ``copies`` of a citizen's data and files of ``answers`` are theirs alone.
    """

    shelf: Shelf
    copies: Copies
    answers: Copies
    vault: Vault | None
