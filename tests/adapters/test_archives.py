"""Archives: the same every time, streamed piece by piece, listed with their sums, written once."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.archives import manifest, pack, unpack, write_folder, zip_stream
from rules.errors import Invalid

FILES = {"b/两.html": "两".encode(), "a.json": b"{}"}


def test_the_same_files_give_the_same_archive() -> None:
    assert pack(FILES) == pack(dict(reversed(FILES.items())))
    assert unpack(pack(FILES)) == FILES


def test_a_stream_sends_each_file_before_the_next_is_read() -> None:
    read: list[str] = []

    def files() -> Iterator[tuple[str, bytes]]:
        for name in ("一.jpg", "二.jpg"):
            read.append(name)
            yield name, name.encode() * 1000

    stream = zip_stream(files())
    first = next(stream)
    assert read == ["一.jpg"]
    assert len(first) > 5000
    archive = zipfile.ZipFile(io.BytesIO(first + b"".join(stream)))
    assert archive.testzip() is None
    assert archive.read("二.jpg") == "二.jpg".encode() * 1000


def test_an_empty_stream_is_an_archive() -> None:
    assert zipfile.ZipFile(io.BytesIO(b"".join(zip_stream([])))).namelist() == []


def test_the_manifest_has_every_sum() -> None:
    listed = json.loads(manifest(FILES, contest="grain"))
    assert listed["contest"] == "grain"
    assert {name: row["sha256"] for name, row in listed["files"].items()} == {
        name: hashlib.sha256(data).hexdigest() for name, data in FILES.items()
    }


def test_a_folder_is_written_once(tmp_path: Path) -> None:
    write_folder(tmp_path / "new", FILES)
    assert (tmp_path / "new/b/两.html").read_bytes() == FILES["b/两.html"]
    for taken in (tmp_path / "new", tmp_path / "new/a.json"):
        with pytest.raises(Invalid, match="not empty"):
            write_folder(taken, {"c": b""})
    assert not (tmp_path / "new/c").exists()
