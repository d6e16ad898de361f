"""Reads .ics files by RFC 5545 alone, strictly: nothing of the library that writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

LONGEST = 75
LINE = re.compile(r"(?P<name>[A-Z0-9-]+)(?P<parameters>(?:;[A-Z-]+=[^;:,\"]+)*):(?P<value>.*)")
# 3.3.11: no control signs but the tab, and these four written with a backslash.
TEXT = re.compile(r"(?:[^\x00-\x08\x0a-\x1f\x7f\\;,]|\\[\\;,nN])*")
TEXTS = {"SUMMARY", "DESCRIPTION", "X-WR-CALNAME", "UID", "PRODID"}
SAID = {"\\n": "\n", "\\N": "\n", "\\\\": "\\", "\\;": ";", "\\,": ","}


@dataclass
class Part:
    """BEGIN to END of one thing: its properties by name, each once, and the parts within."""

    name: str
    properties: dict[str, str] = field(default_factory=dict)
    parameters: dict[str, str] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)


def unfolded(body: bytes) -> list[str]:
    """Give the content lines (3.1); whatever is not as written there fails."""
    assert body.endswith(b"\r\n")
    lines = body[:-2].split(b"\r\n")
    assert not any(b"\r" in line or b"\n" in line for line in lines)
    assert max(map(len, lines)) <= LONGEST
    whole: list[bytes] = []
    for line in lines:
        # A line may be parted within a sign's bytes by the RFC; ours never is.
        line.decode()
        if line.startswith((b" ", b"\t")):
            whole[-1] += line[1:]
        else:
            whole.append(line)
    return [one.decode() for one in whole]


def read(body: bytes) -> Part:
    """Give the VCALENDAR of a file."""
    root = Part("")
    open_parts = [root]
    for line in unfolded(body):
        found = LINE.fullmatch(line)
        assert found, line
        name, value = found["name"], found["value"]
        if name == "BEGIN":
            open_parts[-1].parts.append(Part(value))
            open_parts.append(open_parts[-1].parts[-1])
        elif name == "END":
            assert open_parts.pop().name == value
        else:
            assert name not in open_parts[-1].properties, f"{name} twice"
            open_parts[-1].properties[name] = _value(name, value)
            open_parts[-1].parameters[name] = found["parameters"].removeprefix(";")
    assert open_parts == [root]
    (calendar,) = root.parts
    assert calendar.name == "VCALENDAR"
    return calendar


def _value(name: str, value: str) -> str:
    if name not in TEXTS:
        return value
    assert TEXT.fullmatch(value), value
    return re.sub(r"\\.", lambda found: SAID[found[0]], value)
