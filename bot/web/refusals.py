"""Turning a request down in words a citizen understands."""

from __future__ import annotations

from http import HTTPStatus


class Refusal(Exception):
    """A request that is not served; ``error`` names its sentence in ``messages.vi.toml``.

    ``values`` fill the gaps of that sentence.
    """

    def __init__(
        self, error: str, status: HTTPStatus = HTTPStatus.BAD_REQUEST, **values: str
    ) -> None:
        """Refuse with ``status``."""
        super().__init__(error)
        self.error = error
        self.status = status
        self.values = values
        self.headers: dict[str, str] = {}


def too_soon(error: str, status: HTTPStatus, *, seconds: int) -> Refusal:
    """Give a refusal that says after how many ``seconds`` to come back."""
    refusal = Refusal(error, status, seconds=str(seconds))
    refusal.headers["Retry-After"] = str(seconds)
    return refusal


def not_found() -> Refusal:
    """Give the refusal of an address that leads nowhere."""
    return Refusal("not_found", HTTPStatus.NOT_FOUND)
