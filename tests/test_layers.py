"""Imports point downwards, and effects stay outside the core."""

import ast
import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "drafter"
BASE = {"errors", "domain", "resources"}
CHINESE = BASE | {"chinese"}
SAMPLES = CHINESE | {"samples"}
ALLOWED = {
    "errors": set(),
    "domain": set(),
    "resources": {"errors"},
    "chinese": CHINESE,
    "facts": CHINESE | {"facts"},
    "samples": SAMPLES,
    "comparing": SAMPLES | {"comparing"},
    "checking": SAMPLES | {"facts", "comparing", "checking"},
    "planning": SAMPLES | {"facts", "planning"},
    "writing": SAMPLES | {"facts", "planning", "comparing", "checking", "writing"},
    "exporting": CHINESE | {"exporting"},
    "reading": CHINESE | {"reading"},
    "batch": SAMPLES | {"comparing", "reading", "files", "batch"},
    "files": set(),
    "reports": BASE,
    "given": BASE,
    "folders": SAMPLES | {"facts", "checking", "reading", "given"},
    "model": BASE | {"settings", "model"},
    "store": BASE | {"store"},
    "settings": BASE,
    "telling": BASE | {"reports"},
    "readback": BASE | {"exporting", "reports"},
    "printing": BASE | {"checking", "exporting"},
    "public": SAMPLES
    | {"facts", "planning", "comparing", "checking", "writing", "exporting", "reading"}
    | {"given", "folders", "reports"},
    "campaign": SAMPLES | {"facts", "batch", "printing", "public", "settings", "model"},
    "evaluating": SAMPLES
    | {"facts", "planning", "comparing", "checking", "writing", "reading", "evaluating"},
}
CORE = {
    "chinese",
    "facts",
    "samples",
    "planning",
    "writing",
    "checking",
    "comparing",
    "exporting",
    "domain",
}
EFFECTS = {"gradio", "openai", "httpx", "sqlite3", "sqlalchemy", "socket", "subprocess", "requests"}


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
    return found


def files(room: str) -> list[Path]:
    folder = PACKAGE / room
    return sorted(folder.rglob("*.py")) if folder.is_dir() else [PACKAGE / f"{room}.py"]


@pytest.mark.parametrize("room", [r for r in ALLOWED if any(p.exists() for p in files(r))])
def test_a_room_imports_only_rooms_below_it(room):
    for path in files(room):
        rooms = {name.split(".")[1] for name in imports(path) if name.startswith("drafter.")}
        assert rooms <= ALLOWED[room], f"{path.relative_to(PACKAGE)}: {rooms - ALLOWED[room]}"


@pytest.mark.parametrize("room", sorted(CORE))
def test_the_core_reaches_for_nothing_outside(room):
    for path in files(room):
        outside = {name.split(".")[0] for name in imports(path)} & EFFECTS
        assert not outside, f"{path.relative_to(PACKAGE)}: {outside}"


def test_only_model_imports_openai_and_only_the_page_imports_gradio():
    for path in PACKAGE.rglob("*.py"):
        room = path.relative_to(PACKAGE).parts[0]
        tops = {name.split(".")[0] for name in imports(path)}
        assert "openai" not in tops or room.startswith("model"), path
        assert "gradio" not in tops or room == "ui", path


def test_the_picture_of_the_rooms_names_each_room():
    text = (PACKAGE.parent / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(\w+)/?`", text))
    rooms = {p.stem for p in PACKAGE.iterdir() if p.suffix == ".py" or (p / "__init__.py").exists()}
    assert rooms - {"__init__", "_data"} <= named
