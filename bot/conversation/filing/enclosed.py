"""The files of an answer, laid into replies as the way to its citizen carries them.

Where one message holds them all they go with the words; where it holds one, each goes by itself
behind them; where it holds none the words say how the citizen comes by them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from bot.conversation.desk import Desk
from bot.feedback.enclosed import Enclosed
from bot.feedback.reference import shown
from bot.messages import ChannelName, Enclosure, Reply
from broadcasts.carriage import Carriage, replies_of
from broadcasts.documents.numbers import size_text

# Read before anything runs.
CARRIED: Final[Mapping[ChannelName, Carriage]] = {one: replies_of(one) for one in ChannelName}


def files_told(files: Sequence[Enclosed], reference: str, desk: Desk, carried: Carriage) -> str:
    """Say which files there are and how one comes by them; nothing where there are none."""
    if not files:
        return ""
    told = {
        "reference": shown(reference),
        "count": str(len(files)),
        "list": ", ".join(f"{one.name} ({size_text(one.size)})" for one in files),
    }
    return desk.say(_way(files, carried), **told)


def _way(files: Sequence[Enclosed], carried: Carriage) -> str:
    if not _goes(files, carried):
        return "answer_files_desk"
    return "answer_files_here" if _together(files, carried) else "answer_files_along"


def with_files(
    reply: Reply, files: Sequence[Enclosed], reference: str, desk: Desk, carried: Carriage
) -> tuple[Reply, ...]:
    """Give a reply with files, or the files in replies of their own behind it."""
    if not files or not _goes(files, carried):
        return (reply,)
    enclosures = tuple(map(_enclosure, files))
    if _together(files, carried):
        return (replace(reply, enclosures=enclosures),)
    text = {one.file: _caption(one, reference, desk) for one in enclosures}
    return reply, *(Reply(text[one.file], enclosures=(one,)) for one in enclosures)


def _goes(files: Sequence[Enclosed], carried: Carriage) -> bool:
    return carried.most > 0 and all(
        carried.takes(one.size, is_picture=False) or carried.takes_alone(one.name, one.size)
        for one in files
    )


def _together(files: Sequence[Enclosed], carried: Carriage) -> bool:
    # Beside a file a long answer has no room everywhere.
    return carried.most >= len(files) and carried.beside is None


def _caption(one: Enclosure, reference: str, desk: Desk) -> str:
    return desk.say("answer_file", reference=shown(reference), name=one.name)


def _enclosure(one: Enclosed) -> Enclosure:
    return Enclosure(
        file=one.file,
        name=one.name,
        media=one.media,
        size=one.size,
        digest="",
        private=True,
        answer=True,
    )
