"""How the acts of a case are declared: a form below its address, one use case, where it leads."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from functools import wraps
from typing import Protocol, TypeVar

from aiohttp import web

from bot.console.actor import Actor
from bot.console.feedback.addresses import case_in_path
from bot.console.feedback.handling import Handling, back, handling
from bot.console.redirects import go
from bot.console.routing import Again, Room
from bot.officials.permissions import Action

F = TypeVar("F")
F_contra = TypeVar("F_contra", contravariant=True)
# Leads on from an act, told what was done.
Leads = Callable[[web.Request, str], web.StreamResponse]
# Holds the case of the address for an act of an officer.
Holds = Callable[[web.Request, Actor, Action], AbstractAsyncContextManager[Handling]]


class Does(Protocol[F_contra]):
    """Does something with the held case, as a form says."""

    def __call__(self, it: Handling, form: F_contra, /) -> Awaitable[None]:
        """Do it, or raise what stands against it."""
        ...


@dataclass(frozen=True, slots=True)
class CaseActs:
    """Declares acts of a case in ``room``; a faulty form is shown ``again``.

        acts = CaseActs(room, shown_again)

        @acts.declare("grade", Action.CASES_WORK, form=GradeForm, done="case_graded")
        async def grade(it: Handling, form: GradeForm) -> None: ...

    Afterwards an act ``leads`` to the case, unless it says otherwise, where ``done`` is said.
    """

    room: Room
    again: Again
    leads: Leads = back

    def declare(
        self,
        below: str,
        rule: Action,
        *,
        form: type[F],
        done: str,
        leads: Leads | None = None,
        held: Holds = handling,
    ) -> Callable[[Does[F]], Does[F]]:
        """Declare what the sending of ``form`` to an address ``below`` the case's does.

        ``held`` opens the transaction, with what is held in it beside the case.
        """

        def declared(does: Does[F]) -> Does[F]:
            @wraps(does)
            async def act(request: web.Request, actor: Actor, form: F) -> web.StreamResponse:
                async with held(request, actor, rule) as it:
                    await does(it, form)
                return (leads or self.leads)(request, done)

            path = f"/cases/{{case}}/{below}"
            self.room.act(path, rule, of=case_in_path, form=form, again=self.again)(act)
            return does

        return declared


def to_inbox(request: web.Request, done: str) -> web.StreamResponse:
    """Lead to the list: the case may be out of the officer's sight by now."""
    return go(request, "cases.inbox", done=done)
