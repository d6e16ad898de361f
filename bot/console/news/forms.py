"""The form of a text: what is sent is read into a wish, what stands is filled in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Final

from bot.casework.attaching import FitFile, examined, examined_picture
from bot.casework.unfit import NotAttachable
from bot.console.fields import Code, Family, Line, OneOf, Sent, Several, Ticked, Upload, Words
from bot.console.forms import Faulty
from bot.console.news.gap_fields import BEGINNING, LONGEST
from bot.console.words import say
from broadcasts.composing.checking import LONGEST_BODY, LONGEST_DEPICTED, LONGEST_TITLE
from broadcasts.composing.gaps import known_gaps
from broadcasts.composing.kinds import READERS
from broadcasts.models import Audience, Button, NewsText, Route
from broadcasts.reading import followed
from broadcasts.targets import Target, labels
from broadcasts.texts import Version, Wish

SEPARATOR: Final = "|"
# As in broadcasts/data/targets.vi.toml.
TARGET_CODE: Final = r"[0-9]{1,2}"
Look = Callable[[str, bytes], FitFile]


class Whom(StrEnum):
    """For whom a text is."""

    CITIZENS = "citizens"
    OFFICIALS = "officials"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextForm:
    """A text as an officer writes it.

    ``gaps`` are filled field by field; ``buttons`` stand one on a line: what is read, a bar, the
    address.
    """

    kind: Annotated[str, Code(shape=r"[a-z_]{1,24}")]
    title: Annotated[str, Line(0, 2 * LONGEST_TITLE)] = ""
    body: Annotated[str, Words(0, 2 * LONGEST_BODY)] = ""
    whom: Annotated[Whom, OneOf(Whom)]
    topics: Annotated[tuple[str, ...], Several(Code(shape=r"[a-z_]{1,24}"))] = ()
    routes: Annotated[tuple[Route, ...], Several(OneOf(Route))] = ()
    ages: Annotated[tuple[str, ...], Several(Code(shape=TARGET_CODE))] = ()
    genders: Annotated[tuple[str, ...], Several(Code(shape=TARGET_CODE))] = ()
    provinces: Annotated[tuple[str, ...], Several(Code(shape=TARGET_CODE))] = ()
    regions: Annotated[tuple[str, ...], Several(Code(shape=TARGET_CODE))] = ()
    platforms: Annotated[tuple[str, ...], Several(Code(shape=TARGET_CODE))] = ()
    telcos: Annotated[tuple[str, ...], Several(Code(shape=TARGET_CODE))] = ()
    buttons: Annotated[str, Words(0, 4000)] = ""
    gaps: Annotated[Mapping[str, str], Family(BEGINNING, Words(0, LONGEST), known_gaps)] = field(
        default_factory=dict
    )
    picture: Annotated[Sent | None, Upload()] = None
    depicted: Annotated[str, Line(0, LONGEST_DEPICTED)] = ""
    file: Annotated[Sent | None, Upload()] = None
    no_picture: Annotated[bool, Ticked()] = False
    no_files: Annotated[bool, Ticked()] = False
    urgent: Annotated[bool, Ticked()] = False
    slot: Annotated[str, Code(shape=r"[0-9]{1,18}")] = ""
    seen: Annotated[str, Line(0, 40)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What was attached: stored files by their ids; ``None`` where nothing came."""

    picture: int | None = None
    file: int | None = None


def attached(form: TextForm) -> tuple[FitFile | None, FitFile | None]:
    """Look at the picture and the file that came.

    Raises:
        Faulty: one of them is not taken.
    """
    return (
        _looked_at("picture", form.picture, examined_picture),
        _looked_at("file", form.file, examined),
    )


def _looked_at(field: str, sent: Sent | None, look: Look) -> FitFile | None:
    if sent is None:
        return None
    try:
        return look(sent.name, sent.body)
    except NotAttachable as refused:
        raise Faulty({field: str(refused)}) from refused


def wished(
    form: TextForm,
    office: str,
    added: Added,
    *,
    before: Version | None = None,
    entry: int | None = None,
) -> Wish:
    """Read a form; files of the version before stay unless they are taken off.

    Raises:
        Faulty: a line of the buttons has not its two parts, or anybody could read what is for
            officials.
    """
    kept = before.text if before else None
    picture = added.picture or (None if form.no_picture or kept is None else kept.picture)
    files = () if form.no_files or kept is None else kept.files
    text = NewsText(
        title=form.title,
        body=form.body,
        buttons=tuple(
            Button(label=label, address=address) for label, address in _buttons(form.buttons)
        ),
        picture=picture,
        files=tuple(dict.fromkeys((*files, *filter(None, [added.file])))),
        depicted=form.depicted if picture else "",
    )
    return Wish(
        office=office,
        kind=form.kind,
        text=text,
        audience=_audience(form, office),
        variables=_values(form, before),
        urgent=form.urgent,
        entry=entry,
        slot=int(form.slot) if form.slot else None,
    )


def _audience(form: TextForm, office: str) -> Audience:
    audience = Audience(
        offices=(office,),
        kinds=READERS[form.whom],
        topics=form.topics or followed(form.kind, urgent=form.urgent),
        routes=form.routes,
        target=_target(form),
    )
    if Route.ZALO_ARTICLE in form.routes and not audience.is_public:
        raise Faulty({"routes": say("news.article_officials")})
    return audience


def _target(form: TextForm) -> Target:
    """Read to which followers an article goes; who chose nothing means everybody."""
    return Target.read({name: getattr(form, name) for name in labels()})


def _values(form: TextForm, before: Version | None) -> dict[str, str]:
    """Give what fills the gaps; gaps of its own, which the command line may fill, stay."""
    known = known_gaps()
    own = before.variables.items() if before else ()
    kept = {name: value for name, value in own if name not in known}
    return kept | {name: value for name, value in form.gaps.items() if value}


def _buttons(told: str) -> Sequence[tuple[str, str]]:
    pairs = []
    for line in filter(None, map(str.strip, told.splitlines())):
        name, bar, rest = (part.strip() for part in line.partition(SEPARATOR))
        if not bar or not name or not rest:
            raise Faulty({"buttons": say("news.buttons_form", line=line[:80])})
        pairs.append((name, rest))
    return pairs


def filled_in(version: Version) -> Mapping[str, str]:
    """Give what the lines of a form hold of a version."""
    return {
        "buttons": "\n".join(
            f"{one.label} {SEPARATOR} {one.address}" for one in version.text.buttons
        ),
        "whom": whom_of(version.audience),
    }


def whom_of(audience: Audience) -> str:
    """Give which choice of the form stands for the kinds of people of ``audience``."""
    return next((whom for whom, kinds in READERS.items() if kinds == audience.kinds), Whom.ALL)


def gaps_told() -> Sequence[tuple[str, str]]:
    """Give the gaps a text may have, with their names."""
    return [(f"{{{one.code}}}", one.name) for one in known_gaps().values()]
