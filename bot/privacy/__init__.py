"""Personal data: recognised in what citizens write and hidden before it is stored."""

from bot.privacy.kinds import PersonalData
from bot.privacy.masking import Masked, mask, unmasked_part

__all__ = ["Masked", "PersonalData", "mask", "unmasked_part"]
