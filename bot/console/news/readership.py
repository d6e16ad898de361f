"""For whom a text is, in the words of its form."""

from __future__ import annotations

from bot.console.news.forms import whom_of
from bot.console.readers.naming import called
from bot.console.words import say
from broadcasts.models import Audience


def readership(audience: Audience) -> str:
    """Tell which kind of people, of which topics and by which ways alone a text is for."""
    parts = [say(f"news.whom_{whom_of(audience)}")]
    if audience.topics:
        parts.append(say("news.whom_follow", topics=called(audience.topics)))
    if audience.routes:
        ways = "; ".join(say(f"routes.{one}") for one in audience.routes)
        parts.append(say("news.whom_by", ways=ways))
    return ". ".join(parts)
