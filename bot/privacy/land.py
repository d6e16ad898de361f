"""Certificates of land by their numbers, and plots of the map where it is said whose they are."""

from __future__ import annotations

from typing import Final

from bot.privacy.words import any_of

_LAND: Final = any_of(
    *(
        "giấy chứng nhận",
        "gcn",
        "gcnqsd",
        "gcnqsdđ",
        "sổ đỏ",
        "sổ hồng",
        "sổ đất",
        "sổ nhà",
        "bìa đỏ",
        "giấy đất",
        "giấy nhà",
        "giấy tờ đất",
        "giấy tờ nhà",
    ),
    *("số phát hành", "số seri", "sê-ri", "số vào sổ", "vào sổ", "quyền sử dụng đất", "sang tên"),
    *("thế chấp", "thửa", "sổ", "số hiệu", "bìa", "gcnqsdd"),
)
# Two letters and six digits are printed on a certificate, eight on the newest; with two letters
# and four or five it stands in the office's own book.
_SERIES: Final = r"[a-zđ]{2} {0,2}[.:-]? {0,2}\d{3}[ .]?\d{3}(?:[ .]?\d\d)?(?![\d/])"
_BOOK: Final = r"(?:c[ths]|h) {0,2}[.:-]? {0,2}\d{4,6}(?![\d/])"
_OTHER_PAPERS: Final = r"(?!q[dđ]|n[dđ]|tt|cv|hd|hs|bb|tb|kh|bc|vb|gm|pa|mb)"
_NUMBER: Final = any_of("số", "thửa", "đất")
_PLOT_NUMBER: Final = rf"{any_of('thửa')}(?: {_NUMBER}){{0,2}} ?:? ?\d{{1,4}}"
_SHEET: Final = rf"{any_of('tờ')}(?: {any_of('bản đồ')})?(?: {_NUMBER})? ?:? ?\d{{1,3}}"
_PLOT: Final = (
    rf"(?:{_PLOT_NUMBER}[\s,;-]{{1,3}}(?:{any_of('thuộc')} )?{_SHEET}"
    rf"|{_SHEET}[\s,;-]{{1,3}}{_PLOT_NUMBER})\b"
)
_GROUND: Final = any_of("nhà", "đất", "ruộng", "vườn", "sổ", "sổ đỏ", "sổ hồng")
_OWNER: Final = any_of(
    *("tôi", "em", "tui", "mình", "cháu", "con", "gia đình", "ông bà", "mẹ", "bố", "ba"),
)
_OWNED: Final = (
    rf"(?:\[(?:land title|name)\]|\b{_GROUND}(?: {any_of('của', 'nhà')})? {_OWNER})"
    rf"[\s,:;(-]{{1,3}}(?:{any_of('ở', 'là', 'tại', 'số', 'thuộc')} ){{0,2}}"
)
LAND_TITLES: Final = (
    rf"\b{_LAND}\b[^\d\n\[\]]{{0,30}}?\b(?P<hide>{_OTHER_PAPERS}(?:{_SERIES}|{_BOOK}))",
    # What follows a title is another number of it.
    rf"\[land title\][^\d\n\[\]]{{0,30}}?\b(?P<hide>{_OTHER_PAPERS}(?:{_SERIES}|{_BOOK}))",
    rf"\b(?P<hide>{_OTHER_PAPERS}(?-i:[A-ZĐ]{{2}}) ?\d{{3}}[ .]?\d{{3}})(?![\d/-]|[.,]\d)",
    # A plot on the map of its commune, where it is said whose it is.
    rf"{_OWNED}(?P<hide>{_PLOT})",
    rf"\b(?P<hide>{_PLOT})(?= {any_of('của', 'là của', 'đứng tên', 'nhà tôi', 'nhà em')}\b)",
)
