"""The neutral vocabulary between channels, tables and conversation.

A channel turns its provider's wire form into these records and back; nothing past the channel
knows which provider spoke. Times are aware UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, NewType, Self

# Every code that lets somebody into a trial begins so, typed or as a link sends it.
INVITATION: Final = "thu-"
# Every code that makes a chat an officer's own begins so.
OFFICER_CODE: Final = "cb-"
# Of a degree: about a metre.
DECIMALS: Final = 5
ConversationKey = NewType("ConversationKey", str)


class ChannelName(StrEnum):
    """A way to reach citizens; of Zalo's two an account's followers, and those of a bot."""

    WEB = "web"
    TELEGRAM = "telegram"
    ZALO = "zalo"
    ZALO_BOT = "zalo_bot"


class Author(StrEnum):
    """Whose words a reply is: the program's, an officer's, or the office's in an officer's talk.

    The office speaks when an officer begins to answer and the program falls silent; with the
    program's next words it answers again.
    """

    BOT = "bot"
    OFFICER = "officer"
    OFFICE = "office"


class Priority(StrEnum):
    """Who goes first where a channel's rate lets few pass: a waiting reply, always."""

    REPLY = "reply"
    BROADCAST = "broadcast"


class MessageKind(StrEnum):
    """What a citizen sent; everything but text and a choice is received politely and put aside.

    ``CONTACT`` is that they handed in who they are where nobody asked: nothing of it is kept.
    """

    TEXT = "text"
    CHOICE = "choice"
    PHOTO = "photo"
    VOICE = "voice"
    FILE = "file"
    LOCATION = "location"
    CONTACT = "contact"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True, kw_only=True)
class CitizenAddress:
    """Where one citizen is reached: a channel and that channel's id for them."""

    channel: ChannelName
    user_id: str

    @property
    def conversation(self) -> ConversationKey:
        """The key under which this citizen's messages stand in order."""
        return ConversationKey(f"{self.channel}:{self.user_id}")

    @property
    def account(self) -> str:
        """The account they write to, on a channel on which each office has its own."""
        return self.user_id.partition(":")[0] if self.channel is ChannelName.ZALO else ""

    @classmethod
    def of(cls, conversation: str) -> Self:
        """Give the address back from its ``conversation``.

        Raises:
            ValueError: no such channel is known.
        """
        channel, _, user_id = conversation.partition(":")
        return cls(channel=ChannelName(channel), user_id=user_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file a citizen sent, as its channel tells of it; nothing told here is proven.

    ``reference`` is what the channel gives the bytes for, or of a channel whose citizens bring
    them themselves the number of the stored file. ``media`` is its media type and ``size`` in
    bytes, both empty when not told. Its name is not taken: nobody needs it, and it may say whom
    somebody denounces.
    """

    reference: str
    media: str = ""
    size: int = 0

    @property
    def is_picture(self) -> bool:
        """Tell whether it says that it is a picture; photos are sent as documents too."""
        return self.media.startswith("image/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A place on earth a citizen showed, in degrees (WGS 84), to about a metre."""

    latitude: float
    longitude: float

    @classmethod
    def read(cls, latitude: object, longitude: object) -> Self | None:
        """Give the position two numbers tell; nothing when they tell none."""
        north, east = _degrees(latitude, most=90), _degrees(longitude, most=180)
        if north is None or east is None:
            return None
        return cls(latitude=north, longitude=east)


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingMessage:
    """One thing a citizen said.

    ``external_id`` is the channel's id of the message, unique within the channel: duplicates are
    dropped by it. ``text`` is the words typed, those under a photo, or the value of the pressed
    choice. ``masked`` names the kinds of personal data that were hidden in ``text`` before it
    was stored. ``attachment`` and ``position`` are kept until the message is answered, no
    longer. ``sealed`` is the text as typed, where something was hidden in it, for whoever has
    the key; it is kept as long. ``album`` names the pictures that were sent at once, each a
    message of its own.
    """

    address: CitizenAddress
    external_id: str
    kind: MessageKind
    text: str
    received_at: datetime
    masked: tuple[str, ...] = ()
    attachment: Attachment | None = None
    position: Position | None = None
    album: str = ""
    sealed: bytes | None = None


@dataclass(frozen=True, slots=True)
class QuickReply:
    """A choice offered under a reply: ``label`` is read, ``value`` comes back (ASCII, ≤ 60)."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A button under a reply that opens an https ``address``."""

    label: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A stored file that goes with a reply; ``size`` in bytes, ``digest`` of its content.

    ``told`` says what a picture shows, for who does not see it. ``address`` is where everybody may
    fetch it; empty while there is no such place. A ``private`` one is the citizen's alone, of no
    digest and never kept by a provider's id: a copy made when it is fetched, of no size known
    before, or a file of an ``answer``.
    """

    file: int
    name: str
    media: str
    size: int
    digest: str
    told: str = ""
    address: str = ""
    private: bool = False
    answer: bool = False

    @property
    def is_picture(self) -> bool:
        """Tell whether it is shown and not only offered."""
        return self.media.startswith("image/")


class Wanted(StrEnum):
    """What a reply asks for beside words; the chat page offers a button for a photo or a place.

    Zalo asks for a contact by a card of its own; elsewhere it is typed.
    """

    PHOTO = "photo"
    PLACE = "place"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Reply:
    """What to say, before it is addressed: plain text with line breaks, and what goes with it.

    ``page`` is the address of a public page that shows all of it; empty while there is none.
    ``wants`` may be answered by a photo, a place or a contact until the next reply.
    """

    text: str
    choices: tuple[QuickReply, ...] = ()
    links: tuple[Link, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    page: str = ""
    wants: tuple[Wanted, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingMessage:
    """One message on its way to one citizen; ``id`` is its row.

    ``patience`` is how many seconds it may wait for its turn; without it the channel decides.
    """

    id: int
    address: CitizenAddress
    reply: Reply
    author: Author = Author.BOT
    priority: Priority = Priority.REPLY
    patience: float | None = None


def _degrees(value: object, *, most: int) -> float | None:
    # A truth value counts as a number to the language, and to nobody else.
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= most:
        return None
    return round(float(value), DECIMALS)
