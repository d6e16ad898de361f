"""News as everybody may read it: on the public page and in its feed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from broadcasts.models import Button


@dataclass(frozen=True, slots=True, kw_only=True)
class PostedFile:
    """A picture or a document under a post; ``size`` in bytes."""

    id: int
    name: str
    media: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One piece of news; ``office`` is the code of the one that speaks.

    ``depicted`` tells what the picture shows.
    """

    id: int
    office: str
    title: str
    body: str
    posted_at: datetime
    changed_at: datetime
    buttons: tuple[Button, ...] = ()
    picture: PostedFile | None = None
    depicted: str = ""
    files: tuple[PostedFile, ...] = ()
