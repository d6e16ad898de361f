"""What of a typed text is kept: no personal data, and of a denunciation only that it was one.

A denunciation is lodged by a signed letter or in person (Law on Denunciations, article 22). What
is typed here all the same says of somebody what nobody has looked into, so it is put aside before
it is stored, logged or quoted back.
"""

from __future__ import annotations

from bot.conversation.desk import Desk
from bot.conversation.steps.intent import URGENT, names_a_procedure
from bot.privacy import Masked, PersonalData, mask, unmasked_part
from knowledge.text import Tokens, tokens


def kept(text: str, desk: Desk) -> Masked:
    """Give what may be stored of ``text``.

    Of a denunciation the words that tell it remain, and those of an emergency; a question about
    the procedure is none.
    """
    masked = mask(text)
    told = unmasked_part(masked.text)
    said = tokens(told)
    cue = desk.intents.cue("denunciation", said)
    if not cue or names_a_procedure(desk.knowledge.ask(told, province=desk.province)):
        return masked
    cues = " … ".join(part for part in (_urgent(said, desk), cue) if part)
    return Masked(f"{cues} [{PersonalData.DENUNCIATION}]", (PersonalData.DENUNCIATION,))


def _urgent(said: Tokens, desk: Desk) -> str:
    urgent = desk.intents.first(URGENT, said)
    return desk.intents.cue(urgent, said) if urgent else ""
