"""The picture and the files of ``broadcast create``, under the same checks as in the console."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from bot.casework.attaching import (
    MOST_BYTES,
    FitFile,
    examined,
    examined_picture,
)
from bot.casework.deeds import Acting
from bot.casework.unfit import NotAttachable
from bot.commands.wording import words
from bot.errors import CannotBegin
from bot.newsroom.filing import stored
from broadcasts.texts import Wish


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """What was looked at and may go with a text."""

    picture: FitFile | None
    files: tuple[FitFile, ...]

    async def put_into(self, acting: Acting, wish: Wish) -> Wish:
        """Store all of it for the wish's office and let it go with the text."""
        picture = await stored(acting, wish.office, self.picture) if self.picture else None
        # The same file named twice is stored once, and goes along once.
        files = dict.fromkeys([await stored(acting, wish.office, one) for one in self.files])
        return replace(wish, text=replace(wish.text, picture=picture, files=tuple(files)))


def attached(picture: Path | None, files: tuple[Path, ...]) -> Attached:
    """Read the files and look at them.

    Raises:
        CannotBegin: one of them cannot be read or is not taken; it is named.
    """
    return Attached(
        picture=examined_at(picture, examined_picture) if picture else None,
        files=tuple(examined_at(one, examined) for one in files),
    )


def examined_at(path: Path, look: Callable[[str, bytes], FitFile]) -> FitFile:
    """Read a file and look at it.

    Raises:
        CannotBegin: it cannot be read or is not taken; it is named.
    """
    try:
        with path.open("rb") as file:
            # One byte more than may be: so much tells that it is too large.
            return look(path.name, file.read(MOST_BYTES + 1))
    except OSError:
        raise CannotBegin(words("broadcast")["no_attachment"].format(file=path)) from None
    except NotAttachable as refused:
        raise CannotBegin(f"{path}: {refused}") from None
