"""Index folders: one per generation, a pointer to the current one, a stamp that proves it whole."""

import hashlib
import json
import os
import shutil
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from search_index.engine import EngineBusy, EngineDamaged

POINTER, STAMP = "current", "stamp.json"
# A commit may hold the old and the new segments, and a merge of both.
ROOM_FACTOR = 2.5
ROOM_LEAST = 16_000_000


@dataclass(frozen=True)
class Stamp:
    """What a generation holds, with a SHA-256 for each of its files."""

    cursor: int
    documents: int
    analysis: str
    files: dict[str, str] = field(default_factory=dict)


class Generations:
    """The folder ``gen-1``, ``gen-2`` ... live in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def current(self) -> Path:
        """Return the folder readers read; raise ``EngineDamaged`` when there is none."""
        try:
            name = (self.folder / POINTER).read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise EngineDamaged("There is no search index yet; rebuild it.") from error
        path = self.folder / name
        if not name.startswith("gen-") or not path.is_dir():
            raise EngineDamaged("The pointer names no index; rebuild it.")
        return path

    def new(self) -> Path:
        """Make the folder of the next generation; nobody reads it yet."""
        self.folder.mkdir(parents=True, exist_ok=True)
        number = max(map(number_of, self.folder.glob("gen-*")), default=0) + 1
        path = self.folder / f"gen-{number}"
        path.mkdir()
        return path

    def point(self, path: Path) -> None:
        """Make ``path`` the current generation in one step, and keep one before it."""
        _write(self.folder / POINTER, path.name)
        olds = sorted(self.folder.glob("gen-*"), key=number_of)
        for old in [p for p in olds if number_of(p) < number_of(path)][:-1]:
            shutil.rmtree(old, ignore_errors=True)

    def check_room(self) -> None:
        """Raise ``EngineBusy`` unless the disk could hold the index two and a half times more."""
        self.folder.mkdir(parents=True, exist_ok=True)
        size = sum(f.stat().st_size for f in self.folder.glob("gen-*/*") if f.is_file())
        if shutil.disk_usage(self.folder).free < max(size * ROOM_FACTOR, ROOM_LEAST):
            raise EngineBusy("The disk is too full to write the index; nothing was written.")


def number_of(path: Path) -> int:
    """Return n of a folder gen-n, 0 for any other."""
    digits = path.name.removeprefix("gen-")
    return int(digits) if digits.isdecimal() else 0


def seal(path: Path, stamp: Stamp, known: dict[str, str] | None = None) -> None:
    """Write the stamp of ``path``; ``known`` digests of unchanged files are taken as they are."""
    files = {name: (known or {}).get(name) or digest(path / name) for name in names(path)}
    _write(path / STAMP, json.dumps(asdict(replace(stamp, files=files)), indent=1))


def read_stamp(path: Path) -> Stamp:
    """Read the stamp of ``path``; raise ``EngineDamaged`` when it is missing or unreadable."""
    try:
        return Stamp(**json.loads((path / STAMP).read_text(encoding="utf8")))
    except (OSError, ValueError, TypeError) as error:
        raise EngineDamaged("The index has no readable stamp; rebuild it.") from error


def check(path: Path, stamp: Stamp, trusted: frozenset[str] = frozenset()) -> None:
    """Raise ``EngineDamaged`` unless the files of ``path`` are those the stamp tells of.

    Files in ``trusted`` need only exist.
    """
    if set(names(path)) != set(stamp.files):
        raise EngineDamaged("The index has lost or gained a file; rebuild it.")
    for name, wanted in stamp.files.items():
        if name not in trusted and digest(path / name) != wanted:
            raise EngineDamaged(f"The index file {name} has changed on the disk; rebuild it.")


def names(path: Path) -> list[str]:
    """List the files the stamp of ``path`` speaks for: segments and tables of contents.

    What a broken-off writer leaves behind is no part of the index.
    """
    return sorted(f.name for f in path.iterdir() if f.suffix in {".seg", ".toc"} and f.is_file())


def digest(file: Path) -> str:
    """Return the SHA-256 of ``file``; raise ``EngineDamaged`` when it cannot be read."""
    try:
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError as error:
        raise EngineDamaged(f"The index file {file.name} cannot be read; rebuild it.") from error


def _write(file: Path, text: str) -> None:
    """Write a small file in one step: readers see the old or the new text."""
    draft = file.with_name(file.name + ".tmp")
    with draft.open("w", encoding="utf8") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(opened.fileno())
    draft.replace(file)
