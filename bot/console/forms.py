"""Forms declared as records: what a record does not name is not read, but refused.

    @dataclass(frozen=True, slots=True, kw_only=True)
    class NewGuest:
        label: Annotated[str, Line(1, 80)]
        until: Annotated[date | None, Day()] = None

A field with a default need not be filled in. A field named like a word of Python gets a ``_``
behind (``from_``), which the page leaves out. ``typed`` of a page holds what was typed when
something is to be mended.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from functools import cache
from typing import Any, Final, TypeVar, cast, get_type_hints

from multidict import MultiMapping

from bot.console.fields import Family, Kind, Sent, Several, Upload, Wrong
from bot.console.words import say
from bot.errors import BotError

TOKEN_FIELD: Final = "_csrf"  # noqa: S105 - a name
Value = str | Sent
F = TypeVar("F")


class UnknownField(BotError):
    """A form was sent with a field it does not have, or with one field twice."""


class Faulty(BotError):
    """Fields that must be mended, with a Vietnamese sentence for each; "" stands for the whole.

    ``proposals`` are no faults: what the program filled in and somebody has to look at.
    """

    def __init__(
        self, faults: Mapping[str, str], *, proposals: Mapping[str, str] | None = None
    ) -> None:
        """Name the ``faults`` and ``proposals`` by field."""
        super().__init__(", ".join(sorted({*faults, *(proposals or {})})))
        self.faults = faults
        self.proposals = proposals or {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What somebody typed into a form and what is to be mended in it; nothing at first.

    ``action`` is the path it was sent to; without one it may stand in any form. ``files`` are the
    names of files that came and were not kept: no page can choose them for somebody.
    ``proposals`` stand beside the fields the program filled in.
    """

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    proposals: Mapping[str, str] = field(default_factory=dict)
    action: str = ""

    def __contains__(self, name: object) -> bool:
        """Tell whether the field ``name`` was sent."""
        return name in self.values

    def get(self, name: str, default: object = "") -> object:
        """Give what was typed into ``name``, or ``default`` where the form was not sent yet."""
        return self.values[name][0] if name in self.values else ("" if self.values else default)

    def all(self, name: str, default: Iterable[str] = ()) -> tuple[str, ...]:
        """Give everything sent as ``name``, such as the boxes ticked."""
        return self.values.get(name, ()) if self.values else tuple(default)


BLANK: Final = Typed()


class Writing:
    """Which form of a page is being written: what was typed into one stands in no other."""

    def __init__(self, typed: Typed) -> None:
        """Begin outside of every form, where all of ``typed`` is told."""
        self._typed: Final = typed
        self._action = ""

    @property
    def typed(self) -> Typed:
        """What stands in the form that is being written."""
        return self._typed if not self._action or self._may_stand(self._action) else BLANK

    def begin(self, action: str) -> str:
        """Enter the form that is sent to the address ``action``; writes nothing."""
        self._action = action
        return ""

    def end(self) -> str:
        """Leave it; writes nothing."""
        self._action = ""
        return ""

    def is_sent(self, action: str) -> bool:
        """Tell whether this very form was sent, and is to be mended."""
        return bool(self._typed.action) and self._may_stand(action)

    def _may_stand(self, action: str) -> bool:
        return self._typed.action in {"", action.partition("?")[0]}


def read_form(sent: MultiMapping[Value], kind: type[F]) -> F:
    """Read the form ``kind`` out of what was sent.

    Raises:
        UnknownField: a field is sent that ``kind`` has not, or several times.
        Faulty: fields are to be mended.
    """
    layout = _layout(kind)
    _refuse_strangers(sent, layout)
    return _filled(sent, kind, layout)


def read_query(asked: MultiMapping[str], kind: type[F]) -> F:
    """Read what the address of a list asks for; what cannot be read counts as not asked.

    Every field of ``kind`` has a default.
    """
    layout = _layout(kind)
    read: dict[str, object] = {}
    for name, one in layout.items():
        faults: dict[str, str] = {}
        value = _value(_sent_name(name), one, asked, faults)
        if not faults and value is not MISSING:
            read[name] = value
    return kind(**read)


def typed_in(
    sent: MultiMapping[Value], kind: type, faults: Mapping[str, str], action: str
) -> Typed:
    """Give back to the page what was typed, without what is secret; of files their names."""
    secret = {_sent_name(name) for name, one in _layout(kind).items() if one.kind.secret}
    shown = {
        name: tuple(one for one in sent.getall(name) if isinstance(one, str))
        for name in sent
        if name not in secret and name != TOKEN_FIELD
    }
    files = {
        name: tuple(one.name for one in sent.getall(name) if isinstance(one, Sent))
        for name in sent
    }
    chosen = {name: names for name, names in files.items() if names and name not in faults}
    return Typed(values=shown, faults=faults, files=chosen, action=action)


def has_secret(kind: type) -> bool:
    """Tell whether the form ``kind`` asks for a password or a code."""
    return any(one.kind.secret for one in _layout(kind).values())


def has_upload(kind: type) -> bool:
    """Tell whether the form ``kind`` takes a file."""
    return any(_is_upload(one.kind) for one in _layout(kind).values())


def _is_upload(kind: Kind) -> bool:
    return isinstance(kind.each if isinstance(kind, Several) else kind, Upload)


@dataclass(frozen=True, slots=True)
class _Field:
    kind: Kind
    default: object


def _layout(kind: type) -> Mapping[str, _Field]:
    return _layout_of(cast("Hashable", kind))


@cache
def _layout_of(kind: Hashable) -> Mapping[str, _Field]:
    form = cast("Any", kind)
    hints = get_type_hints(form, include_extras=True)
    return {
        one.name: _Field(hints[one.name].__metadata__[0], _default(one)) for one in fields(form)
    }


def _default(one: Field[Any]) -> object:
    return one.default if one.default_factory is MISSING else one.default_factory()


def _sent_name(name: str) -> str:
    return name.removesuffix("_")


def _refuse_strangers(sent: MultiMapping[Value], layout: Mapping[str, _Field]) -> None:
    kinds = [one.kind for one in layout.values()]
    known = {
        _sent_name(name): one.kind
        for name, one in layout.items()
        if not isinstance(one.kind, Family)
    }
    for name in dict.fromkeys(sent):
        if name == TOKEN_FIELD:
            continue
        kind = known.get(name) or _family_of(name, kinds)
        if kind is None or (len(sent.getall(name)) > _most(kind)):
            raise UnknownField(name)


def _most(kind: Kind) -> int:
    return kind.most if isinstance(kind, Several) else 1


def _family_of(name: str, kinds: Iterable[Kind]) -> Family | None:
    for kind in kinds:
        if isinstance(kind, Family) and name.startswith(kind.beginning):
            return kind if name.removeprefix(kind.beginning) in kind.known() else None
    return None


def _filled(sent: MultiMapping[Value], kind: type[F], layout: Mapping[str, _Field]) -> F:
    read: dict[str, object] = {}
    faults: dict[str, str] = {}
    for name, one in layout.items():
        value = _value(_sent_name(name), one, sent, faults)
        if value is not MISSING:
            read[name] = value
    if faults:
        raise Faulty(faults)
    return kind(**read)


def _value(name: str, one: _Field, sent: MultiMapping[Any], faults: dict[str, str]) -> object:
    """Read one field; ``MISSING`` leaves it at its default."""
    if isinstance(one.kind, Family):
        return _family(one.kind, sent, faults)
    given = [value for value in sent.getall(name, []) if _is_filled(value)]
    if not given:
        return _unfilled(name, one, faults, was_sent=name in sent)
    read = [_read(name, one.kind, value, faults) for value in given]
    return tuple(read) if isinstance(one.kind, Several) else read[0]


def _family(kind: Family, sent: MultiMapping[Any], faults: dict[str, str]) -> dict[str, object]:
    rests = {name: name.removeprefix(kind.beginning) for name in sent}
    return {
        rest: _read(name, kind, sent[name], faults) if _is_filled(sent[name]) else ""
        for name, rest in rests.items()
        if rest != name and rest in kind.known()
    }


def _is_filled(value: Value) -> bool:
    return not isinstance(value, str) or bool(value.strip())


def _unfilled(name: str, one: _Field, faults: dict[str, str], *, was_sent: bool) -> object:
    if one.default is not MISSING:
        return MISSING
    if was_sent and one.kind.may_be_blank():
        return ""
    wish = "faults.no_file" if _is_upload(one.kind) else "faults.required"
    faults[name] = say(wish)
    return MISSING


def _read(name: str, kind: Kind, value: Value, faults: dict[str, str]) -> object:
    if isinstance(value, Sent):
        if _is_upload(kind):
            return value
        faults[name] = say("faults.not_code")
        return MISSING
    try:
        return kind.read(value)
    except Wrong as wrong:
        faults[name] = str(wrong)
        return MISSING
