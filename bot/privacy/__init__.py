"""Personal data: recognised in what citizens write and hidden before it is stored."""

from bot.privacy.kinds import PersonalData
from bot.privacy.masking import Masked, mask, unmasked_part
from bot.privacy.wording import in_words

__all__ = ["Masked", "PersonalData", "in_words", "mask", "unmasked_part"]
