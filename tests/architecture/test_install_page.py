"""What an IT officer reads is true: the example is read, commands and settings exist."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.conversation.places import Places
from bot.settings import Settings
from knowledge.content import read_content
from knowledge.models import Office, Place
from knowledge.text import words

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "cai-dat.vi.md").read_text(encoding="utf-8")


@pytest.fixture
def offices(tmp_path: Path) -> tuple[Office, ...]:
    """The offices of the page's example."""
    example = re.search(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    assert example
    file = tmp_path / "offices.toml"
    file.write_text(example[1], encoding="utf-8")
    content = read_content([file])
    assert content.faults == ()
    return content.snapshot.offices


def test_the_example_is_no_sample_and_hangs_together(offices: tuple[Office, ...]) -> None:
    codes = {office.code for office in offices}
    assert not any(office.sample for office in offices)
    served = {desk for office in offices for desk in office.serves}
    assert served == {Place.COMMUNE_ONE_STOP, Place.COMMUNE_POLICE}
    assert {office.parent for office in offices} - codes == {None}


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("số điện thoại công an phường", "Công an"),
        ("một cửa mấy giờ làm việc", "Trung tâm"),
        ("ubnd phường ở đâu", "UBND"),
    ],
)
def test_each_office_of_the_example_is_found(
    offices: tuple[Office, ...], asked: str, told: str
) -> None:
    place, _ = Places.near(offices, offices[0].code).named(words(asked))
    assert place is not None
    assert place.name.startswith(told)


def test_every_key_of_an_office_is_explained() -> None:
    assert [key for key in Office.__dataclass_fields__ if f"`{key}" not in PAGE] == []


def test_every_variable_named_is_a_setting() -> None:
    of_compose = {"POSTGRES_PASSWORD", "BOT_PORTS"}
    named = set(re.findall(r"\b([A-Z][A-Z_]{3,})=", PAGE))
    assert named - {name.upper() for name in Settings.model_fields} - of_compose == set()
    assert "OFFICE" in named


def test_every_document_linked_is_there() -> None:
    linked = re.findall(r"\]\(([^)#:]+)\)", PAGE)
    assert [name for name in linked if not (ROOT / "docs" / name).exists()] == []
    assert "docs/cai-dat.vi.md" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_running_it_installs_no_tools_of_ours_and_says_what_takes_time(tmp_path: Path) -> None:
    make = shutil.which("make")
    assert make
    planned = subprocess.run(
        [make, "--dry-run", "run", f"VENV={tmp_path}"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    assert "requirements.lock" in planned
    assert "requirements-dev.lock" not in planned
    assert re.search(r"echo .*lần đầu.*|echo .*phút", planned)
