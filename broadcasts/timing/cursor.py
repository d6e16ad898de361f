"""Where the grammar stands in the tokens of a phrase."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from broadcasts.timing.cutting import Token
from broadcasts.timing.vocabulary import Kind

_Found = TypeVar("_Found")


class Cursor:
    """A place between tokens; rules move it on, and ``attempt`` back where they find nothing."""

    def __init__(self, tokens: tuple[Token, ...]) -> None:
        """Begin before the first token."""
        self._tokens = tokens
        self.at = 0

    @property
    def over(self) -> bool:
        """Tell whether no token is left."""
        return self.at >= len(self._tokens)

    def peek(self, ahead: int = 0) -> Token | None:
        """Give the token ahead, if there is one."""
        place = self.at + ahead
        return self._tokens[place] if 0 <= place < len(self._tokens) else None

    def sees(self, *kinds: Kind, ahead: int = 0) -> bool:
        """Tell whether the token ahead is of one of these kinds."""
        token = self.peek(ahead)
        return token is not None and token.kind in kinds

    def take(self, *kinds: Kind) -> Token | None:
        """Move over the next token if it is of one of these kinds."""
        if not self.sees(*kinds):
            return None
        self.at += 1
        return self._tokens[self.at - 1]

    def skip(self, *kinds: Kind) -> None:
        """Move over all next tokens of these kinds."""
        while self.take(*kinds):
            pass

    def attempt(self, rule: Callable[[Cursor], _Found]) -> _Found:
        """Follow a rule; where it finds nothing stay."""
        before = self.at
        found = rule(self)
        if found is None:
            self.at = before
        return found

    def ahead_is(self, rule: Callable[[Cursor], object | None]) -> bool:
        """Tell whether a rule would find something, without moving."""
        before = self.at
        found = rule(self)
        self.at = before
        return found is not None

    def since(self, start: int) -> str:
        """Give the words from ``start`` on, as they were written."""
        return " ".join(token.text for token in self._tokens[start : self.at])
