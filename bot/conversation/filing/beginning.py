"""The questions before the matter: of which kind it is, and whether the notice was read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from bot.conversation.filing.answers import ASKED_AGAIN, asking, given
from bot.conversation.filing.learning import LEAST, learned, too_little
from bot.conversation.filing.talk import Onward, Over, Said, State, Step, Taken, Talk, Warn
from bot.feedback.kinds import Kind
from bot.feedback.purposes import Purpose, consent_text
from bot.feedback.wishes import Drop
from knowledge.text import words as cut


@dataclass(frozen=True, slots=True)
class Choice:
    """A kind that is offered, with what is known of it by the choice alone."""

    key: str
    kind: Kind | None
    topic: str = ""


KINDS: Final = {
    "street": Choice("feedback_kind_street", Kind.REPORT),
    "service": Choice("feedback_kind_service", Kind.REPORT, "thai_do_phuc_vu"),
    "rules": Choice("feedback_kind_rules", Kind.REPORT, "thu_tuc_hanh_chinh"),
    "proposal": Choice("feedback_kind_proposal", Kind.PROPOSAL),
    "praise": Choice("feedback_kind_praise", Kind.PRAISE),
    "decision": Choice("feedback_kind_decision", Kind.COMPLAINT),
    "wrong": Choice("feedback_kind_wrong", Kind.DENUNCIATION),
    "unsure": Choice("feedback_kind_unsure", None),
}


def _choose(talk: Talk, said: Said) -> Taken:
    chosen = KINDS.get(said.choice)
    if chosen is None:
        told = too_little(talk, said.words)
        return told or given(learned(talk, talk.draft, said.words), Step.CHOOSE_KIND)
    if chosen.kind in {Kind.COMPLAINT, Kind.DENUNCIATION}:
        return Warn(chosen.kind)
    draft = given(talk.draft, Step.CHOOSE_KIND, kind=chosen.kind, topic=chosen.topic)
    return learned(talk, draft, draft.words) if draft.words else draft


def _notice(talk: Talk) -> str:
    return talk.desk.say("feedback_notice", notice=_consent(talk)[1])


def _consent(talk: Talk) -> tuple[str, str]:
    office = talk.desk.office.name if talk.desk.office else ""
    told = consent_text(Purpose.HANDLE_CASE, office)
    return told.version, told.text


def _read_notice(talk: Talk, said: Said) -> Taken:
    if said.choice == "decline":
        return Over(texts=(talk.desk.say("feedback_cancelled"),), wishes=(Drop(),))
    draft = given(talk.draft, Step.NOTICE, consent=_consent(talk)[0])
    if said.choice == "agree":
        return draft
    # Who goes on telling has read it: the words are the answer to what is asked next.
    return Onward(draft, said) if len(cut(said.words)) >= LEAST else ASKED_AGAIN


BEGINNING: Final = {
    Step.CHOOSE_KIND: State(
        ask=asking("feedback_open"),
        take=_choose,
        choices={name: one.key for name, one in KINDS.items()},
        needed=lambda talk: talk.draft.kind is None and Step.CHOOSE_KIND not in talk.draft.asked,
        forget=lambda draft: replace(draft, kind=None, topic=""),
    ),
    Step.NOTICE: State(
        ask=_notice,
        take=_read_notice,
        choices={"agree": "feedback_agree", "decline": "feedback_decline"},
        needed=lambda talk: not talk.draft.consent,
        forget=lambda draft: replace(draft, consent=""),
        yes="agree",
        no="decline",
    ),
}
