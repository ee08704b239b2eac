"""``flask ledger verify`` says whether the marks are still what was written."""

import pytest
from flask import Flask

from actions.desk import Desk
from tests.result_world import Stage, marked_event


@pytest.fixture
def stage(desk: Desk) -> Stage:
    """An event whose marks are signed."""
    return marked_event(desk)


def test_whole_ledgers_hold(app: Flask, stage: Stage) -> None:
    answer = app.test_cli_runner().invoke(args=["ledger", "verify"])

    assert answer.exit_code == 0, answer.output
    assert stage.event.name in answer.output


def test_a_changed_head_is_named_and_ends_with_1(app: Flask, stage: Stage) -> None:
    stage.sheets[0].head_hash = "a" * 64
    stage.desk.session.flush()

    answer = app.test_cli_runner().invoke(args=["ledger", "verify", "--event", str(stage.event.id)])

    assert answer.exit_code == 1
    assert len(answer.output.splitlines()) == 2


def test_an_event_without_marks_is_said_so(app: Flask, stage: Stage) -> None:
    answer = app.test_cli_runner().invoke(args=["ledger", "verify", "--event", "999999"])

    assert answer.exit_code == 1
    assert "999999" in answer.output
