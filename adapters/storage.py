"""The shelf: files of the site in one folder, written whole or not at all."""

import os
import tempfile
from pathlib import Path

from rules.errors import Invalid


class Shelf:
    """Keeps named byte strings under one folder (``var/media``)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, name: str) -> Path:
        """Return where ``name`` lies; a name that leaves the folder is refused."""
        path = (self.folder / name).resolve()
        if not path.is_relative_to(self.folder.resolve()):
            raise Invalid("This is not the name of a stored file.")
        return path

    def put(self, name: str, data: bytes) -> None:
        """Write ``data`` under ``name``: readers see the old file or the new one, never a half."""
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(temporary).replace(path)

    def get(self, name: str) -> bytes:
        """Read a stored file; raises ``FileNotFoundError``."""
        return self.path(name).read_bytes()

    def has(self, name: str) -> bool:
        """Whether a file of this name is kept."""
        return self.path(name).is_file()

    def drop(self, name: str) -> None:
        """Take a file off the shelf; one that is not there is gone already."""
        self.path(name).unlink(missing_ok=True)
