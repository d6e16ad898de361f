"""A verdict as a row of JSON: what stands of a message once it is known what it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from bot.feedback.classifying.deciding import classify
from bot.feedback.kinds import HANDLED, Kind
from bot.privacy import PersonalData, mask

# What stands in the place of words that are not quoted.
WITHHELD_AS: Final[Mapping[Kind, str]] = {
    Kind.COMPLAINT: PersonalData.COMPLAINT.mark,
    Kind.DENUNCIATION: PersonalData.DENUNCIATION.mark,
}


def told(text: str) -> dict[str, Any]:
    """Give kind, topic, urgency, the kinds of personal data in ``text``, and it without them.

    Of a complaint and a denunciation nothing but a mark stands. The place of a fault stays, unless
    somebody lives there: without it nobody could mend the fault.
    """
    verdict = classify(text)
    hidden = mask(text, keep_places=verdict.kind in HANDLED)
    return {
        "kind": verdict.kind,
        "topic": verdict.topic,
        "urgency": verdict.urgency,
        "pii": list(hidden.kinds),
        "masked": WITHHELD_AS.get(verdict.kind, hidden.text),
    }
