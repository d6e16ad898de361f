"""Turning a request down in words a citizen understands."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus


class Refusal(Exception):
    """A request that is not served; ``error`` names its sentence in ``messages.vi.toml``."""

    def __init__(
        self,
        error: str,
        status: HTTPStatus = HTTPStatus.BAD_REQUEST,
        *,
        retry_after: int | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Refuse with ``status``; ``retry_after`` tells in seconds when to come back."""
        super().__init__(error)
        self.error = error
        self.status = status
        self.retry_after = retry_after
        self.headers = dict(headers or {})
        if retry_after is not None:
            self.headers["Retry-After"] = str(retry_after)
