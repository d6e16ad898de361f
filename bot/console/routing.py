"""Rooms and the ways into them; what declares no rule has no way in.

    room = Room("cards")

    @room.page("/cards/{office}/{code}", Action.KNOWLEDGE_SEE, of=card_in_path, queries=3)
    async def card(request: web.Request, actor: Actor) -> web.StreamResponse: ...

    @room.act("/cards/{office}/{code}", Action.KNOWLEDGE_PREPARE, of=card_in_path, form=CardForm,
              again=edit)
    async def save(request: web.Request, actor: Actor, form: CardForm) -> web.StreamResponse: ...

A way is called ``cards.card``: that is what ``url`` of a page and ``go`` take. ``of`` finds what
the address names and whose it is; without it the action must be the officer's at some office, and
the page shows only what ``actor.offices(action)`` allows. ``again`` is the page a faulty form goes
back to, called with what was ``typed``.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from aiohttp import web

from bot.console.actor import Actor
from bot.console.forms import Typed
from bot.console.limits import ORDINARY, Limit
from bot.errors import BotError
from bot.officials.permissions import Action

F = TypeVar("F")
P = TypeVar("P", bound="Page")
F_contra = TypeVar("F_contra", contravariant=True)


class Gate(StrEnum):
    """What the ways ask for that ask for no action."""

    OPEN = "open"  # nothing: before the door
    ANY = "any"  # a session of whatever stage
    SECOND = "second"  # a session that waits for its second factor
    ENROL = "enrol"  # a session that must enrol a second factor, or whose officer wants to
    OWN = "own"  # an officer wholly signed in, about what is their own
    READER = "reader"  # whom a document names to read a sealed inbox, whatever their roles


class NotThere(BotError):
    """What the address names does not exist."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What an address names, the office it belongs to, and what it is called for people."""

    office: str
    thing: object = None
    name: str = ""


Resolver = Callable[[web.Request], Awaitable[Found]]
Again = Callable[[web.Request, Actor, Typed], Awaitable[web.StreamResponse]]
Door = Callable[[web.Request], Awaitable[web.StreamResponse]]
D = TypeVar("D", bound=Door)
OpenAgain = Callable[[web.Request, Typed], Awaitable[web.StreamResponse]]


class Page(Protocol):
    """Shows something to an officer."""

    def __call__(self, request: web.Request, actor: Actor, /) -> Awaitable[web.StreamResponse]:
        """Give the page."""
        ...


class Act(Protocol[F_contra]):
    """Does something an officer asked for by a form."""

    def __call__(
        self, request: web.Request, actor: Actor, form: F_contra, /
    ) -> Awaitable[web.StreamResponse]:
        """Do it and lead on, or raise ``Faulty`` to have the form shown again."""
        ...


class OpenAct(Protocol[F_contra]):
    """Does something for somebody not signed in."""

    def __call__(self, request: web.Request, form: F_contra, /) -> Awaitable[web.StreamResponse]:
        """Do it and lead on, or raise ``Faulty`` to have the form shown again."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way into a room: its address, who may go, and how many queries a page may cost.

    ``form`` is the record its form is read into. A ``passive`` way does not count as activity of
    the officer. ``sure`` asks that the password was typed in the last minutes. ``heavy``
    ones take long to work out and are made one after the other. Of a ``watched`` way
    each look that is refused is a deed.
    """

    name: str
    method: str
    path: str
    rule: Action | Gate
    handler: Callable[..., Awaitable[web.StreamResponse]]
    of: Resolver | None = None
    queries: int = 0
    form: type[Any] | None = None
    again: Callable[..., Awaitable[web.StreamResponse]] | None = None
    limit: Limit = ORDINARY
    passive: bool = False
    sure: bool = False
    heavy: bool = False
    watched: bool = False
    menu: str = ""


@dataclass(frozen=True, slots=True)
class Room:
    """The pages of one family and what can be done on them; ``watched`` as for its ways."""

    name: str
    ways: list[Way] = field(default_factory=list)
    watched: bool = False

    def page(  # noqa: PLR0913 - what a page declares
        self,
        path: str,
        rule: Action | Gate,
        *,
        queries: int,
        of: Resolver | None = None,
        passive: bool = False,
        sure: bool = False,
        heavy: bool = False,
        menu: str = "",
    ) -> Callable[[P], P]:
        """Declare a page; ``menu`` is its key in the navigation, when it stands there."""

        def declare(handler: P) -> P:
            self.ways.append(
                Way(
                    name=self._called(handler),
                    method="GET",
                    path=path,
                    rule=rule,
                    handler=handler,
                    queries=queries,
                    of=of,
                    passive=passive,
                    sure=sure,
                    heavy=heavy,
                    watched=self.watched,
                    menu=menu,
                )
            )
            return handler

        return declare

    def act(  # noqa: PLR0913 - what a form declares
        self,
        path: str,
        rule: Action | Gate,
        *,
        form: type[F],
        of: Resolver | None = None,
        again: Again | None = None,
        limit: Limit = ORDINARY,
        sure: bool = False,
    ) -> Callable[[Act[F]], Act[F]]:
        """Declare what the sending of ``form`` does; the handler takes it third."""

        def declare(handler: Act[F]) -> Act[F]:
            self.ways.append(
                Way(
                    name=self._called(handler),
                    method="POST",
                    path=path,
                    rule=rule,
                    handler=handler,
                    of=of,
                    form=form,
                    again=again,
                    limit=limit,
                    sure=sure,
                    watched=self.watched,
                )
            )
            return handler

        return declare

    def open_page(self, path: str) -> Callable[[D], D]:
        """Declare a page for everybody, before the door; it is called with the request alone."""

        def declare(handler: D) -> D:
            name = self._called(handler)
            way = Way(name=name, method="GET", path=path, rule=Gate.OPEN, handler=handler)
            self.ways.append(way)
            return handler

        return declare

    def open_act(
        self, path: str, *, form: type[F], again: OpenAgain | None = None
    ) -> Callable[[OpenAct[F]], OpenAct[F]]:
        """Declare what ``form`` does before the door."""

        def declare(handler: OpenAct[F]) -> OpenAct[F]:
            self.ways.append(
                Way(
                    name=self._called(handler),
                    method="POST",
                    path=path,
                    rule=Gate.OPEN,
                    handler=handler,
                    form=form,
                    again=again,
                )
            )
            return handler

        return declare

    def _called(self, handler: Callable[..., object]) -> str:
        return f"{self.name}.{handler.__name__}"
