"""The worker: due errands are carried once; a failure waits, longer each time, then gives up."""

import datetime as dt
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from actions.desk import Desk
from models.outbox import Errand
from models.settings import Setting
from rules.states import OutboxState
from web import outbox
from web.clock import now

LATE = dt.timedelta(minutes=1)


def errand(session: Session, kind: str, due: dt.datetime, **payload: object) -> Errand:
    row = Errand(kind=kind, payload=payload, due_at=due, created_at=due)
    session.add(row)
    session.commit()
    return row


@pytest.fixture
def carried(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What a carrier of kind "note" was given; "break" writes and then fails."""
    seen: list[dict[str, Any]] = []

    def breaks(desk: Desk, _payload: dict[str, Any]) -> None:
        desk.session.add(Setting(key="half", value="done", changed_at=desk.now))
        desk.session.flush()
        raise RuntimeError("no line")

    monkeypatch.setitem(outbox.CARRIERS, "note", lambda _desk, payload: seen.append(payload))
    monkeypatch.setitem(outbox.CARRIERS, "break", breaks)
    return seen


def test_due_errands_are_carried_once(session: Session, carried: list[dict[str, Any]]) -> None:
    row = errand(session, "note", now() - LATE, word="a")
    later = errand(session, "note", now() + 60 * LATE, word="b")

    assert outbox.run_batch() == 1
    assert outbox.run_batch() == 0
    outbox.run_one(row.id)

    assert carried == [{"word": "a"}]
    assert (row.state, later.state) == (OutboxState.DONE, OutboxState.WAITING)
    assert row.finished_at is not None


def test_a_failure_undoes_its_deed_is_noted_and_waits(
    session: Session, carried: list[dict[str, Any]]
) -> None:
    row = errand(session, "break", now() - LATE)

    outbox.run_batch()

    assert session.get(Setting, "half") is None
    assert (row.state, row.attempts, row.trouble) == (
        OutboxState.WAITING,
        1,
        "RuntimeError: no line",
    )
    assert row.due_at > now()


def test_an_errand_nobody_carries_is_noted_too(session: Session) -> None:
    row = errand(session, "unknown", now() - LATE)

    outbox.run_batch()

    assert row.trouble.startswith("KeyError")


def test_after_the_last_attempt_it_is_given_up(
    session: Session, carried: list[dict[str, Any]]
) -> None:
    row = errand(session, "break", now() - LATE)
    row.attempts = outbox.MAX_ATTEMPTS - 1
    session.commit()

    outbox.run_batch()

    assert row.state is OutboxState.FAILED


def test_flask_work_once_empties_the_outbox(
    app: Flask, session: Session, carried: list[dict[str, Any]]
) -> None:
    errand(session, "note", now() - LATE, word="a")

    done = app.test_cli_runner().invoke(args=["work", "--once"])

    assert done.exit_code == 0, done.output
    assert carried == [{"word": "a"}]
