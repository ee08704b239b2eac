"""Going back where one came from, and only within this site."""

from urllib.parse import urlsplit

from flask import url_for

from rules.text import is_plain_line


def safe_next(target: str | None, fallback: str = "home.index") -> str:
    """Return ``target`` if it is a plain path of this site, else the fallback's address."""
    if target and is_plain_line(target) and target.startswith("/") and "\\" not in target:
        parts = urlsplit(target)
        if not parts.scheme and not parts.netloc and not target.startswith("//"):
            return target
    return url_for(fallback)
