"""Hours in which news may always begin; a way's own night counts all the same."""

from __future__ import annotations

from datetime import datetime


class NeverQuiet:
    """No quiet hours; implements the engine's ``Hours``."""

    def quiet_until(self, office: str, at: datetime) -> datetime | None:  # noqa: ARG002
        """Give no moment."""
        return None
