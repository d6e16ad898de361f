"""What of an account is as it should be and what is not, in words that say what to do.

What Zalo did not tell is said to be not known, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.casework.zalo.alarms import PACKAGE_SOON, refusals_of
from bot.casework.zalo.standing import Standing, standing_of
from bot.casework.zalo.wording import trouble_sentence, waiting_sentence
from bot.channels.zalo.accounts import AccountStatus
from bot.channels.zalo.packages import is_linked, may_be_linked, package_end, told_so
from bot.channels.zalo.tally import Refusal
from bot.clock import VIETNAM
from bot.console.formats import day, moment
from bot.console.words import say, wording
from bot.console.zalo.refusing import number_words
from bot.storage.zalo_overview_rows import AccountState, Mark, Quota

# A consent that ends so soon is told of, a webhook that was silent for so long, a page so old.
SOON: Final = timedelta(days=14)
QUIET: Final = timedelta(days=3)
OLD: Final = timedelta(days=2)
HEARD: Final = "signature:"


class Tone(StrEnum):
    """How something stands, as tags are coloured; the worst first."""

    BAD = "bad"
    WARN = "warn"
    UNKNOWN = "quiet"
    GOOD = "good"


ORDER: Final = tuple(Tone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing to look at: its ``label``, its ``state`` in a word, and what to do."""

    label: str
    tone: Tone
    says: str

    @property
    def state(self) -> str:
        """The tone as a word."""
        return say(f"zalo_tones.{self.tone.name.lower()}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of an account; ``pays`` tells that its office sends what costs money.

    ``owes`` tells that news wait to be paid for, ``waiting`` how many replies do.
    """

    state: AccountState
    marks: Sequence[Mark]
    quotas: Sequence[Quota]
    pays: bool
    owes: bool = False
    waiting: int = 0

    def stuck(self, now: datetime) -> Sequence[Refusal]:
        """Give what Zalo refuses until somebody acts."""
        return refusals_of(self.state, self.marks, now, owes=self.owes or self.waiting > 0)

    def standing(self, now: datetime) -> Standing:
        """Tell how the account stands."""
        return standing_of(self.state, self.stuck(now), now)


def checks_of(known: Known, now: datetime) -> Sequence[Check]:
    """Give what is to be looked at, the worst first; nothing of an account switched off."""
    if known.state.status is AccountStatus.OFF:
        return ()
    found = [
        *_of_consent(known, now),
        *_of_refusals(known, now),
        *_of_waiting(known),
        *_of_page(known.state, now),
        *_of_verifying(known.state),
        *_of_package(known.state, now),
        *_of_money(known),
        *_of_webhook(known.marks, now),
        *_of_quotas(known.quotas, now),
    ]
    return sorted(found, key=lambda one: ORDER.index(one.tone))


def _check(name: str, tone: Tone, sentence: str, /, **gaps: str) -> Check:
    return Check(
        label=say(f"zalo_checks.{name}"), tone=tone, says=say(f"zalo_checks.{sentence}", **gaps)
    )


def _of_consent(known: Known, now: datetime) -> Iterator[Check]:
    state = known.state
    if state.fault or state.status is AccountStatus.CONSENT_NEEDED:
        tone = Tone.WARN if known.standing(now) is Standing.CONNECTED else Tone.BAD
        says = trouble_sentence(state)
        yield Check(label=say("zalo_checks.consent"), tone=tone, says=says)
        return
    ends = state.refresh_until
    if ends is None:
        yield _check("consent", Tone.UNKNOWN, "consent_unknown")
    elif ends - now < SOON:
        yield _check("consent", Tone.WARN, "consent_ends", at=moment(ends))
    else:
        yield _check("consent", Tone.GOOD, "consent_good", at=moment(ends))


def _of_refusals(known: Known, now: datetime) -> Iterator[Check]:
    """Tell each number once, as Zalo answered it last."""
    told = {one.code: one for one in reversed(known.stuck(now))}
    for code, one in told.items():
        words = number_words(str(code.host), code.number, one.feature)
        says = say("zalo_checks.refused_says", at=moment(one.at), says=words)
        yield Check(label=say("zalo_checks.refused"), tone=Tone.BAD, says=says)


def _of_waiting(known: Known) -> Iterator[Check]:
    if known.waiting:
        says = waiting_sentence(known.waiting)
        yield Check(label=say("zalo_checks.waiting"), tone=Tone.BAD, says=says)


def _of_page(state: AccountState, now: datetime) -> Iterator[Check]:
    if state.told_at is None:
        yield _check("page", Tone.UNKNOWN, "page_never")
    elif now - state.told_at > OLD:
        yield _check("page", Tone.WARN, "page_old", at=moment(state.told_at))


def _of_verifying(state: AccountState) -> Iterator[Check]:
    match told_so(state.told, "is_verified"):
        case True:
            yield _check("verified", Tone.GOOD, "verified_good")
        case False:
            yield _check("verified", Tone.BAD, "verified_bad")
        case None:
            yield _check("verified", Tone.UNKNOWN, "unknown")


def _of_package(state: AccountState, now: datetime) -> Iterator[Check]:
    name = str(state.told.get("package_name") or "").strip()[:60]
    if not name:
        yield _check("package", Tone.UNKNOWN, "unknown")
    else:
        tones = {True: Tone.GOOD, False: Tone.BAD, None: Tone.UNKNOWN}
        tone = tones[may_be_linked(state.told)]
        yield _check("package", tone, f"package_{tone.name.lower()}", name=name)
    yield _of_its_end(state, now)


def _of_its_end(state: AccountState, now: datetime) -> Check:
    ends = package_end(state.told)
    if ends is None:
        return _check("package_end", Tone.UNKNOWN, "unknown")
    left = ends - now.astimezone(VIETNAM).date()
    if left < timedelta():
        return _check("package_end", Tone.BAD, "package_over", day=day(ends))
    if left <= PACKAGE_SOON:
        gaps = {"day": day(ends), "days": str(left.days)}
        return _check("package_end", Tone.WARN, "package_ends", **gaps)
    return _check("package_end", Tone.GOOD, "package_lasts", day=day(ends))


def _of_money(known: Known) -> Iterator[Check]:
    match is_linked(known.state.told):
        case True:
            yield _check("linked", Tone.GOOD, "linked_good")
        case False if known.pays:
            yield _check("linked", Tone.BAD, "linked_bad")
        case False:
            yield _check("linked", Tone.GOOD, "linked_needless")
        case None:
            yield _check("linked", Tone.UNKNOWN, "unknown")


def _of_webhook(marks: Sequence[Mark], now: datetime) -> Iterator[Check]:
    heard = max((one.last_at for one in marks if one.mark.startswith(HEARD)), default=None)
    if heard is None:
        yield _check("webhook", Tone.WARN, "webhook_never")
    elif now - heard > QUIET:
        days = str((now - heard).days)
        yield _check("webhook", Tone.WARN, "webhook_quiet", at=moment(heard), days=days)
    else:
        yield _check("webhook", Tone.GOOD, "webhook_good", at=moment(heard))


def _of_quotas(quotas: Sequence[Quota], now: datetime) -> Iterator[Check]:
    counting = [one for one in quotas if one.until is None or one.until > now]
    if not counting:
        yield _check("quota", Tone.UNKNOWN, "quota_unknown")
        return
    if all(map(_was_never, counting)):
        yield _check("quota", Tone.UNKNOWN, "quota_none")
        return
    empty = [one for one in counting if one.remain <= 0 and not _was_never(one)]
    for one in empty:
        yield _check("quota", Tone.WARN, "quota_empty", kind=quota_name(one.kind))
    if not empty:
        yield _check("quota", Tone.GOOD, "quota_good")


def _was_never(one: Quota) -> bool:
    """Tell whether there never was any: nothing bought is nothing lacking."""
    return one.total == 0


def quota_name(kind: str) -> str:
    """Name a quota; one that nobody named as Zalo does."""
    key = f"zalo_quotas.{kind}"
    return say(key) if key in wording().sentences else kind
