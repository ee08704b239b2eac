"""Addresses of static files: each carries its content's hash, so browsers keep it for a year."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, url_for

HASH_LENGTH = 10


@cache
def content_hash(path: Path, _changed: int) -> str:
    """Return the first digits of a file's SHA-256; ``_changed`` is its time of change."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:HASH_LENGTH]


def register(app: Flask) -> None:
    """Attach ``asset('css/site.css')`` and ``icon_url('search')`` to the templates."""
    folder = Path(app.static_folder or "static")

    def asset(name: str) -> str:
        path = folder / name
        mark = content_hash(path, path.stat().st_mtime_ns)
        return url_for("static", filename=name, v=mark)

    def icon_url(name: str) -> str:
        return f"{asset('img/sprite.svg')}#{name}"

    helpers: dict[str, Any] = {"asset": asset, "icon_url": icon_url}
    app.jinja_env.globals.update(helpers)
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 365 * 24 * 3600
