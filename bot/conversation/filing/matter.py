"""The questions about the matter: of which kind, what, where and since when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from bot.conversation.filing.answers import ASKED_AGAIN, MOST_OF_WORDS, asking, given
from bot.conversation.filing.talk import Again, Onward, Over, Said, State, Step, Taken, Talk, Warn
from bot.conversation.filing.telling import Telling
from bot.feedback.drafts import Draft
from bot.feedback.kinds import HANDLED, Kind
from bot.feedback.models import Place
from bot.feedback.purposes import Purpose, consent_text
from bot.feedback.reference import shown as shown_reference
from bot.feedback.regimes import Regime, regime_of
from bot.feedback.views import CaseView
from bot.feedback.wishes import Drop
from bot.officials.likeness import likeness
from knowledge.text import words as cut

MOST_OF_A_PLACE: Final = 200
MOST_OF_A_TIME: Final = 150
# Fewer words tell no matter.
LEAST: Final = 2
SAME_WORDS: Final = 0.9
SAME_WITHIN: Final = timedelta(days=1)
UNKNOWN_TOPIC: Final = "khac"
IN_THE_STREET: Final = "phan_anh_hien_truong"
OF_CONDUCT: Final = "phan_anh_hanh_vi"
WITH_A_PLACE: Final = frozenset({IN_THE_STREET, OF_CONDUCT, "kien_nghi_dia_phuong"})
WITH_A_TIME: Final = frozenset({IN_THE_STREET, OF_CONDUCT})


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


def regime(draft: Draft) -> Regime:
    """Give the sub-kind a draft is taken for."""
    return regime_of(draft.kind or Kind.REPORT, draft.topic)


def learned(talk: Talk, draft: Draft, told: str) -> Draft:
    """Put what was told into a draft, with all it tells of kind, place and time beside."""
    seen, telling = talk.desk.recogniser.understand(told), Telling.load()
    return replace(
        draft,
        words=told,
        kind=draft.kind or (seen.kind if seen.kind in HANDLED else None),
        topic=draft.topic or seen.topic,
        urgent=draft.urgent or seen.urgent,
        place=draft.place if placed(draft) else replace(draft.place, words=telling.place(told)),
        happened=draft.happened or telling.time(told),
    )


def repeated(talk: Talk, told: str) -> CaseView | None:
    """Give the own case of the last day that says the same."""
    rarity = talk.desk.knowledge.index.rarity
    return next(
        (
            one
            for one in talk.feedback.cases
            if one.own
            and talk.now - one.received_at <= SAME_WITHIN
            and likeness(cut(told), cut(one.words), rarity) >= SAME_WORDS
        ),
        None,
    )


def told_again(talk: Talk, one: CaseView) -> Again:
    """Say that the same was told before, and how to add to it."""
    state = talk.desk.say(f"feedback_state_{one.state}")
    reference = shown_reference(one.reference)
    return Again(key="feedback_repeated", gaps={"reference": reference, "state": state})


def placed(draft: Draft) -> bool:
    """Tell whether the place is known."""
    return bool(draft.place.words) or draft.place.latitude is not None


def _choose(talk: Talk, said: Said) -> Taken:
    chosen = KINDS.get(said.choice)
    if chosen is None:
        told = _too_little(talk, said.words)
        return told or given(learned(talk, talk.draft, said.words), Step.CHOOSE_KIND)
    if chosen.kind in {Kind.COMPLAINT, Kind.DENUNCIATION}:
        return Warn(chosen.kind)
    draft = given(talk.draft, Step.CHOOSE_KIND, kind=chosen.kind, topic=chosen.topic)
    return learned(talk, draft, draft.words) if draft.words else draft


def _too_little(talk: Talk, told: str) -> Again | None:
    if len(cut(told)) < LEAST:
        return Again(key="feedback_what_short")
    if len(told) > MOST_OF_WORDS:
        return Again(key="feedback_what_long", gaps={"most": str(MOST_OF_WORDS)})
    same = repeated(talk, told)
    return told_again(talk, same) if same else None


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


def _ask_what(talk: Talk) -> str:
    by_kind = {Kind.PROPOSAL: "feedback_ask_proposal", Kind.PRAISE: "feedback_ask_praise"}
    if talk.draft.kind is None:
        return talk.desk.say("feedback_unsure")
    return talk.desk.say(by_kind.get(talk.draft.kind, "feedback_ask_what"))


def _take_what(talk: Talk, said: Said) -> Taken:
    told = _too_little(talk, said.words)
    return told or given(learned(talk, talk.draft, said.words), Step.WHAT)


def _ask_place(talk: Talk) -> str:
    of_conduct = regime(talk.draft).id == OF_CONDUCT
    return talk.desk.say("feedback_ask_where_service" if of_conduct else "feedback_ask_where")


def _needs_place(talk: Talk) -> bool:
    draft = talk.draft
    known = placed(draft) or Step.PLACE in draft.asked
    return not known and regime(draft).id in WITH_A_PLACE


def _take_place(talk: Talk, said: Said) -> Taken:
    if said.choice == "skip":
        return given(talk.draft, Step.PLACE)
    if said.position is not None:
        pin = said.position
        place = Place(latitude=pin.latitude, longitude=pin.longitude, words=said.words)
        return given(talk.draft, Step.PLACE, place=place)
    if not _tells_a_place(cut(said.words)):
        return Again(key="feedback_where_unclear")
    place = replace(talk.draft.place, words=said.words.strip()[:MOST_OF_A_PLACE])
    return given(talk.draft, Step.PLACE, place=place)


def _tells_a_place(said: Sequence[str]) -> bool:
    return len(said) >= LEAST or any(word.isdecimal() for word in said)


def _needs_time(talk: Talk) -> bool:
    draft = talk.draft
    known = bool(draft.happened) or Step.WHEN in draft.asked
    return not known and regime(draft).id in WITH_A_TIME


TIMES: Final = {
    "now": "feedback_when_now",
    "today": "feedback_when_today",
    "days": "feedback_when_days",
    "long": "feedback_when_long",
}


def _take_time(talk: Talk, said: Said) -> Taken:
    told = talk.desk.say(TIMES[said.choice]) if said.choice else said.words.strip()
    if not cut(told):
        return ASKED_AGAIN
    telling = Telling.load()
    if not said.choice and not telling.time(told) and telling.place(told):
        # Who is asked since when and tells where said it better than before.
        there = replace(talk.draft.place, words=told[:MOST_OF_A_PLACE])
        return Again(asked=True, draft=replace(talk.draft, place=there))
    return given(talk.draft, Step.WHEN, happened=told[:MOST_OF_A_TIME])


MATTER: Final = {
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
    Step.WHAT: State(
        ask=_ask_what,
        take=_take_what,
        needed=lambda talk: not talk.draft.words,
        forget=lambda draft: replace(draft, words=""),
    ),
    Step.PLACE: State(
        ask=_ask_place,
        take=_take_place,
        choices={"skip": "feedback_skip"},
        needed=_needs_place,
        forget=lambda draft: replace(draft, place=Place()),
        no="skip",
    ),
    Step.WHEN: State(
        ask=asking("feedback_ask_when"),
        take=_take_time,
        choices=TIMES,
        needed=_needs_time,
        forget=lambda draft: replace(draft, happened=""),
    ),
}
