"""Personal data: recognised in what citizens write and hidden before it is stored."""

from bot.privacy.kinds import WITHHELD, PersonalData
from bot.privacy.labels import unmasked_part
from bot.privacy.masking import Masked, mask, withheld_kind
from bot.privacy.wording import in_words

__all__ = [
    "WITHHELD",
    "Masked",
    "PersonalData",
    "in_words",
    "mask",
    "unmasked_part",
    "withheld_kind",
]
