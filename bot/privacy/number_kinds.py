"""What a number is: by its digits alone, and by the words in front of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bot.privacy.accounts import BANKS, FAR, TRANSFERRED, told_of_account
from bot.privacy.kinds import PersonalData
from bot.privacy.words import any_of

_SHAPES: Final = (
    (PersonalData.CCCD, re.compile(r"0(?!00)\d{11}")),
    (PersonalData.PHONE, re.compile(r"0[35789]\d{8}|02\d{8,9}|01[2689]\d{8}")),
    (PersonalData.PHONE, re.compile(r"(?:00)?840?(?:[35789]\d{8}|2\d{8,9})")),
    (PersonalData.CARD, re.compile(r"9704\d{12}(?:\d{3})?")),
    # A branch, and a household in business: ten digits and three.
    (PersonalData.TAX_CODE, re.compile(r"0[1-9]\d{11}")),
)
_PHONE: Final = re.compile(r"0[35789]\d{8}")
_ALONE: Final = (
    (PersonalData.PHONE, re.compile(r"0\d{9,10}")),
    (PersonalData.TAX_CODE, re.compile(r"[1-9]\d{9}(?<!0000)")),
    (PersonalData.CCCD, re.compile(r"[1-9]\d{8}(?<!000)")),
    (PersonalData.ACCOUNT, re.compile(r"\d{12,}")),
)
_NEAR: Final = r"[^\d\[\]]{0,25}"
_TOLD: Final = tuple(
    (kind, re.compile(rf"(?:{words}){_NEAR}\Z", re.IGNORECASE), fewest, most)
    for kind, words, fewest, most in (
        (PersonalData.TAX_CODE, any_of("mã số thuế") + r"|\bmst\b", 10, 13),
        (PersonalData.ACCOUNT, any_of("tài khoản") + r"|\bstk\b|\baccount\b", 6, 19),
        (PersonalData.ACCOUNT, r"\btk\b", 8, 19),
        (PersonalData.ACCOUNT, rf"(?:{any_of('tài khoản')}|\bstk\b){FAR}", 6, 19),
        (PersonalData.CARD, any_of("số thẻ", "thẻ atm"), 16, 19),
        (PersonalData.SOCIAL_INSURANCE, any_of("bhxh", "bhyt", "bảo hiểm"), 10, 15),
        (
            PersonalData.CCCD,
            any_of("cccd", "cmnd", "cmt", "căn cước", "chứng minh", "định danh"),
            9,
            12,
        ),
        (PersonalData.LICENCE, any_of("giấy phép lái xe", "bằng lái") + r"|\bgplx\b", 8, 12),
        (PersonalData.ACCOUNT, BANKS, 9, 19),
        (PersonalData.PHONE, rf"\b{any_of('đt', 'sđt')}|{any_of('điện thoại')}|zalo", 9, 9),
    )
)
# Ten digits that no telephone has, where insurance was spoken of.
_INSURED: Final = re.compile(any_of("bhxh", "bhyt", "bảo hiểm"), re.IGNORECASE)
_OF_INSURANCE: Final = re.compile(r"(?!0[35789]|02\d)\d{10}")
# Of papers and letters, and of no person.
_PAPERS: Final = re.compile(
    any_of(
        *("hồ sơ", "biên nhận", "biên lai", "vận đơn", "bưu gửi", "tờ khai", "quyết định"),
        *("thủ tục", "tra cứu", "phiếu hẹn", "giấy hẹn", "hóa đơn", "hoá đơn", "công văn"),
    )
    + rf"(?: {any_of('số', 'mã', 'của', 'em', 'tôi', 'là')}){{0,3}}[\s:.#-]{{0,5}}\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Said:
    """What the words before a number say: its kind with its fewest and most digits, or of what."""

    told: tuple[PersonalData, int, int] | None
    of_papers: bool
    insured: bool

    @classmethod
    def by(cls, before: str, text: str, end: int) -> Said:
        """Read the words ``before`` a number that ends at ``end`` of ``text``."""
        of_papers = _PAPERS.search(before) is not None
        told = None if of_papers else _told(before) or told_of_account(before, text, end)
        return cls(told, of_papers, _INSURED.search(before) is not None)


def _told(before: str) -> tuple[PersonalData, int, int] | None:
    for kind, words, fewest, most in _TOLD:
        if words.search(before):
            return kind, fewest, most
    return None


def kind_of(
    said: Said, digits: str, *, first: bool, alone: bool, fours: bool
) -> PersonalData | None:
    """Give the kind of a number of ``digits``; nothing where it may be any.

    It is the ``first`` behind what was ``said``, one group ``alone``, or all its groups ``fours``.
    """
    if first and said.told and said.told[1] <= len(digits) <= said.told[2]:
        by_shape = _PHONE.fullmatch(digits) if said.told is TRANSFERRED else None
        return PersonalData.PHONE if by_shape else said.told[0]
    by_itself = alone and not (first and said.of_papers)
    if by_itself and said.insured and _OF_INSURANCE.fullmatch(digits):
        return PersonalData.SOCIAL_INSURANCE
    shapes = (*_SHAPES, *_ALONE) if by_itself else _SHAPES
    for kind, shape in shapes:
        if shape.fullmatch(digits):
            return kind
    return PersonalData.CARD if fours and re.fullmatch(r"[2-6]\d{15}", digits) else None
