"""What the audit remembers of a file: handed in, being taken over, taken over, dropped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.casework.deeds import Acting
from bot.officials.audit import Deed


@dataclass(frozen=True, slots=True)
class FileDeeds:
    """The deeds about files whose rows are of a ``kind``."""

    kind: str

    def handed(self, doing: Acting, office: str, name: str, *, dropped: bool = False) -> None:
        """Remember that a file was handed in to be tried, or forgotten untaken."""
        self._did(doing, "dropped" if dropped else "tried", office, {"name": name})

    def begun(self, doing: Acting, office: str, name: str, note: str) -> None:
        """Remember that rows are being stored: should that break off, some of them are."""
        self._did(doing, "begun", office, {"name": name}, note)

    def taken(self, doing: Acting, office: str, told: Mapping[str, object], note: str) -> None:
        """Remember that a file was taken over, with what is ``told`` of its rows."""
        self._did(doing, "imported", office, told, note)

    def _did(
        self, doing: Acting, what: str, office: str, after: Mapping[str, object], note: str = ""
    ) -> None:
        action = f"{self.kind}_{what}"
        doing.did(
            Deed(action=action, office=office, kind=self.kind, subject="", after=after, note=note)
        )
