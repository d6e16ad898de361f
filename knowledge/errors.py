"""What can go wrong in the knowledge package; every error renders for a Vietnamese reader."""

from __future__ import annotations

from dataclasses import dataclass


class KnowledgeError(Exception):
    """The root of this package's errors."""


class ProcedureNotFound(KnowledgeError):
    """No procedure has that code."""


class PortalUnavailable(KnowledgeError):
    """The National portal is out of reach or blocks us, also after waiting; try again later.

    ``wish`` is after how many seconds it asks us to come back, 0 when it does not say.
    """

    def __init__(self, problem: str, *, wish: float = 0.0) -> None:
        """Keep what happened and what the portal wishes."""
        super().__init__(problem)
        self.wish = wish


class PortalRefused(KnowledgeError):
    """The National portal understood the call and will not answer it; do not repeat it."""


class CatalogueDoubted(KnowledgeError):
    """The portal's catalogue cannot be true; the message says why. Nothing of it is published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFault:
    """One bad place in a file: which, where in it, and what to do, in Vietnamese.

    ``row`` counts from 1 as the reader sees it; ``column`` is the heading or the key.
    """

    file: str
    row: int | None
    column: str
    problem: str

    def __str__(self) -> str:
        """One line an official can act on."""
        where = [self.file]
        if self.row is not None:
            where.append(f"dòng {self.row}")
        if self.column:
            where.append(f"cột “{self.column}”")
        return f"{', '.join(where)}: {self.problem}"


class InvalidSnapshot(KnowledgeError):
    """The content cannot be used; ``faults`` lists every bad place."""

    def __init__(self, faults: tuple[RowFault, ...]) -> None:
        """Keep ``faults`` and join them into the message."""
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults
