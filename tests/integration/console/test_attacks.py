"""Attacks tried on every way into the console, whatever family it belongs to."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from http import HTTPStatus
from io import BytesIO, StringIO
from typing import Any, Final
from urllib.parse import quote, urlencode

import pytest
from openpyxl import load_workbook
from sqlalchemy import Table, func, select, update

from bot.casework.deeds import acting
from bot.console.origin import form_token
from bot.console.rooms import ROOMS, ways_of
from bot.console.routing import Gate, Way
from bot.officials.audit import By, Deed
from bot.officials.models import EVERYWHERE, Role, Stage
from bot.storage.broadcast_tables import (
    broadcast_steps,
    broadcast_versions,
    broadcasts,
    files,
    readings,
)
from bot.storage.console_tables import (
    answers,
    audit_entries,
    changes,
    imports,
    question_groups,
    questions,
    standing,
    trial_guests,
    waiting_talks,
)
from bot.storage.feedback_tables import cases, events, units
from bot.storage.migrate import METADATA
from bot.storage.people_tables import officers, sessions
from bot.storage.plan_tables import evidence, plan_entries, plans, slots
from bot.storage.tables import inbox, outbox, turns
from knowledge.repository import SqlSnapshotStore
from tests.fakes.console import (
    HERE,
    LITTLE,
    ConsoleHouse,
    Reception,
    Seat,
    Shown,
    little_desk,
)
from tests.integration.console.made.kinds import Parts
from tests.integration.console.made.sealed import appointed
from tests.integration.console.objects import FILLERS, OBJECTS, OWN_PARTS

FORM: Final = {"Content-Type": "application/x-www-form-urlencoded"}
WAYS: Final = [way for way in ways_of(ROOMS) if way.rule is not Gate.OPEN]
PAGES: Final = [way for way in WAYS if way.method == "GET"]
FORMS: Final = [way for way in WAYS if way.form is not None]
STAGES: Final = {Gate.SECOND: Stage.SECOND, Gate.ENROL: Stage.ENROL}
# What must be the program's alone to say.
STRANGE_FIELDS: Final = ("role", "author", "__class__")
STRANGE_PARTS: Final = (
    "../../etc/passwd", "\x00' or 1=1 --", "<script>alert(1)</script>", "9" * 40, "x" * 1_500,
    "a\r\nX-Evil: 1",
)  # fmt: skip
STRANGE_VALUES: Final = ("'\"><xss-asked>", "a\r\nX-Evil: 1\x00", "9" * 40, "//evil.vn")
ASKED: Final = (
    "from", "to", "page", "after", "before", "office", "status", "sort", "text", "q", "next",
    "done", "failed", "count", "day", "year", "kind", "subject", "who", "what", "channel", "as",
    "side",
)  # fmt: skip
# Free words, whoever writes them: citizens, officials, browsers, files.
FREE_WORDS: Final[Mapping[Table, tuple[str, ...]]] = {
    officers: ("name", "title"),
    sessions: ("agent",),
    changes: ("title", "reason", "decision"),
    trial_guests: ("label",),
    question_groups: ("sample",),
    questions: ("text",),
    answers: ("text",),
    waiting_talks: ("question",),
    imports: ("name",),
    inbox: ("text",),
    outbox: ("text",),
    turns: ("question",),
    files: ("name",),
    broadcasts: ("title",),
    broadcast_versions: ("title", "body"),
    broadcast_steps: ("note",),
    readings: ("station", "note"),
    plans: ("number", "issuer", "title"),
    plan_entries: ("content", "time_text", "note", "source"),
    slots: ("note",),
    evidence: ("title", "url"),
    cases: ("words", "place", "hamlet", "happened"),
    events: ("text",),
    units: ("name",),
}
# Tables that are taken away as files.
TAKEN_AWAY: Final = re.compile(r"\.xlsx$|\.csv$|file$|^/exports/")
# A report as a Word file: its taking is remembered too, and no spreadsheet reads it.
DOCUMENT: Final = re.compile(r"/document$")
RAW: Final = re.compile(r"<xss-[\w-]+")


@dataclass
class Attempt:
    """Somebody with every role, who tries; where each way leads, found beforehand."""

    house: ConsoleHouse
    seats: dict[Stage, Seat]
    other: Seat
    paths: dict[str, str]

    @classmethod
    async def begin(cls, house: ConsoleHouse, reception: Reception) -> Attempt:
        seats = {
            stage: await reception(*Role, office=EVERYWHERE, stage=stage, sure=True)
            for stage in Stage
        }
        await appointed(house, seats[Stage.FULL])
        other = await reception(*Role, office=EVERYWHERE, sure=True)
        paths = {way.name: await _path(house, way) for way in WAYS}
        return cls(house, seats, other, paths)

    def seat(self, way: Way) -> Seat:
        stage = STAGES.get(way.rule, Stage.FULL) if isinstance(way.rule, Gate) else Stage.FULL
        return self.seats[stage]

    async def stored(self, *but: Table) -> dict[str, Any]:
        """Give everything there is, for comparing."""
        kept: dict[str, Any] = {}
        async with self.house.database.reading() as connection:
            for metadata in METADATA:
                for table in metadata.sorted_tables:
                    if table not in but:
                        kept[table.name] = (await connection.execute(select(table))).all()
        return kept


async def _path(house: ConsoleHouse, way: Way) -> str:
    parts = OWN_PARTS.get(way.name, {})
    if way.of is not None:
        made: list[Parts | None] = [
            await OBJECTS[way.of](house, office) for office in (HERE, EVERYWHERE)
        ]
        parts = next(one for one in made if one is not None)
    return way.path.format(**{name: quote(part, safe="") for name, part in parts.items()})


@pytest.fixture
async def attempt(house: ConsoleHouse, signed_in: Reception) -> Attempt:
    for fill in FILLERS:
        await fill(house, 2)
    return await Attempt.begin(house, signed_in)


def text_of(shown: Shown) -> str:
    """Give what a browser would read as markup: not JSON, nor a file it keeps."""
    kept = shown.headers.get("Content-Disposition", "").startswith("attachment")
    return "" if kept or "json" in shown.headers.get("Content-Type", "") else shown.text


async def test_no_form_is_taken_that_our_own_page_did_not_send(attempt: Attempt) -> None:
    taken, before = [], await attempt.stored()
    for way in FORMS:
        seat, path = attempt.seat(way), attempt.paths[way.name]
        own = urlencode({"_csrf": form_token(seat.token)})
        told = {
            "none": await seat.send(path, "", **FORM),
            "another's": await seat.post(path, form_token(attempt.other.token)),
            "cross-site": await seat.send(path, own, **FORM, **{"Sec-Fetch-Site": "cross-site"}),
            "other origin": await seat.send(path, own, **FORM, Origin="https://evil.vn"),
        }
        wrong = {name for name, shown in told.items() if shown.status != HTTPStatus.FORBIDDEN}
        taken += [(way.name, name) for name in wrong]
    assert taken == []
    assert await attempt.stored() == before


async def test_no_form_takes_a_field_it_does_not_name_nor_more_than_it_may_hold(
    attempt: Attempt,
) -> None:
    taken, before = [], await attempt.stored()
    for way in FORMS:
        assert way.form is not None
        seat, path = attempt.seat(way), attempt.paths[way.name]
        named = {one.name.removesuffix("_") for one in fields(way.form)}
        for field in set(STRANGE_FIELDS) - named:
            shown = await seat.post(path, **{field: "1"})
            if shown.status != HTTPStatus.BAD_REQUEST:
                taken.append((way.name, field, shown.status))
        for more in (
            {"text": "x" * (way.limit.field + 1)},
            {f"f{number}": "" for number in range(way.limit.fields + 1)},
        ):
            shown = await seat.post(path, **more)
            if shown.status != HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
                taken.append((way.name, "too much", shown.status))
    assert taken == []
    assert await attempt.stored() == before


async def test_no_address_reaches_what_it_should_not_nor_breaks_anything(
    attempt: Attempt,
) -> None:
    reached = []
    for way in WAYS:
        seat, right = attempt.seat(way), attempt.paths[way.name].split("/")
        for place, name in enumerate(way.path.split("/")):
            for part in STRANGE_PARTS if name.startswith("{") else ():
                path = "/".join([*right[:place], quote(part, safe=""), *right[place + 1 :]])
                shown = await (seat.get(path) if way.form is None else seat.post(path))
                refused = shown.status in _REFUSED and "X-Evil" not in shown.headers
                # One's own sessions: what is none of them is left, and nothing said of it.
                left = way.of is None and shown.status == HTTPStatus.SEE_OTHER
                if not (refused or left) or "<script>alert" in shown.text:
                    reached.append((way.name, name, part[:40], shown.status))
    assert reached == []


_REFUSED: Final = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.BAD_REQUEST, HTTPStatus.FORBIDDEN})


async def test_whatever_an_address_asks_it_is_answered_and_nothing_of_it_is_code(
    attempt: Attempt,
) -> None:
    broken = []
    for way in PAGES:
        seat, path = attempt.seat(way), attempt.paths[way.name]
        for value in STRANGE_VALUES:
            shown = await seat.get(f"{path}?{urlencode(dict.fromkeys(ASKED, value))}")
            told = str(dict(shown.headers))
            if shown.status >= HTTPStatus.INTERNAL_SERVER_ERROR or "X-Evil" in shown.headers:
                broken.append((way.name, value[:40], shown.status))
            if RAW.search(text_of(shown)) or "evil.vn" in shown.where or "\n" in told:
                broken.append((way.name, value[:40], -1))
    assert broken == []


async def test_looking_changes_nothing(attempt: Attempt) -> None:
    before = await attempt.stored()
    remembered = [way for way in PAGES if _is_remembered(way)]
    for way in PAGES:
        if way not in remembered:
            for _ in range(2):
                await attempt.seat(way).get(attempt.paths[way.name])
    assert await attempt.stored() == before
    # A table taken away, a look into a sealed inbox: that it was is remembered, nothing else.
    for way in remembered:
        await attempt.seat(way).get(attempt.paths[way.name])
    after = await attempt.stored()
    assert {name for name in before if before[name] != after[name]} <= {
        "audit_entries",
        "audit_head",
    }


def _is_remembered(way: Way) -> bool:
    taken = TAKEN_AWAY.search(way.path) or DOCUMENT.search(way.path)
    return bool(taken) or way.rule is Gate.READER


async def test_words_stay_words_on_every_page_whoever_wrote_them(attempt: Attempt) -> None:
    asked = [(attempt.seat(way), attempt.paths[way.name]) for way in PAGES]
    asked.append((attempt.seats[Stage.FULL], f"/audit/{await _poison(attempt.house)}"))
    raw, met = [], set()
    for seat, path in asked:
        shown = await seat.get(path)
        if shown.status != HTTPStatus.OK:
            raw.append((path, str(shown.status)))
        raw += [(path, found) for found in RAW.findall(text_of(shown))]
        met |= set(re.findall(r"&lt;(xss-[\w-]+)", shown.text))
    assert raw == []
    # That the words were there to be seen.
    assert met >= {
        "xss-after",
        "xss-feedback_cases-words",
        "xss-feedback_events-text",
        "xss-feedback_units-name",
        "xss-changes-reason",
        "xss-inbox-text",
        "xss-note",
        "xss-notice",
        "xss-office",
        "xss-officers-name",
        "xss-procedure",
        "xss-questions-text",
        "xss-sessions-agent",
    }


async def test_no_word_becomes_a_formula_in_a_table_that_is_taken_away(attempt: Attempt) -> None:
    formula = '=HYPERLINK("https://evil.vn","xss")'
    async with attempt.house.database.writing() as connection:
        for table, columns in FREE_WORDS.items():
            if table is not imports:  # read by what its name ends with
                await connection.execute(update(table).values(dict.fromkeys(columns, formula)))
    met, wrong = 0, []
    for way in (way for way in PAGES if TAKEN_AWAY.search(way.path)):
        shown = await attempt.seat(way).get(attempt.paths[way.name])
        if way.path.endswith(".csv"):
            rows = csv.reader(StringIO(shown.body.decode("utf-8-sig")))
            wrong += [
                (way.name, cell) for row in rows for cell in row if cell[:1] in "=+@-" if cell
            ]
            continue
        for sheet in load_workbook(BytesIO(shown.body)):
            cells = [cell for row in sheet.iter_rows() for cell in row]
            met += sum(formula in str(cell.value) for cell in cells)
            wrong += [
                (way.name, cell.coordinate)
                for cell in cells
                if cell.data_type == "f" or str(cell.value).startswith(("=", "+", "@"))
            ]
    assert wrong == []
    assert met > 0


def _nasty(name: str) -> str:
    return f"'\"><xss-{name}>{{{{7*7}}}}"


async def _poison(house: ConsoleHouse) -> int:
    """Put markup wherever somebody's words stand; give the number of the deed that tells it."""
    async with house.database.writing() as connection:
        for table, columns in FREE_WORDS.items():
            # A file is read by what its name ends with.
            values = {column: f"{_nasty(f'{table.name}-{column}')}.csv" for column in columns}
            await connection.execute(update(table).values(values))
        for row in (await connection.execute(select(standing))).all():
            value = json.loads(row.value)
            if isinstance(value, dict) and "text" in value:
                value["text"] = _nasty("notice")
                await connection.execute(
                    update(standing)
                    .where(standing.c.office == row.office, standing.c.key == row.key)
                    .values(value=json.dumps(value))
                )
    by = By(officer=None, actor=_nasty("actor"), address=_nasty("address")[:64])
    async with acting(house.database, house.clock, by) as doing:
        told = {"name": _nasty("deed"), "login": _nasty("login")}
        doing.did(
            Deed(
                action="officer_changed",
                office="",
                kind="officer",
                subject="1",
                before=told,
                after=told | {"name": _nasty("after")},
                note=_nasty("note"),
            )
        )
    await _poison_knowledge(house)
    async with house.database.reading() as connection:
        return int((await connection.execute(select(func.max(audit_entries.c.seq)))).scalar_one())


async def _poison_knowledge(house: ConsoleHouse) -> None:
    snapshot = replace(
        LITTLE,
        procedures=tuple(
            replace(one, everyday_name=_nasty("procedure"), aliases=(_nasty("alias"),))
            for one in LITTLE.procedures
        ),
        guides=tuple(
            replace(one, title=_nasty("guide"), intro=_nasty("intro")) for one in LITTLE.guides
        ),
        hotlines=tuple(replace(one, name=_nasty("hotline")) for one in LITTLE.hotlines),
        offices=tuple(replace(one, name=_nasty("office")) for one in LITTLE.offices),
    )
    await SqlSnapshotStore(house.database).publish_content(snapshot, name="thử markup")
    house.conversation.desk = little_desk(snapshot)
