"""The words of the knowledge package: frozen records of what an office knows.

Money is an ``int`` in đồng. Dates are calendar days in Việt Nam. What nobody has
confirmed stays ``None`` or ``UNKNOWN``: it is shown as unknown, never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

ProcedureCode = NewType("ProcedureCode", str)
OfficeCode = NewType("OfficeCode", str)
GuideId = NewType("GuideId", str)


class Level(StrEnum):
    """The tier of government that decides a procedure; districts are gone since 1 July 2025."""

    COMMUNE = "commune"
    PROVINCE = "province"
    MINISTRY = "ministry"


class Place(StrEnum):
    """Where a citizen brings the file; each has one sentence in ``places.vi.toml``."""

    COMMUNE_ONE_STOP = "commune_one_stop"
    COMMUNE_POLICE = "commune_police"
    COMMUNE_MILITARY = "commune_military"
    PROVINCE_ONE_STOP = "province_one_stop"
    PROVINCE_POLICE = "province_police"
    LAND_OFFICE = "land_office"
    SOCIAL_INSURANCE = "social_insurance"
    TAX_OFFICE = "tax_office"
    BUSINESS_REGISTRY = "business_registry"
    NOTARY = "notary"
    SCHOOL = "school"
    ONLINE_ONLY = "online_only"
    OTHER = "other"


class OnlineLevel(StrEnum):
    """How far a procedure can be done online (toàn trình, một phần, chưa có, chưa rõ)."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"
    UNKNOWN = "unknown"


class FeeStatus(StrEnum):
    """What is known of a fee; ``PROVINCIAL`` means the provincial People's Council sets it."""

    KNOWN = "known"
    FREE = "free"
    PROVINCIAL = "provincial"
    UNKNOWN = "unknown"


class TimeUnit(StrEnum):
    """The unit of a processing time."""

    WORKING_DAY = "working_day"
    DAY = "day"
    HOUR = "hour"
    MONTH = "month"
    SAME_DAY = "same_day"


class Confidence(StrEnum):
    """How well a record is confirmed: A two sources agree, B one official, C one other, U not."""

    A = "A"
    B = "B"
    C = "C"
    U = "U"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequiredDocument:
    """One paper of the file (thành phần hồ sơ); counts are ``None`` when nobody stated them."""

    name: str
    originals: int | None = None
    copies: int | None = None
    case: str = ""
    form: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeLine:
    """One amount in đồng, for one way or case of filing."""

    amount: int
    per: str = ""
    case: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """What a procedure costs (phí, lệ phí)."""

    status: FeeStatus
    lines: tuple[FeeLine, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessingTime:
    """One time limit; ``amount`` is ``None`` for ``SAME_DAY``."""

    unit: TimeUnit
    amount: int | None = None
    case: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A remark with the last day it holds, when it has one."""

    text: str
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a record was seen and when."""

    name: str
    seen: date
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSource:
    """Where one field of a record comes from, when it is not the record's own source."""

    field: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalText:
    """A law, decree or circular with the days it is in force; ``None`` means open or unknown."""

    number: str
    title: str
    effective_from: date | None = None
    effective_to: date | None = None
    replaced_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """One administrative procedure (thủ tục hành chính) as this office explains it.

    ``aliases`` are everyday ways of asking. ``only_when`` lists words without which the
    procedure is not meant (a foreign element, an overdue birth); ``not_when`` words that rule it
    out. ``popularity`` is 0 (rare) to 5 (asked daily). ``province`` names the province whose own
    procedure it is, empty for the whole country. ``has_card`` is false for a bare catalogue row.
    ``sources`` names the fields an office stated itself; ``source`` is that of all others.
    ``abolished`` names the decision that abolished the procedure, empty while it is in force.
    """

    code: ProcedureCode
    official_name: str
    everyday_name: str
    sector: str
    level: Level
    source: Source
    aliases: tuple[str, ...] = ()
    only_when: tuple[str, ...] = ()
    not_when: tuple[str, ...] = ()
    family: str = ""
    popularity: int = 0
    province: str = ""
    internal: bool = False
    has_card: bool = True
    for_whom: str = ""
    papers: tuple[RequiredDocument, ...] = ()
    papers_note: str = ""
    fee: Fee = Fee(status=FeeStatus.UNKNOWN)
    times: tuple[ProcessingTime, ...] = ()
    time_note: str = ""
    places: tuple[Place, ...] = ()
    where_note: str = ""
    any_centre: bool = False
    fifteen_hour_rule: bool = False
    online: OnlineLevel = OnlineLevel.UNKNOWN
    online_url: str = ""
    online_note: str = ""
    steps: tuple[str, ...] = ()
    result: str = ""
    legal: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    renumbered_to: str = ""
    abolished: str = ""
    former_codes: tuple[str, ...] = ()
    confidence: Confidence = Confidence.U
    sources: tuple[FieldSource, ...] = ()

    def source_of(self, field: str) -> Source:
        """Give where a field comes from."""
        return next((one.source for one in self.sources if one.field == field), self.source)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """A short how-to (filing online, a forgotten password) in at most eight steps."""

    id: GuideId
    title: str
    aliases: tuple[str, ...]
    steps: tuple[str, ...]
    source: Source
    intro: str = ""
    notes: tuple[Note, ...] = ()
    link: str = ""
    related: tuple[ProcedureCode, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hotline:
    """A telephone number confirmed by a source; unconfirmed ones are never records."""

    name: str
    phone: str
    purpose: str
    aliases: tuple[str, ...]
    source: Source
    office: OfficeCode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningHours:
    """One span a desk is open: ISO weekdays 1–7 and local ``HH:MM`` times."""

    weekdays: tuple[int, ...]
    opens: str
    closes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A node of the office tree: province → commune → unit.

    ``serves`` names the kinds of desk it is, where citizens of this tree bring their files.
    """

    code: OfficeCode
    name: str
    province: str
    parent: OfficeCode | None = None
    address: str = ""
    map_url: str = ""
    phone: str = ""
    email: str = ""
    hours: tuple[OpeningHours, ...] = ()
    hours_note: str = ""
    aliases: tuple[str, ...] = ()
    serves: tuple[Place, ...] = ()
    sample: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOff:
    """Days from ``first`` to ``last`` on which offices are closed, holidays and days in lieu.

    With ``works`` they are open instead, in exchange for another day. Not ``confirmed`` means
    that the notice is still to come. ``aliases`` are what people call the days.
    """

    name: str
    first: date
    last: date
    source: Source
    aliases: tuple[str, ...] = ()
    works: bool = False
    confirmed: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Everything an office knows at one moment; published whole, swapped whole."""

    procedures: tuple[Procedure, ...] = ()
    guides: tuple[Guide, ...] = ()
    hotlines: tuple[Hotline, ...] = ()
    offices: tuple[Office, ...] = ()
    legal_texts: tuple[LegalText, ...] = ()
    days_off: tuple[DayOff, ...] = ()
    version: str = ""
