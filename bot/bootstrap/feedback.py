"""Wires feedback: what turns know and wish, and who hears of what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from bot.channels.kept import KEPT
from bot.channels.zalo.window import Paying
from bot.clock import Clock
from bot.conversation.filing.telling import Telling
from bot.conversation.pipeline import Conversation
from bot.feedback.law import data_names, read_data
from bot.feedback.office_times import OfficeTimes
from bot.handling.answer_files import AnswerFiles
from bot.handling.bureau import Bureau
from bot.handling.clockwork import OfficeClockwork
from bot.handling.filing import Filing
from bot.handling.granting import Granting
from bot.handling.listening import Listening
from bot.handling.noticing import Announcer
from bot.handling.own.copies import Copies
from bot.handling.own.granting import OwnData
from bot.handling.sealing import Seals
from bot.handling.talking import Talking
from bot.handling.telling_on import TellingOn
from bot.handling.typed import AsTyped
from bot.settings import Settings
from bot.storage.database import Database
from bot.vault import Vaults
from broadcasts.calendar.estimated import estimated_day_off


def _read_ahead(conversation: Conversation) -> None:
    """Read what feedback is told from, so that nothing is read from disk once messages come."""
    Telling.load()
    for name in data_names():
        read_data(name)
    # What is written without marks is told by lists of its own.
    for text in ("rác", "rac"):
        conversation.desk.recogniser.understand(text)
    estimated_day_off(date.min)


def _answering(conversation: Conversation) -> str:
    """Give the code of the office that answers: settings need not name it."""
    office = conversation.desk.office
    return office.code if office else ""


def clockwork_of(conversation: Conversation) -> OfficeClockwork:
    """Reckon by what ``conversation`` answers from."""
    return OfficeClockwork(
        lambda: conversation.desk.knowledge.snapshot, lambda: conversation.stood
    )


def times(conversation: Conversation) -> Callable[[], OfficeTimes]:
    """Give what gives working time and limits of the offices as they are just now."""
    clockwork = clockwork_of(conversation)
    return lambda: clockwork.times


def bureau_of(conversation: Conversation, vaults: Vaults) -> Callable[[], Bureau]:
    """Give what gives the rules of the offices as they are just now."""
    seals, clockwork = Seals(vaults.data), clockwork_of(conversation)
    return lambda: Bureau(
        clockwork=clockwork,
        seals=seals,
        desks=conversation,
        offices=conversation.desk.knowledge.snapshot.offices,
    )


def copies_of(
    conversation: Conversation, vaults: Vaults, database: Database, clock: Clock
) -> Copies:
    """Give what makes citizens' copies of what is kept about them."""
    return Copies(database=database, seals=Seals(vaults.data), desks=conversation, clock=clock)


def answer_files_of(vaults: Vaults, database: Database) -> AnswerFiles:
    """Give what opens the files of answers."""
    return AnswerFiles(database=database, vault=vaults.data)


def talking_of(conversation: Conversation, vaults: Vaults, settings: Settings) -> Talking:
    """Give feedback as the worker sees it; new cases go to the office that answers."""
    _read_ahead(conversation)
    seals, clockwork = Seals(vaults.data), clockwork_of(conversation)
    return Talking(
        listening=Listening(
            seals=seals,
            clockwork=clockwork,
            office=lambda address: conversation.office_of(address.account),
            typed=AsTyped(vaults).words,
        ),
        granting=Granting(
            filing=Filing(seals, clockwork),
            telling=TellingOn(seals=seals, clockwork=clockwork),
            own=OwnData(desks=conversation, seals=seals, clockwork=clockwork, kept=KEPT),
            sealed=vaults.sealed,
            office=_answering(conversation),
        ),
        announcer=Announcer(desks=conversation, kept=KEPT, pays=settings.zalo_paid == Paying.PAY),
    )
