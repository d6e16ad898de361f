"""Where somebody is reached on the net: mail, also said in words, and pages of their own."""

from __future__ import annotations

from typing import Final

from bot.privacy.words import any_of

_AT: Final = (
    r"\s{0,3}(?:@|[(\[{]\s?(?:at?|a ?còng|a ?cong)\s?[)\]}]"
    r"|\s(?:a ?)?c(?:ò|o)ng\s|\sat\s(?=\w+[.\s(\[]))\s{0,3}"
)
_KNOWN: Final = r"(?:gmail|g mail|yahoo|hotmail|outlook|icloud)"
_DOT: Final = r"\s{0,2}(?:\.|[(\[{]\s?dot\s?[)\]}]|\s(?:ch(?:ấ|a)m|dot)\s)\s{0,2}"
_ENDING: Final = r"(?:com|vn|net|org|edu|gov|info)\b"
_DOMAIN: Final = rf"[\w-]++(?:(?:\.|{_DOT}(?={_ENDING}))[\w-]++)++"
_OF: Final = any_of("của", "em", "tôi", "là", "mình", "tên", "nick", "cá nhân")
_SAID: Final = rf"\b(?:e?mail|gmail|{any_of('thư điện tử')})(?: {_OF}){{0,3}}\s?:?\s"
MAIL: Final = (
    # Words of a name that were said one by one, behind what tells of mail.
    (
        rf"{_SAID}(?P<hide>\w+(?: \w+){{0,3}}?{_AT}(?:{_KNOWN}|[\w-]+){_DOT}{_ENDING}"
        rf"(?:{_DOT}vn\b)?)"
    ),
    rf"(?P<hide>(?<![\w.+-])[\w.+-]++{_AT}(?:{_KNOWN}{_DOT}{_ENDING}(?:\.vn\b)?|{_DOMAIN}|{_KNOWN}\b))",
)
# A page of somebody's own.
_PAGES: Final = (
    r"(?:facebook\.com|fb\.(?:com|me)|m\.me|zalo\.me|tiktok\.com|instagram\.com|youtube\.com"
    r"|t\.me|threads\.net|x\.com|twitter\.com)"
)
# Addresses cut short: what they lead to is somebody's own.
_SHORT: Final = (
    r"(?:fb\.watch|youtu\.be|bit\.ly|(?:maps\.app\.|photos\.app\.)?goo\.gl|cutt\.ly|is\.gd"
    r"|linktr\.ee|wa\.me|1drv\.ms)"
)
_NETS: Final = (
    r"(?:facebook|fb|face|fbook|tiktok|tik tok|tt|instagram|insta|ig|zalo|telegram|tele|youtube"
    r"|threads)"
)
_TOLD: Final = rf"\b{_NETS}\b(?: {_OF}){{0,3}}"
# Offices' own addresses end otherwise.
_BOUGHT: Final = r"(?:com|net|org|info|biz|xyz|vip|shop|online|site)"
LINKS: Final = (
    (
        rf"(?P<hide>(?<![\w@])(?:https?://)?(?:(?:www|m|web|vi-vn)\.)?(?:{_PAGES}|{_SHORT})"
        r"/[\w.@?=&%/#+-]{2,120}+)"
    ),
    r"(?P<hide>(?<![\w@.])https?://(?![\w.-]*\.gov\.vn)[^\s\[\]]{4,200})",
    (
        rf"(?P<hide>(?<![\w@./-])(?:www\.)?[a-z\d][a-z\d-]{{2,40}}(?:\.[a-z\d-]{{1,30}}){{0,2}}"
        rf"\.{_BOUGHT}(?:\.vn)?(?:/[^\s\[\]]{{0,100}})?)(?!\w|\.\w)"
    ),
)
HANDLES: Final = (
    rf"{_TOLD}\s?:?\s{{0,2}}(?P<hide>@[\w.]{{3,40}})",
    rf"{_TOLD}\s?:?\s{{1,2}}(?P<hide>[a-z]{{2}}[a-z\d]*[._\d][\w.]{{2,40}})(?<![.])",
    # Longer than any syllable, so no word of a sentence.
    (
        rf"{_TOLD}\s?:?\s{{1,2}}(?P<hide>(?!{_NETS}|messenger|fanpage|livestream)[a-z]{{9,40}}\d{{0,8}})"
        r"(?![\w.@/-])"
    ),
    r"(?<![\w.@])(?P<hide>@(?=[\w.]*[\d_])[a-z][\w.]{3,40})(?<![.])(?![\w@])",
)
