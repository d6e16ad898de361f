"""The public board: cases and answers that an officer released, and the year in figures.

No feed, no copies elsewhere: who sent a case may take back what is shown of it, and it is gone.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from aiohttp import hdrs, web

from bot.clock import VIETNAM
from bot.feedback.board.releases import AskedReleases, Release
from bot.feedback.reports.charts import charts_of_answers
from bot.feedback.reports.figures import Side
from bot.feedback.reports.tables import side_tables
from bot.feedback.topics import topic_label, topics
from bot.web.charts import bars_of, drawn
from bot.web.headers import page_policy
from bot.web.keys import HOUSE, PAGES
from bot.web.news import beginning_of, number_in
from bot.web.ports.house import House
from bot.web.refusals import Refusal, not_found
from broadcasts.documents.numbers import cell_text
from broadcasts.documents.records import Cell

ON_A_PAGE: Final = 20
# Older ones are anonymised, and their public form goes with them.
YEARS: Final = 4
routes = web.RouteTableDef()


@routes.get("/phan-anh")
async def board(request: web.Request) -> web.StreamResponse:
    """Give the latest answers, of a field and a year if asked, or those behind ``truoc``."""
    house = _open(request)
    asked = _asked(request, house)
    found = await house.board.newest(asked, limit=ON_A_PAGE + 1)
    shown = found[:ON_A_PAGE]
    return _page(
        request,
        "board.html",
        releases=[_told(house, one) for one in shown],
        asked=asked,
        topics=[(one.id, one.label) for one in topics().values()],
        years=_years(house),
        older=shown[-1].case if len(found) > len(shown) else 0,
    )


@routes.get("/phan-anh/so-lieu")
async def figures(request: web.Request) -> web.StreamResponse:
    """Give how many cases of a year were answered, and how many of them on time."""
    house = _open(request)
    year = _year(request, house) or _years(house)[0]
    report = await house.board.report(year)
    fields, _ = side_tables(report, Side.TOPIC)
    return _page(
        request,
        "board_figures.html",
        year=year,
        years=_years(house),
        whole=report.this.whole,
        timely=_cell(report.this.whole.timely),
        median=_cell(report.this.whole.median),
        charts=[
            drawn(bars_of(f"chart-{place}", one))
            for place, one in enumerate(charts_of_answers(report))
        ],
        fields=fields,
        rows=[list(map(_cell, row)) for row in fields.rows],
    )


@routes.get("/phan-anh/{case:[0-9]{1,15}}")
async def one(request: web.Request) -> web.StreamResponse:
    """Give one case with its answer; what was withdrawn is gone."""
    house = _open(request)
    found = await house.board.one(number_in(request.match_info["case"]))
    if found is not None and found.withdrawn_at is not None:
        raise Refusal("gone", HTTPStatus.GONE)
    if found is None or not found.is_public:
        raise not_found()
    return _page(request, "release.html", release=_told(house, found))


def _open(request: web.Request) -> House:
    """Give the house, where any of its offices has a board."""
    house = request.app[HOUSE]
    if not house.board.is_on:
        raise not_found()
    return house


def _asked(request: web.Request, house: House) -> AskedReleases:
    topic = request.query.get("linh-vuc", "")
    if topic and topic not in topics():
        raise not_found()
    before = number_in(request.query.get("truoc", "0"))
    return AskedReleases(topic=topic, year=_year(request, house), before=before)


def _year(request: web.Request, house: House) -> int:
    """Give the year that was asked for, none for nothing."""
    written = request.query.get("nam", "")
    if not written:
        return 0
    year = number_in(written)
    if year not in _years(house):
        raise not_found()
    return year


def _years(house: House) -> range:
    """Give the years there are, the latest first."""
    this = house.clock.now().astimezone(VIETNAM).year
    return range(this, this - YEARS, -1)


def _cell(value: Cell) -> str:
    return cell_text(value) or "–"


def _told(house: House, release: Release) -> dict[str, Any]:
    texts = release.texts
    return {
        "case": release.case,
        "topic": topic_label(release.topic),
        "beginning": beginning_of(texts.question),
        "question": texts.question.splitlines(),
        "answer": texts.answer.splitlines(),
        "office": house.office_called(release.office),
        "unit": release.unit,
        "received": release.received_at.astimezone(VIETNAM),
        "answered": release.answered_at.astimezone(VIETNAM),
        "days": release.days,
    }


def _page(request: web.Request, template: str, **values: object) -> web.Response:
    text = request.app[PAGES].board(template, **values)
    policy = page_policy(request.app[HOUSE].settings.embed_origins)
    # Neither a shared computer nor a search engine keeps what its sender may take back.
    kept = {hdrs.CACHE_CONTROL: "no-store", "X-Robots-Tag": "noindex, noarchive"}
    return web.Response(text=text, content_type="text/html", headers={**policy, **kept})
