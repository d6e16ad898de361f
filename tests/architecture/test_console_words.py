"""Every word the console asks for exists, is asked for somewhere, and stands in no code."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from bot.console.audit.showing import deed_label, field_label, kind_label
from bot.console.words import wording
from bot.officials.redaction import ALL, allowed

CONSOLE = Path(__file__).parents[2] / "bot" / "console"
CODE = sorted(CONSOLE.rglob("*.py"))
TEMPLATES = sorted(CONSOLE.rglob("*.html"))
KEY = re.compile(r"""["']([a-z_]+\.[a-z][a-z0-9_]*)["']""")
SAID = re.compile(r"""\bsay\(\s*["']([a-z_]+\.[a-z][a-z0-9_]*)["'](?! ~)""")
# The beginning of keys whose end is worked out.
BEGUN = re.compile(r"""["']([a-z_]+\.[a-z][a-z0-9_]*_)(?:["'] ~|\{)""")
# A table whose keys are worked out, as ``"times." ~ unit`` and ``f"times.{unit}"`` do.
TABLE = re.compile(r"""(?:"(?=[a-z_]+\.")|f")([a-z_]+)\.""")
SAID_AFTER = re.compile(r"""\b(done|failed)=["']([a-z0-9_]+)["']""")
# Tables whose keys are worked out: names of values of the program.
WORKED_OUT = {
    "actions", "channels_names", "deeds", "errors", "fields", "kinds", "lists_named", "nav",
    "outcomes", "roles", "times", "values",
    "zalo_gap_types", "zalo_template_quality", "zalo_template_status", "zalo_template_tags",
}  # fmt: skip
# Words any page may need.
SHARED = {"buttons", "done", "failed", "faults", "frame", "lists"}
VIETNAMESE = re.compile(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)


def _texts() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in (*CODE, *TEMPLATES))


def test_every_word_asked_for_exists() -> None:
    texts = _texts()
    asked = {*SAID.findall(texts), *map(".".join, SAID_AFTER.findall(texts))}
    assert asked - wording().sentences.keys() == set()


def test_every_word_is_asked_for() -> None:
    texts = _texts()
    asked = {*KEY.findall(texts), *map(".".join, SAID_AFTER.findall(texts))}
    # All tables that are asked for by a name worked out, and the beginnings of such names.
    begun = tuple(BEGUN.findall(texts))
    tables = {*WORKED_OUT, *SHARED, *TABLE.findall(texts)}
    idle = {
        key
        for key in wording().sentences.keys() - asked
        if key.partition(".")[0] not in tables and not key.startswith(begun)
    }
    assert idle == set()


def test_whatever_the_audit_may_tell_has_a_name() -> None:
    fields = {
        (kind, name)
        for kind, rule in allowed().items()
        for name in rule.shown | rule.masked - {ALL}
    }
    assert {name for kind, name in fields if field_label(kind, name) == name} == set()
    acts = {act for rule in allowed().values() for act in rule.acts}
    assert {act for act in acts if deed_label(act) == act} == set()
    assert {kind for kind in allowed() if kind_label(kind) == kind} == set()


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(CONSOLE)))
def test_no_vietnamese_stands_in_the_code(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    texts = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if id(node) not in documented
    ]
    assert [text for text in texts if VIETNAMESE.search(text)] == []
