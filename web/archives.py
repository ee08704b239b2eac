"""A contest as a copy that opens without the site: public pages, fetched as anybody would."""

import contextvars
import json
import posixpath
import re
from collections.abc import Callable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Final, TypeVar
from urllib.parse import urlsplit

from flask import current_app, render_template
from flask_babel import gettext
from werkzeug.test import Client

from actions.desk import Desk
from adapters.archives import MANIFEST, manifest, pack, unpack
from adapters.static_pages import static_page
from models.contests import Contest
from models.public import certificates, contests
from models.public.contests import EventRow
from models.public.results import PublicResult, result
from web.filters import moment

T = TypeVar("T")
OK: Final = 200
STATIC: Final = "/static/"
UNUSED: Final = frozenset({"css/fonts.css", "css/fonts-more.css"})
"""Web fonts weigh more than the contest: a copy is read in the reader's own."""
PICTURE: Final = re.compile(rb"url\(\.\./(img/[\w.-]+)\)")
CERTIFICATES: Final = "certificates"


def event_part(desk: Desk, contest: Contest, keys: Sequence[int]) -> bytes:
    """Fetch the pages of the events named, as one packed part of the copy."""
    public = contests.contest(desk.session, contest.slug)
    rows = [row for row in (public.events if public else ()) if row.key in keys]
    files: dict[str, bytes] = {}
    for row in rows:
        files |= _event(desk, row)
    return pack(files)


def whole_copy(desk: Desk, contest: Contest, parts: Sequence[bytes]) -> bytes:
    """Put the parts together with the start page, the certificates, the styles and the manifest."""
    return pack(copy_files(desk, contest, parts))


def copy_files(desk: Desk, contest: Contest, parts: Sequence[bytes]) -> dict[str, bytes]:
    """Return every file of the copy by its path."""
    files = {name: data for part in parts for name, data in unpack(part).items()}
    start = _page(desk, contest.slug, f"/contests/{contest.slug}/")
    files |= {} if start is None else {"index.html": start}
    files |= _certificates(desk, contest)
    files |= _looks(files)
    files[MANIFEST] = manifest(
        files,
        format=1,
        contest=contest.slug,
        name=contest.name,
        site=current_app.config["SETTINGS"].site_name,
        copied_at=desk.now.isoformat(),
    )
    return files


def _event(desk: Desk, row: EventRow) -> dict[str, bytes]:
    base = f"/contests/{row.contest_slug}/{row.slug}/"
    paths = [base, f"{base}draw"]
    files: dict[str, bytes] = {}
    found = result(desk.session, row)
    if found is not None:
        paths += [f"{base}results", *(f"{base}results/{line.key}" for line in found.rows)]
        files[f"{row.slug}/results.json"] = _results(found)
        marks = _fetch(f"{base}results/recount.json")
        files |= {} if marks is None else {f"{row.slug}/recount.json": marks}
    for path in paths:
        page, name = _page(desk, row.contest_slug, path), place(row.contest_slug, path)
        if page and name:
            files[name] = page
    return files


def _results(found: PublicResult) -> bytes:
    """Write the public lines: winners by name, others by the masked one the pages show."""
    lines = [
        {
            "place": row.place,
            "name": row.name,
            "unit": row.employer,
            "parts": row.parts,
            "total": row.total,
            "award": row.award.value if row.award else None,
            "attendance": row.attendance.value,
        }
        for row in found.rows
    ]
    body = {"version": found.number, "fingerprint": found.fingerprint, "lines": lines}
    return json.dumps(body, ensure_ascii=False, indent=1).encode()


def _certificates(desk: Desk, contest: Contest) -> dict[str, bytes]:
    rows = certificates.certificates_of(desk.session, contest.slug)
    listed = [
        {
            "number": row.number,
            "holder": row.holder,
            "title": row.title,
            "event": row.event,
            "issued_on": row.issued_on.isoformat(),
            "state": row.state.value,
        }
        for row in rows
    ]

    def write() -> str:
        with current_app.test_request_context(f"/contests/{contest.slug}/"):
            return render_template(
                "showcase/contests/certificates.html", contest=contest, rows=rows
            )

    page = _still(desk, contest.slug, f"/contests/{contest.slug}/{CERTIFICATES}", _apart(write))
    return {
        "certificates.html": page,
        "certificates.json": json.dumps(listed, ensure_ascii=False, indent=1).encode(),
    }


def place(slug: str, address: str) -> str | None:
    """Return where an address of the site stands in the copy of a contest, or None.

    >>> place("grain", "/contests/grain/storage/results/7"), place("grain", "/craftsmen/")
    ('storage/results-7.html', None)
    """
    path = urlsplit(address).path
    if path.startswith(STATIC):
        name = path.removeprefix(STATIC)
        return None if name in UNUSED else name
    found = re.fullmatch(rf"/contests/{re.escape(slug)}/(?:([^/]+)(?:/(.*))?)?", path)
    if found is None:
        return None
    event, rest = found[1], found[2]
    if event is None:
        return "index.html"
    if rest is None:
        return f"{CERTIFICATES}.html" if event == CERTIFICATES else None
    return _of_event(event, rest)


def _of_event(event: str, rest: str) -> str | None:
    fixed = {"": "index", "results": "results", "draw": "draw"}
    if rest in fixed:
        return f"{event}/{fixed[rest]}.html"
    if rest == "results/recount.json":
        return f"{event}/recount.json"
    line = re.fullmatch(r"results/(\d+)", rest)
    return f"{event}/results-{line[1]}.html" if line else None


def _page(desk: Desk, slug: str, path: str) -> bytes | None:
    data = _fetch(path)
    return None if data is None else _still(desk, slug, path, data.decode())


def _still(desk: Desk, slug: str, path: str, text: str) -> bytes:
    here = posixpath.dirname(place(slug, path) or "")

    def relative(address: str) -> str | None:
        asked = urlsplit(address)
        name = None if asked.scheme or asked.netloc else place(slug, address)
        return None if name is None else posixpath.relpath(name, here or ".")

    return static_page(text, relative, _note(desk, slug, relative)).encode()


def _note(desk: Desk, slug: str, relative: Callable[[str], str | None]) -> str:
    site = current_app.config["SETTINGS"].site_name
    words = gettext("Copy of %(site)s, made on %(day)s", site=site, day=moment(desk.now))
    links = (
        (f"/contests/{slug}/", gettext("The contest")),
        (f"/contests/{slug}/{CERTIFICATES}", gettext("Certificates")),
    )
    said = "　".join(f'<a href="{relative(to)}">{escape(name)}</a>' for to, name in links)
    return f'<p class="wrap label">{escape(words)}　{said}</p>'


def _looks(pages: Mapping[str, bytes]) -> dict[str, bytes]:
    """Copy the style sheets and pictures the pages name, and the pictures the sheets name."""
    folder = Path(current_app.static_folder or "static")
    used = re.compile(rb'(?:href|src)="(?:\.\./)*((?:css|img)/[^"]+)"')
    names = {name.decode() for data in pages.values() for name in used.findall(data)}
    files = {name: (folder / name).read_bytes() for name in sorted(names)}
    inner = {name.decode() for data in files.values() for name in PICTURE.findall(data)}
    return files | {name: (folder / name).read_bytes() for name in sorted(inner)}


def _fetch(path: str) -> bytes | None:
    """Ask the site as anybody would; None where it shows the public nothing."""

    def ask() -> bytes | None:
        answer = Client(current_app).get(path)
        return answer.get_data() if answer.status_code == OK else None

    return _apart(ask)


def _apart(work: Callable[[], T]) -> T:
    """Run inside a context of its own: who is signed in here is nobody there."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001  # Flask's own way

    def inside() -> T:
        with app.app_context():
            return work()

    return contextvars.copy_context().run(inside)
