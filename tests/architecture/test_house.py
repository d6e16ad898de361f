"""The house keeps its own rules: small rooms, words for every key, a documented environment."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from statistics import median

import pytest

from bot.conversation.outcomes import Aspect
from bot.conversation.steps.intent import SMALL_TALK, URGENT
from bot.conversation.wording import Wording
from bot.settings import Settings
from knowledge.models import FeeStatus, OnlineLevel, Place, TimeUnit

ROOT = Path(__file__).parents[2]
MODULES = [
    path
    for package in ("bot", "knowledge", "broadcasts")
    for path in sorted((ROOT / package).rglob("*.py"))
    if "migrations/versions" not in path.as_posix()
]


def _functions(path: Path) -> list[int]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        node.end_lineno - node.lineno + 1
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno
    ]


def test_rooms_are_small() -> None:
    sizes = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {path: size for path, size in sizes.items() if size > 350} == {}
    assert median(sizes.values()) <= 110


def test_functions_are_short() -> None:
    lengths = [length for path in MODULES for length in _functions(path)]
    assert max(lengths) <= 50
    assert sum(length > 25 for length in lengths) <= 0.08 * len(lengths)


def test_every_key_a_step_says_has_its_sentence() -> None:
    wording = Wording.load()
    code = "".join(path.read_text(encoding="utf-8") for path in MODULES)
    said = set(re.findall(r'\.say\(\s*"(\w+)"', code))
    said |= {*URGENT, *(f"small_talk_{kind}" for kind in SMALL_TALK)}
    assert said - set(wording.replies) == set()


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("labels", Aspect),
        ("places", Place),
        ("online", OnlineLevel),
        ("time", TimeUnit),
        ("fee", set(FeeStatus) - {FeeStatus.KNOWN}),
    ],
)
def test_every_value_has_its_vietnamese_word(table: str, values: set[str]) -> None:
    assert {str(value) for value in values} - set(Wording.load().card[table]) == set()


def test_every_setting_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    missing = [name.upper() for name in Settings.model_fields if f"`{name.upper()}`" not in readme]
    assert missing == []


def test_docker_compose_passes_every_setting_on() -> None:
    compose = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    fixed_by_the_image = {"host", "port", "data_dir"}
    wanted = [name.upper() for name in Settings.model_fields if name not in fixed_by_the_image]
    assert [name for name in wanted if f"\n      {name}: " not in compose] == []


def test_what_docker_compose_asks_for_besides_is_in_the_runbook() -> None:
    compose = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    runbook = (ROOT / "docs" / "runbook.md").read_text(encoding="utf-8")
    asked = set(re.findall(r"\$\{([A-Z_]+)", compose))
    besides = asked - {name.upper() for name in Settings.model_fields}
    assert besides == {"POSTGRES_PASSWORD", "BOT_PROCESSES", "BOT_PORTS"}
    assert [name for name in besides if f"`{name}=" not in runbook] == []


def test_no_vietnamese_sentence_stands_in_the_conversation_code() -> None:
    marked = re.compile(r'"[^"\n]*[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ][^"\n]*"')
    for path in (ROOT / "bot" / "conversation").rglob("*.py"):
        code = re.sub(r'"""(?:.|\n)*?"""', "", path.read_text(encoding="utf-8"))
        assert marked.findall(code) == [], path
