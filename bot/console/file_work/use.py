"""What one use of files that are tried and taken over is: declared once, its pages follow."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from aiohttp import web

from bot.casework.file_deeds import FileDeeds
from bot.console.actor import Actor
from bot.console.file_work.at_work import FilesAtWork, Taking
from bot.console.file_work.kept import KEPT_IN_PATH
from bot.console.file_work.sorts import Sort
from bot.console.resolvers import office_in_path, one_office_in_path
from bot.console.routing import Resolver
from bot.officials.permissions import Action
from bot.storage.import_rows import Counts, Import, ImportKind, ImportStatus

Taken = TypeVar("Taken")
Taken_co = TypeVar("Taken_co", covariant=True)


class Takes(Protocol[Taken_co]):
    """Makes what takes a file over for an officer; with ``dry_run`` it only tries."""

    def __call__(
        self, request: web.Request, actor: Actor, file: Import, /, *, note: str, dry_run: bool
    ) -> Taking[Taken_co]:
        """Give it; the audit tells ``note``."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The keys of what the pages say; ``ended`` by what became of a file."""

    title: str
    intro: str
    columns: str
    hint: str
    nothing_yet: str
    take: str
    take_none: str
    reason: str
    reason_hint: str
    ended: Mapping[ImportStatus, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the list of files: the key of its heading, and which of the counts it shows."""

    heading: str
    count: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Use(Generic[Taken]):
    """One use of such files.

    Its pages are the ways of ``room`` below the address ``at``, under the page ``above`` (its way
    and the key of its title); ``folder`` has the templates ``outcome.html`` and ``ended.html``,
    which show what ``shows`` gives of what was taken: ``good`` (how many rows would be stored)
    among it. Where an office may not be handed a file just now, ``closed`` says why. ``menu`` is
    the key of the pages in the navigation, when they stand there.
    """

    room: str
    at: str
    above: tuple[str, str]
    folder: str
    action: Action
    kind: ImportKind
    everywhere: bool
    accepted: str
    words: Words
    columns: Sequence[Column]
    sort: Sort
    files: web.AppKey[FilesAtWork[Taken]]
    deeds: FileDeeds
    takes: Takes[Taken]
    counts: Callable[[Taken], Counts]
    shows: Callable[[web.Request, Import, Taken], Mapping[str, object]]
    closed: Callable[[web.Request, str], str] = lambda _request, _office: ""
    menu: str = ""

    @property
    def file_in_path(self) -> Resolver:
        """What finds a file by its address."""
        return KEPT_IN_PATH[self.kind]

    @property
    def office_in_path(self) -> Resolver:
        """What finds the office a file is for: one, or where it may be also all of them."""
        return office_in_path if self.everywhere else one_office_in_path

    def open(self, console: web.Application) -> None:
        """Let files of this use be worked on, until the console is put away."""
        console[self.files] = FilesAtWork(self.sort)
        console.on_cleanup.append(self._stop)

    async def _stop(self, console: web.Application) -> None:
        await console[self.files].stop()
