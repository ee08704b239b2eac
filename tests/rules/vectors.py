"""Worked calculations: read one of tests/vectors by its id."""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent.parent / "vectors"


def vector(number: str) -> dict[str, Any]:
    """Return the worked calculation whose file name begins with ``number``."""
    (path,) = FOLDER.glob(f"{number}_*.json")
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found
