"""A citizen who files feedback, and a small office that remembers: no tables, no channel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.conversation.desk import Desk
from bot.conversation.pipeline import NOTHING_SET, Conversation
from bot.conversation.state import from_json, to_json
from bot.conversation.turn import ConversationState, TurnResult
from bot.feedback.drafts import Draft
from bot.feedback.models import CaseId, Result
from bot.feedback.moves import CaseState
from bot.feedback.reference import Unread, new_reference, read_reference, reference_in
from bot.feedback.views import CaseView, Feedback, NearCase, Wait
from bot.feedback.wishes import (
    Copy,
    Count,
    Data,
    Discard,
    Drop,
    File,
    Follow,
    Keep,
    Miss,
    Publish,
    Rate,
    Reopen,
    Say,
    Seal,
    Wish,
    Withdraw,
)
from bot.messages import ChannelName, IncomingMessage, MessageKind, Position, QuickReply
from bot.officials.office_entries import Stood
from bot.privacy import mask
from tests.conftest import NOON
from tests.factories import a_citizen, a_message


@dataclass
class FeedbackTalk:
    """One conversation from message to message; ``said`` is all that was told back.

    Between two messages everything goes through its written form, as after a restart.
    """

    desk: Desk
    channel: ChannelName = ChannelName.WEB
    buttons: bool = True
    now: datetime = NOON
    near: tuple[NearCase, ...] = ()
    reader_named: bool = False
    promise: datetime | None = None
    wait: int = 0
    stood: Stood = NOTHING_SET
    cases: list[CaseView] = field(default_factory=list)
    wishes: list[Wish] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    files: list[int] = field(default_factory=list)
    last: TurnResult | None = None
    _state: str = field(default_factory=lambda: to_json(ConversationState()))
    _draft: bytes | None = None
    _number: int = 0

    @property
    def draft(self) -> Draft | None:
        """What is being written."""
        return None if self._draft is None else Draft.of_json(self._draft)

    @draft.setter
    def draft(self, draft: Draft | None) -> None:
        self._draft = draft.to_json() if draft else None

    @property
    def choices(self) -> tuple[QuickReply, ...]:
        """The buttons under the last reply."""
        return self.last.replies[-1].choices if self.last and self.last.replies else ()

    @property
    def text(self) -> str:
        """What the last turn said, all of it."""
        return "\n".join(one.text for one in self.last.replies) if self.last else ""

    def says(self, text: str, *, after: timedelta = timedelta(minutes=1)) -> TurnResult:
        """Let the citizen type something."""
        return self._answered(a_message(text), after)

    def presses(self, value: str, *, after: timedelta = timedelta(minutes=1)) -> TurnResult:
        """Let the citizen press a button, whenever it was shown."""
        return self._answered(a_message(value, kind=MessageKind.CHOICE), after)

    def chooses(self, label: str, *, after: timedelta = timedelta(minutes=1)) -> TurnResult:
        """Let the citizen take the choice ``label``: a press, or its number where none is."""
        labels = [one.label for one in self.choices]
        at = next((number for number, one in enumerate(labels) if one.startswith(label)), None)
        assert at is not None, (label, labels, self.text)
        if self.buttons:
            return self.presses(self.choices[at].value, after=after)
        return self.says(str(at + 1), after=after)

    def sends_photo(self, caption: str = "", *, album: str = "") -> TurnResult:
        """Let the citizen send a photo."""
        self.files.append(self._number + 1000)
        message = a_message(caption, kind=MessageKind.PHOTO)
        return self._answered(replace(message, album=album), timedelta(minutes=1))

    def sends(self, kind: MessageKind) -> TurnResult:
        """Let the citizen send what nothing here reads."""
        return self._answered(a_message("", kind=kind), timedelta(minutes=1))

    def shows_place(self, latitude: float, longitude: float) -> TurnResult:
        """Let the citizen show a place on the map."""
        message = a_message("", kind=MessageKind.LOCATION)
        pin = Position.read(latitude, longitude)
        return self._answered(replace(message, position=pin), timedelta(minutes=1))

    def asked_back(self, question: str) -> None:
        """Let the office ask the filer of the newest case."""
        asked = replace(self.cases[0], state=CaseState.AWAITING_CITIZEN, question=question)
        self.cases[0] = asked

    def answered(self, answer: str) -> None:
        """Let the office answer the newest case."""
        self.cases[0] = replace(
            self.cases[0],
            state=CaseState.ANSWERED,
            question="",
            answer=answer,
            result=Result.DONE,
            answered_at=self.now,
            may_rate=True,
            may_reopen=True,
        )

    def _answered(self, message: IncomingMessage, after: timedelta) -> TurnResult:
        self.now += after
        self._number += 1
        address = a_citizen("hoa", self.channel)
        typed = replace(message, address=address, external_id=str(self._number))
        conversation = Conversation(self.desk, self.stood)
        kept = conversation.kept(typed)
        known = replace(from_json(self._state), feedback=self._known(typed))
        self.last = conversation.answer(kept, known, now=self.now)
        self._state = to_json(self.last.state)
        self.told += [one.text for one in self.last.replies]
        for wish in self.last.wishes:
            self._grant(wish)
        return self.last

    def _known(self, typed: IncomingMessage) -> Feedback:
        return Feedback(
            reserved=new_reference(),
            draft=self.draft,
            cases=tuple(self.cases),
            looked=self._looked(typed.text),
            near=self.near,
            today=sum(one.own and one.received_at.date() == self.now.date() for one in self.cases),
            typed=typed.text,
            files=tuple(self.files),
            reader_named=self.reader_named,
            promise=self.promise,
        )

    def _looked(self, text: str) -> CaseView | Unread | Wait | None:
        found = reference_in(text)
        if not found:
            return None
        if self.wait:
            return Wait(self.wait)
        read = read_reference(found)
        if isinstance(read, Unread):
            return read
        known = (one for one in self.cases if one.reference == read)
        return next(known, Unread.NO_REFERENCE)

    def _grant(self, wish: Wish) -> None:
        self.wishes.append(wish)
        match wish:
            case Keep(draft):
                self.draft = draft
            case Drop():
                self.draft, self.files = None, []
            case Discard(files):
                self.files = [one for one in self.files if one not in files]
            case File(draft):
                self._file(draft)
            case Count() | Seal() | Miss() | Copy() | Data() | Publish():
                pass
            case _:
                self._change_own(wish)

    def _change_own(self, wish: Say | Follow | Withdraw | Reopen | Rate) -> None:
        match wish:
            case Say(case=case, files=files):
                self._change(case, state=CaseState.IN_PROGRESS, question="")
                self.files = [one for one in self.files if one not in files]
            case Follow(case, on):
                self._follow(case, on=on)
            case Withdraw(case):
                self._change(case, state=CaseState.CLOSED, result=Result.WITHDRAWN)
            case Reopen(case=case):
                self._change(case, state=CaseState.RECEIVED, may_reopen=False, answer="")
            case Rate(case=case):
                self._change(case, may_rate=True)

    def _file(self, draft: Draft) -> None:
        assert draft.kind is not None
        view = CaseView(
            id=CaseId(len(self.cases) + 1),
            reference=draft.reference,
            office="mau",
            kind=draft.kind,
            topic=draft.topic,
            state=CaseState.RECEIVED,
            received_at=self.now,
            words=mask(draft.words).text,
            place=mask(draft.place.words).text,
            own=True,
        )
        self.cases.insert(0, view)
        self.draft, self.files = None, []

    def _follow(self, case: CaseId, *, on: bool) -> None:
        self._change(case, follows=on)

    def _change(self, case: CaseId, **changes: object) -> None:
        for at, one in enumerate(self.cases):
            if one.id == case:
                self.cases[at] = replace(one, **changes)  # type: ignore[arg-type]


def of_kind(wishes: Sequence[Wish], kind: type[Wish]) -> list[Wish]:
    """Give the wishes of one kind."""
    return [one for one in wishes if isinstance(one, kind)]
