"""News for the ear: a text written for the eye becomes a script read over the loudspeaker."""

from broadcasts.speaking.page import ScriptPage, as_text, script_page
from broadcasts.speaking.records import Flag, FlagKind, News, Part, Script, Sentence
from broadcasts.speaking.script import script

__all__ = [
    "Flag",
    "FlagKind",
    "News",
    "Part",
    "Script",
    "ScriptPage",
    "Sentence",
    "as_text",
    "script",
    "script_page",
]
