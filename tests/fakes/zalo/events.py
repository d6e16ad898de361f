"""One event as it is told, and what became of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Final

from tests.fakes.zalo.people import App, Json

OK: Final = 200


@dataclass
class Event:
    """One event; ``answers`` are the HTTP statuses of its deliveries, 0 where none came."""

    app: App
    oa_id: str
    name: str
    timestamp: str
    body: bytes
    headers: dict[str, str]
    answers: list[int] = field(default_factory=list)

    @property
    def acknowledged(self) -> bool:
        return OK in self.answers

    @property
    def told(self) -> Json:
        """The body as an object."""
        found: Json = json.loads(self.body)
        return found
