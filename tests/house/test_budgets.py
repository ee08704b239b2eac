"""Files stay short, floors stay apart, and nothing names a package index."""

import subprocess
import sys
from pathlib import Path

from tests.house.policing import FLOORS, INDEX, ROOT, sources, too_long

LIMIT, LIMIT_OF_TESTS = 300, 400


def test_no_file_is_over_its_budget() -> None:
    assert too_long([*sources(*FLOORS), ROOT / "wsgi.py"], LIMIT) == []
    assert too_long(sources("tests"), LIMIT_OF_TESTS) == []


def test_a_long_file_is_caught(tmp_path: Path) -> None:
    path = tmp_path / "long.py"
    path.write_text("x = 1\n" * 301)

    assert too_long([path], LIMIT) == ["long.py: 301"]


def test_nothing_names_a_package_index() -> None:
    done = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    names = [name for name in done.stdout.split("\0") if name.endswith((".lock", ".toml", ".ci"))]
    found = [name for name in names if INDEX.search((ROOT / name).read_text("utf-8"))]

    assert found == []


def test_an_import_that_climbs_is_caught(tmp_path: Path) -> None:
    """The floors are checked by import-linter; here a tiny house breaks the same contract."""
    for name, text in {"rules": "import web\n", "web": ""}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text(text)
    (tmp_path / ".importlinter").write_text(
        "[importlinter]\nroot_packages=\n    rules\n    web\n"
        "[importlinter:contract:floors]\nname=The floors\ntype=layers\n"
        "layers=\n    web\n    rules\n"
    )

    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode != 0
    assert "BROKEN" in done.stdout
