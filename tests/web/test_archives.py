"""The copy of a finished contest: whole, offline, with its sums, and nothing that is not public."""

import hashlib
import json
import posixpath
import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from actions.certificates import issue_certificate
from actions.desk import Desk
from actions.people import seal_identity
from models.audit import AuditLine
from models.contests import Contest
from models.results import current_result
from rules.privacy import notice_name
from rules.states import EventState
from tests.entry_world import sample_id
from tests.result_world import Stage, final_event, posted_event
from web.archives import copy_files, event_part, place
from web.db import READ_ONLY

LINK = re.compile(r'(?:href|src|srcset|action|poster)="([^"]*)"')


@pytest.fixture
def stage(desk: Desk) -> Stage:
    made = posted_event(desk)
    for number, person in enumerate(made.people):
        seal_identity(desk, person, sample_id(500 + number), f"1380000{number:04d}")
    made.event.state = EventState.AWARDED
    desk.session.commit()
    return made


def copied(desk: Desk, contest: Contest) -> dict[str, bytes]:
    parts = [event_part(desk, contest, [event.id]) for event in contest.events]
    return copy_files(desk, contest, parts)


def test_every_link_leads_within_the_copy(app: Flask, desk: Desk, stage: Stage) -> None:
    files = copied(desk, stage.event.contest)

    pages = {name: data.decode() for name, data in files.items() if name.endswith(".html")}
    assert {"index.html", "certificates.html", f"{stage.event.slug}/results.html"} <= set(pages)
    assert sum("/results-" in name for name in pages) == len(stage.people)
    for name, text in pages.items():
        for link in LINK.findall(text):
            where = posixpath.normpath(posixpath.join(posixpath.dirname(name), link))
            assert where in files, f"{name}: {link}"
        assert "<script" not in text
        assert "<form" not in text
        assert text.count("<h1") == 1
    for name, data in files.items():
        if name.endswith(".css"):
            for inner in re.findall(rb"url\(([^)]*)\)", data):
                where = posixpath.normpath(f"css/{inner.decode()}")
                assert where in files, f"{name}: {inner!r}"
            assert b"@import" not in data


def test_the_manifest_fits_every_file(desk: Desk, stage: Stage) -> None:
    files = copied(desk, stage.event.contest)

    listed = json.loads(files.pop("manifest.json"))
    assert listed["contest"] == stage.event.contest.slug
    assert {name: row["sha256"] for name, row in listed["files"].items()} == {
        name: hashlib.sha256(data).hexdigest() for name, data in files.items()
    }


def test_it_names_nobody_the_site_does_not_name(app: Flask, desk: Desk, stage: Stage) -> None:
    event = stage.event
    public = app.test_client().get(f"/contests/{event.contest.slug}/{event.slug}/results").text
    files = copied(desk, event.contest)
    everything = "\n".join(data.decode("utf-8", "replace") for data in files.values())

    named = {person.name for person in stage.people if person.name in everything}
    assert named == {person.name for person in stage.people if person.name in public}
    assert len(named) < len(stage.people)
    for number, person in enumerate(stage.people):
        assert sample_id(500 + number) not in everything
        assert f"1380000{number:04d}" not in everything
        assert person.key not in everything
    lines = json.loads(files[f"{event.slug}/results.json"])["lines"]
    assert len(lines) == len(stage.people)


def test_a_site_that_is_signed_in_copies_as_a_stranger(desk: Desk, stage: Stage) -> None:
    token = READ_ONLY.set(False)
    copied(desk, stage.event.contest)
    assert READ_ONLY.get() is False
    READ_ONLY.reset(token)


def test_certificates_are_listed_masked(desk: Desk) -> None:
    stage = final_event(desk)
    sheet = current_result(desk.session, stage.event.id)
    assert sheet is not None
    line = next(line for line in sheet.lines if line.award)
    row = issue_certificate(stage.seat("organizer"), stage.event, line, sample=False)
    desk.session.commit()

    files = copied(desk, stage.event.contest)
    (listed,) = json.loads(files["certificates.json"])
    assert (listed["number"], listed["state"]) == (row.number, "valid")
    assert listed["holder"] == notice_name(row.holder_name) != row.holder_name
    assert row.number in files["certificates.html"].decode()


def test_the_command_writes_a_folder_once(
    app: Flask, desk: Desk, stage: Stage, tmp_path: Path
) -> None:
    runner, slug = app.test_cli_runner(), stage.event.contest.slug
    folder = tmp_path / "copy"

    done = runner.invoke(args=["contest", "archive", slug, str(folder)])
    assert done.exit_code == 0, done.output
    assert (folder / "index.html").is_file()
    assert desk.session.scalars(select(AuditLine).filter_by(deed="copy_contest")).all()
    for args in (
        [slug, str(folder)],
        ["nowhere", str(tmp_path / "other")],
        [slug, str(folder / "index.html" / "below")],
    ):
        refused = runner.invoke(args=["contest", "archive", *args])
        assert refused.exit_code == 2, refused.output

    stage.event.state = EventState.POSTED
    desk.session.commit()
    refused = runner.invoke(args=["contest", "archive", slug, str(tmp_path / "other")])
    assert refused.exit_code == 2
    assert "还没有结束" in refused.output
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("/contests/a/", "index.html"),
        ("/contests/a/b/", "b/index.html"),
        ("/contests/a/b/results", "b/results.html"),
        ("/contests/a/b/results/12", "b/results-12.html"),
        ("/contests/a/b/results/x", None),
        ("/contests/a/b/draw", "b/draw.html"),
        ("/contests/a/b/enter", None),
        ("/contests/a/certificates", "certificates.html"),
        ("/contests/a/other", None),
        ("/contests/aa/", None),
        ("/contests/", None),
        ("/static/css/kit.css?v=1", "css/kit.css"),
        ("/static/css/fonts.css?v=1", None),
        ("/media/x.webp", None),
    ],
)
def test_addresses_have_their_place(address: str, found: str | None) -> None:
    assert place("a", address) == found
