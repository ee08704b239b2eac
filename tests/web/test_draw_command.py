"""``flask draw replay``: a true record holds, any other is refused in one sentence."""

import json
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from actions.desk import Desk
from tests.result_world import scoring_event


@pytest.fixture
def file(client: FlaskClient, desk: Desk, tmp_path: Path) -> Path:
    """The record as the public page offers it."""
    event = scoring_event(desk).event
    desk.session.commit()
    reply = client.get(f"/contests/{event.contest.slug}/{event.slug}/draw.json")
    path = tmp_path / "draw.json"
    path.write_bytes(reply.data)
    return path


def test_the_downloaded_record_holds(app: Flask, file: Path) -> None:
    result = app.test_cli_runner().invoke(args=["draw", "replay", str(file)])

    assert result.exit_code == 0
    assert "抽签属实" in result.output


def test_a_swapped_record_does_not(app: Flask, file: Path) -> None:
    value = json.loads(file.read_text())
    value["order"].reverse()
    file.write_text(json.dumps(value))

    result = app.test_cli_runner().invoke(args=["draw", "replay", str(file)])

    assert result.exit_code == 2
    assert "由种子得出的顺序" in result.output


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_record_is_said(app: Flask, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.json"
    path.write_bytes(content)

    assert app.test_cli_runner().invoke(args=["draw", "replay", str(path)]).exit_code == 2
    missing = app.test_cli_runner().invoke(args=["draw", "replay", str(tmp_path / "none")])
    assert missing.exit_code == 2
