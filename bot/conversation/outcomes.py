"""Every way a turn can end, and every side of a procedure a citizen can ask about."""

from enum import StrEnum


class Outcome(StrEnum):
    """How a turn ended; ``labels.vi.toml`` has the Vietnamese word for each."""

    ANSWERED = "answered"
    CHOICES = "choices"
    HOTLINE = "hotline"
    GUIDE = "guide"
    CASE_STATUS = "case_status"
    FEEDBACK = "feedback"
    EMERGENCY = "emergency"
    PERSON = "person"
    WITH_OFFICER = "with_officer"
    SMALL_TALK = "small_talk"
    OUT_OF_SCOPE = "out_of_scope"
    UNANSWERED = "unanswered"
    MENU = "menu"
    MEDIA = "media"
    CLOSED = "closed"
    ERROR = "error"
    FOLLOW_UP = "follow_up"
    NEWS = "news"


class Aspect(StrEnum):
    """The side of a procedure that was asked about; ``OVERVIEW`` is the short card."""

    OVERVIEW = "overview"
    PAPERS = "papers"
    FEE = "fee"
    TIME = "time"
    WHERE = "where"
    ONLINE = "online"
    STEPS = "steps"
    FORM = "form"
    LAW = "law"
    WHO = "who"
    RESULT = "result"
    NOTES = "notes"
