"""Files are written whole, inside the folder, and found again."""

from pathlib import Path

import pytest

from adapters.storage import Shelf
from rules.errors import Invalid


def test_what_is_put_is_there_and_whole(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "media")
    shelf.put("a/b.webp", b"old")
    shelf.put("a/b.webp", b"new")

    assert shelf.has("a/b.webp")
    assert shelf.get("a/b.webp") == b"new"
    assert [path.name for path in (tmp_path / "media" / "a").iterdir()] == ["b.webp"]


def test_what_was_never_put_is_not_there(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)

    assert not shelf.has("a.webp")
    with pytest.raises(FileNotFoundError):
        shelf.get("a.webp")


def test_what_is_dropped_is_gone_and_may_be_gone_before(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.put("a.webp", b"x")

    shelf.drop("a.webp")
    shelf.drop("a.webp")

    assert not shelf.has("a.webp")


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "a/../../b"])
def test_a_name_that_leaves_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    shelf = Shelf(tmp_path / "media")

    with pytest.raises(Invalid, match="name of a stored file"):
        shelf.put(name, b"x")
    assert not (tmp_path / "secret").exists()
