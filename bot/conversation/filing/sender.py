"""Who sends it and how they may be reached: asked for only where it is needed or wished."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.conversation.filing.answers import choosing, given, typed
from bot.conversation.filing.learning import regime
from bot.conversation.filing.reach import may_ask, merged, read_name, read_phone, told_contact
from bot.conversation.filing.talk import Said, State, Step, Taken, Talk
from bot.feedback.drafts import Draft
from bot.feedback.kinds import Kind
from bot.feedback.models import Contact
from bot.feedback.purposes import Purpose, consent_text
from bot.feedback.regimes import Unnamed
from bot.officials.office_rules import LINK

MOST_OF_A_NAME: Final = 80
MOST_OF_AN_ADDRESS: Final = 200


def web_page(talk: Talk) -> str:
    """Give the address of our own page where personal data may be left instead; empty if none.

    It is given where the channel's rule is the link, and our pages have an address.
    """
    linked = talk.desk.standing.rules.feedback_telegram == LINK
    return talk.desk.site if linked and not may_ask(talk) else ""


def is_tip(draft: Draft) -> bool:
    """Tell whether a matter without a full name and address is only a tip, by its regime."""
    told = draft.contact
    whole = bool(told.name and told.phone and told.address)
    return regime(draft).unnamed is Unnamed.TIP and not whole


def _by_law(talk: Talk) -> bool:
    return regime(talk.draft).unnamed is Unnamed.TIP


def _needs_named(talk: Talk) -> bool:
    return _by_law(talk) and talk.draft.anonymous is None and may_ask(talk)


def _needs_call(talk: Talk) -> bool:
    draft = talk.draft
    praised = draft.kind is Kind.PRAISE
    return not (praised or _by_law(talk)) and draft.call_back is None and may_ask(talk)


def _wanted(talk: Talk, step: Step) -> bool:
    return talk.draft.anonymous is False and step not in talk.draft.asked and may_ask(talk)


def _agreed(talk: Talk) -> str:
    office = talk.desk.office.name if talk.desk.office else ""
    told = consent_text(Purpose.CONTACT, office).text
    return talk.desk.say("feedback_contact_consent", consent=told)


def _ask_name(talk: Talk) -> str:
    told = consent_text(Purpose.CONTACT_BY_LAW).text if _by_law(talk) else ""
    return "\n".join(filter(None, (told, talk.desk.say("feedback_ask_name"))))


def _nameless(draft: Draft, step: Step) -> Draft:
    return given(draft, step, anonymous=True, call_back=False, contact=Contact())


def _forgotten(draft: Draft) -> Draft:
    of_sender = {Step.NAMED, Step.CALL, Step.NAME, Step.PHONE, Step.ADDRESS}
    asked = tuple(one for one in draft.asked if one not in of_sender)
    return replace(draft, anonymous=None, call_back=None, contact=Contact(), asked=asked)


def _take_call(talk: Talk, said: Said) -> Taken:
    """Take a yes or a no; who tells their name or number is to be called."""
    contact = None if said.choice else told_contact(said.words, talk.desk)
    return _CALLED(talk, said) if contact is None else _reached(talk.draft, contact)


def _take_name(talk: Talk, said: Said) -> Taken:
    contact = None if said.choice else told_contact(said.words, talk.desk)
    both = contact is not None and bool(contact.name and contact.phone)
    return _reached(talk.draft, contact) if contact and both else _NAMED(talk, said)


def _reached(draft: Draft, told: Contact) -> Draft:
    """Note who somebody says they are; what was told is not asked again."""
    contact = merged(draft.contact, told)
    draft = given(draft, Step.CALL, anonymous=False, call_back=True, contact=contact)
    draft = given(draft, Step.NAME) if contact.name else draft
    return given(draft, Step.PHONE) if contact.phone else draft


_CALLED: Final = choosing(
    yes=lambda draft: given(draft, Step.CALL, anonymous=False, call_back=True),
    no=lambda draft: _nameless(draft, Step.CALL),
)
_NAMED: Final = typed(
    Step.NAME, "name", MOST_OF_A_NAME, wrong="feedback_name_unclear", read=read_name
)
SENDER: Final = {
    Step.NAMED: State(
        ask=lambda talk: talk.desk.say("feedback_anonymous_rules"),
        take=choosing(
            yes=lambda draft: given(draft, Step.NAMED, anonymous=False, call_back=True),
            no=lambda draft: _nameless(draft, Step.NAMED),
        ),
        choices={"yes": "feedback_anonymous_no", "no": "feedback_anonymous_yes"},
        needed=_needs_named,
        forget=_forgotten,
        yes="yes",
        no="no",
    ),
    Step.CALL: State(
        ask=_agreed,
        take=_take_call,
        choices={"yes": "feedback_call_yes", "no": "feedback_call_no"},
        needed=_needs_call,
        forget=_forgotten,
        yes="yes",
        no="no",
    ),
    Step.NAME: State(
        ask=_ask_name,
        take=_take_name,
        choices={"skip": "feedback_skip"},
        needed=lambda talk: _wanted(talk, Step.NAME),
        forget=lambda draft: replace(draft, contact=replace(draft.contact, name="")),
        no="skip",
    ),
    Step.PHONE: State(
        ask=lambda talk: talk.desk.say("feedback_ask_phone"),
        take=typed(
            Step.PHONE, "phone", MOST_OF_A_NAME, wrong="feedback_phone_wrong", read=read_phone
        ),
        choices={"skip": "feedback_skip"},
        needed=lambda talk: _wanted(talk, Step.PHONE),
        forget=lambda draft: replace(draft, contact=replace(draft.contact, phone="")),
        no="skip",
    ),
    Step.ADDRESS: State(
        ask=lambda talk: talk.desk.say("feedback_ask_address"),
        take=typed(Step.ADDRESS, "address", MOST_OF_AN_ADDRESS, wrong="feedback_where_unclear"),
        choices={"skip": "feedback_skip"},
        needed=lambda talk: _by_law(talk) and _wanted(talk, Step.ADDRESS),
        forget=lambda draft: replace(draft, contact=replace(draft.contact, address="")),
        no="skip",
    ),
}
