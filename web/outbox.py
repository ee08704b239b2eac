"""The worker's round: takes due errands and hands each to the function its kind names."""

import datetime as dt
from collections.abc import Callable
from typing import Any, Final

import structlog
from sqlalchemy import select

from actions.desk import Desk
from models.outbox import Errand
from rules.permits import SYSTEM
from rules.states import OutboxState
from web.db import db
from web.login import desk

log = structlog.get_logger()
AfterCommit = Callable[[], None]
Carrier = Callable[[Desk, dict[str, Any]], AfterCommit | None]
"""A carrier may return what is to be done once its own changes stand: waiting for a server."""
CARRIERS: Final[dict[str, Carrier]] = {}
BATCH = 50
MAX_ATTEMPTS = 8
FIRST_WAIT = dt.timedelta(seconds=10)


def carries(kind: str) -> Callable[[Carrier], Carrier]:
    """Register the function that carries out errands of one kind."""

    def keep(carrier: Carrier) -> Carrier:
        CARRIERS[kind] = carrier
        return carrier

    return keep


def run_batch() -> int:
    """Carry out up to ``BATCH`` due errands, each in its own transaction; returns how many."""
    at = desk(SYSTEM)
    keys = at.session.scalars(
        select(Errand.id)
        .where(Errand.state == OutboxState.WAITING, Errand.due_at <= at.now)
        .order_by(Errand.due_at, Errand.id)
        .limit(BATCH)
    ).all()
    db.session.rollback()
    for key in keys:
        run_one(key)
    return len(keys)


def run_one(key: int) -> None:
    """Carry out one errand; a failure is noted and tried again later, longer each time."""
    at = desk(SYSTEM)
    errand = at.session.get_one(Errand, key, with_for_update={"skip_locked": True})
    if errand.state is not OutboxState.WAITING:
        db.session.rollback()
        return
    try:
        after = CARRIERS[errand.kind](at, errand.payload)
    except Exception as trouble:  # noqa: BLE001  # whatever a carrier meets must not stop the worker
        db.session.rollback()
        _note_failure(key, trouble)
        return
    errand.move("finish")
    errand.finished_at = at.now
    db.session.commit()
    if after is not None:
        _carry_on(errand.kind, key, after)


def _carry_on(kind: str, key: int, after: AfterCommit) -> None:
    db.session.rollback()  # nothing is held while it waits
    try:
        after()
    except Exception as trouble:  # noqa: BLE001  # whatever it meets must not stop the worker
        db.session.rollback()
        log.warning("errand_broke_off", kind=kind, errand=key, trouble=str(trouble))
    else:
        db.session.commit()


def _note_failure(key: int, trouble: Exception) -> None:
    at = desk(SYSTEM)
    errand = at.session.get_one(Errand, key)
    errand.attempts += 1
    errand.trouble = f"{type(trouble).__name__}: {trouble}"[:400]
    errand.due_at = at.now + FIRST_WAIT * 2 ** min(errand.attempts, 8)
    if errand.attempts >= MAX_ATTEMPTS:
        errand.move("give_up")
    log.warning("errand_failed", kind=errand.kind, errand=key, trouble=errand.trouble)
    db.session.commit()
