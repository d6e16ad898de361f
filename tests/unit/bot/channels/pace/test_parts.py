"""The pieces of one reply: of what came after the first it is known how far it came, and why."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from bot.channels.errors import Cut, SendCode, SendError
from bot.channels.pace.parts import Parts
from bot.messages import Priority


@dataclass(frozen=True)
class Piece:
    """A piece, and those it goes as where its form is refused."""

    words: str
    plain: tuple[Piece, ...] = ()
    chat: str = "7"
    priority: Priority = Priority.REPLY
    patience: float = 1.0


class Turn:
    """A turn that is always there."""

    def over(self) -> None:
        """Nobody waits for it."""


class Pace:
    """Always gives a turn."""

    async def turn(
        self,
        chat: str,  # noqa: ARG002
        priority: Priority = Priority.REPLY,  # noqa: ARG002
        *,
        patience: float = 0.0,  # noqa: ARG002
        held: bool = False,  # noqa: ARG002
    ) -> Turn:
        """Give one."""
        return Turn()

    async def let_go(self, turn: Turn) -> None:
        """Let it go."""


@dataclass
class Provider:
    """Takes what is said to it but for ``refused``; a piece with a plain form goes so."""

    refused: dict[str, SendError]
    taken: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.parts: Parts[Piece, Turn] = Parts(Pace(), self.give)

    async def give(self, piece: Piece, turn: Turn) -> str:
        """Take one piece."""
        if piece.words in self.refused:
            raise self.refused[piece.words]
        if piece.plain:
            first, *later = piece.plain
            return await self.parts.follow(later, await self.give(first, turn))
        self.taken.append(piece.words)
        return f"id-{piece.words}"

    async def cut(self, *pieces: Piece) -> SendError:
        """Give how a reply was cut short."""
        first, *later = pieces
        with pytest.raises(SendError) as told:
            await self.parts.follow(later, await self.parts.send(first))
        return told.value


ONE, TWO, THREE = (Piece(words) for words in ("1", "2", "3"))
SHUT = SendError(SendCode.WINDOW_CLOSED, retryable=False)
EMPTY = SendError(SendCode.NO_QUOTA, retryable=True, retry_after=900)
LOST = SendError(SendCode.UNCERTAIN, retryable=False)


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (SHUT, SendCode.WINDOW_CLOSED),
        (EMPTY, SendCode.UNCERTAIN),
        (LOST, SendCode.UNCERTAIN),
    ],
)
async def test_what_went_is_told_and_nothing_goes_after_it(
    fault: SendError, code: SendCode
) -> None:
    provider = Provider({"3": fault})
    told = await provider.cut(ONE, TWO, THREE, Piece("4"))
    assert provider.taken == ["1", "2"]
    assert (told.code, told.retryable, told.why) == (code, False, fault.code)
    assert told.cut == Cut(went=2, last="id-2", why=fault.code)


async def test_pieces_that_went_in_a_plainer_form_count_too() -> None:
    provider = Provider({"3": EMPTY})
    told = await provider.cut(ONE, Piece("menu", plain=(TWO, THREE)))
    assert told.cut == Cut(went=2, last="id-2", why=SendCode.NO_QUOTA)


async def test_a_first_piece_that_did_not_go_may_go_again() -> None:
    told = await Provider({"1": EMPTY}).cut(ONE, TWO)
    assert (told.cut, told.retryable, told.why) == (None, True, SendCode.NO_QUOTA)
