"""Zip files: packed the same way every time, unpacked into a folder, streamed while they grow."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from rules.errors import Invalid

LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)
"""The one time every packed file carries: the same content gives the same archive."""
MANIFEST: Final = "manifest.json"


class _Window(io.RawIOBase):
    """What the packer writes into and the sender takes from; it cannot be wound back."""

    def __init__(self) -> None:
        self.waiting: list[bytes] = []

    def writable(self) -> bool:
        """Say that it can be written."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]  # any buffer, in fact bytes
        """Take the next bytes."""
        self.waiting.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        """Return what has been written since the last time."""
        data, self.waiting = b"".join(self.waiting), []
        return data


def zip_stream(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """Pack files one after the other and send each at once; pictures are packed as they are."""
    window = _Window()
    with zipfile.ZipFile(window, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files:
            archive.writestr(zipfile.ZipInfo(name, LONG_AGO), data)
            yield window.taken()
    yield window.taken()


def pack(files: Mapping[str, bytes]) -> bytes:
    """Pack files in the order of their names."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, LONG_AGO)
            archive.writestr(info, files[name], zipfile.ZIP_DEFLATED)
    return target.getvalue()


def unpack(data: bytes) -> dict[str, bytes]:
    """Read an archive of our own making."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def manifest(files: Mapping[str, bytes], **facts: object) -> bytes:
    """List every file with its SHA-256 and size, after what is said of the whole."""
    listed = {
        name: {"sha256": hashlib.sha256(files[name]).hexdigest(), "bytes": len(files[name])}
        for name in sorted(files)
    }
    return json.dumps({**facts, "files": listed}, ensure_ascii=False, indent=1).encode()


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files below a folder that is new or empty; raises ``Invalid`` for any other."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Invalid(
            "The folder %(name)s is not empty. Nothing was written: name a new one.", name=folder
        )
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
