"""Looking it over: similar cases nearby, the summary, what to mend, and sending."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.clock import VIETNAM
from bot.conversation.filing.answers import given, noted, shown, with_forgotten
from bot.conversation.filing.filed import filed, too_many
from bot.conversation.filing.learning import regime, repeated, told_again
from bot.conversation.filing.matter import MATTER
from bot.conversation.filing.photos import PHOTOS
from bot.conversation.filing.place_and_time import WITH_A_PLACE, WITH_A_TIME
from bot.conversation.filing.reach import may_ask
from bot.conversation.filing.sender import SENDER, web_page
from bot.conversation.filing.talk import Again, Over, Said, State, Step, Taken, Talk
from bot.conversation.phrasing import shortened
from bot.conversation.sides import vietnamese_date
from bot.feedback.drafts import Draft
from bot.feedback.kinds import Kind
from bot.feedback.near import MOST, similar
from bot.feedback.purposes import Purpose, consent_text
from bot.feedback.regimes import regime_of
from bot.feedback.views import NearCase
from bot.feedback.wishes import Drop, File, Follow

MOST_SHOWN: Final = 200
FOLLOW: Final = "follow-"


def near(talk: Talk) -> tuple[NearCase, ...]:
    """Give the open cases of others that may be the same matter."""
    rarity = talk.desk.knowledge.index.rarity
    own = {one.id for one in talk.feedback.cases}
    others = [one for one in talk.feedback.near if one.id not in own]
    return similar(talk.draft, others, talk.now, rarity)


def _ask_near(talk: Talk) -> str:
    lines = [
        talk.desk.say(
            "feedback_near_line",
            number=str(number),
            title=", ".join(filter(None, (regime_of(_kind(talk), one.topic).label, one.title))),
            day=vietnamese_date(one.received_at.astimezone(VIETNAM).date()),
        )
        for number, one in enumerate(near(talk), start=1)
    ]
    office = talk.desk.office.name if talk.desk.office else ""
    agreed = consent_text(Purpose.FOLLOW, office).text
    return talk.desk.say("feedback_near", list="\n".join(lines), agreed=agreed)


def _kind(talk: Talk) -> Kind:
    return talk.draft.kind or Kind.REPORT


def _laid_near(talk: Talk) -> Draft:
    return replace(talk.draft, seen=tuple(one.id for one in near(talk)))


def _near_choices(talk: Talk) -> Sequence[str]:
    return (*(f"{FOLLOW}{number}" for number, _ in enumerate(talk.draft.seen, start=1)), "other")


def _take_near(talk: Talk, said: Said) -> Taken:
    """Take a choice of those that were shown, whatever is near or likelier by now."""
    if said.choice == "other":
        return given(talk.draft, Step.NEAR)
    number, shown_ones = said.choice.removeprefix(FOLLOW), talk.draft.seen
    if not said.choice or not number.isdecimal() or not 1 <= int(number) <= len(shown_ones):
        return noted(talk, said)
    chosen = shown_ones[int(number) - 1]
    if chosen not in {one.id for one in talk.feedback.near}:
        # It ended meanwhile: those that are left are shown, or the matter goes on by itself.
        return Again(asked=True) if near(talk) else given(talk.draft, Step.NEAR)
    return Over(texts=(talk.desk.say("feedback_followed"),), wishes=(Follow(chosen), Drop()))


def _summary(talk: Talk) -> str:
    draft, desk = talk.draft, talk.desk
    none = desk.say("feedback_summary_none")
    pin = desk.say("feedback_where_pin") if draft.place.latitude is not None else ""
    where = ", ".join(filter(None, (shown(draft.place.words), pin)))
    summary = desk.say(
        "feedback_summary",
        kind=regime(draft).label,
        what=shortened(shown(draft.words), MOST_SHOWN),
        where=where or none,
        when=shown(draft.happened) or none,
        photos=str(len(draft.files)) if draft.files else none,
        who=_who(talk),
    )
    page = web_page(talk) if draft.kind is not Kind.PRAISE else ""
    elsewhere = desk.say("feedback_contact_on_web", page=page) if page else ""
    return "\n\n".join(filter(None, (summary, elsewhere)))


def _who(talk: Talk) -> str:
    told = talk.draft.contact
    if told.is_empty:
        return talk.desk.say("feedback_summary_here")
    parts = {"name": told.name, "phone": told.phone, "address": told.address}
    given_ones = [talk.desk.say(f"feedback_contact_{name}") for name, one in parts.items() if one]
    return talk.desk.say("feedback_summary_named", list=", ".join(given_ones))


def _take_summary(talk: Talk, said: Said) -> Taken:
    match said.choice:
        case "send":
            return _send(talk)
        case "edit":
            return replace(talk.draft, step=Step.EDIT)
        case "cancel":
            return Over(texts=(talk.desk.say("feedback_cancelled"),), wishes=(Drop(),))
        case _:
            return noted(talk, said)


def _send(talk: Talk) -> Taken:
    same = repeated(talk, talk.draft.words)
    if same:
        return told_again(talk, same)
    if too_many(talk.feedback):
        return Again(key="feedback_too_many", gaps={"count": str(talk.feedback.today)})
    draft = replace(talk.draft, kind=_kind(talk), topic=talk.draft.topic or "khac")
    return Over(texts=filed(replace(talk, draft=draft)), wishes=(File(draft),))


# What can be mended, the question that is asked again, and the label.
PARTS: Final = {
    "kind": (Step.CHOOSE_KIND, "feedback_edit_kind"),
    "what": (Step.WHAT, "feedback_edit_what"),
    "where": (Step.PLACE, "feedback_edit_where"),
    "when": (Step.WHEN, "feedback_edit_when"),
    "photos": (Step.PHOTO, "feedback_edit_photos"),
    "who": (Step.CALL, "feedback_edit_who"),
}


def _mendable(talk: Talk) -> Sequence[str]:
    told = regime(talk.draft)
    left_out = {
        "where": told.id not in WITH_A_PLACE,
        "when": told.id not in WITH_A_TIME,
        "who": not may_ask(talk) or talk.draft.kind is Kind.PRAISE,
    }
    return [name for name in PARTS if not left_out.get(name)]


def _take_part(talk: Talk, said: Said) -> Taken:
    if said.choice not in PARTS:
        return noted(talk, said)
    step, _ = PARTS[said.choice]
    return with_forgotten({**MATTER, **PHOTOS, **SENDER}[step], talk.draft, step)


CLOSING: Final = {
    Step.NEAR: State(
        ask=_ask_near,
        laid=_laid_near,
        take=_take_near,
        choices={
            **{f"{FOLLOW}{number}": "feedback_follow" for number in range(1, MOST + 1)},
            "other": "feedback_near_other",
        },
        offered=_near_choices,
        needed=lambda talk: Step.NEAR not in talk.draft.asked and bool(near(talk)),
        no="other",
    ),
    Step.SUMMARY: State(
        ask=_summary,
        take=_take_summary,
        choices={
            "send": "feedback_send",
            "edit": "feedback_edit",
            "cancel": "feedback_cancel",
        },
        needed=lambda _: True,
        yes="send",
        no="edit",
    ),
    Step.EDIT: State(
        ask=lambda talk: talk.desk.say("feedback_edit_which"),
        take=_take_part,
        choices={name: key for name, (_, key) in PARTS.items()},
        offered=_mendable,
    ),
}
