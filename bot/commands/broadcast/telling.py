"""What hinders a command, in words with what to type instead."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bot.commands.wording import words
from bot.errors import CannotBegin


@contextmanager
def told_faults() -> Iterator[None]:
    """Turn what the newsroom refuses into words on standard error."""
    from bot.newsroom.refusing import Doubtful  # noqa: PLC0415 - keeps --help quick
    from broadcasts.errors import BroadcastError  # noqa: PLC0415

    try:
        yield
    except Doubtful as doubtful:
        doubts, told = doubtful.doubts, [str(doubtful)]
        if doubts.recipients:
            told.append(words("broadcast")["count"].format(count=doubts.recipients))
        if doubts.alike or doubts.itself:
            told.append(words("broadcast")["again"])
        raise CannotBegin("\n".join(told)) from None
    except BroadcastError as fault:
        raise CannotBegin(str(fault)) from None
