"""Types every table shares: moments in UTC, exact decimals, closed lists held by the database."""

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session

from models.base import DecimalText, UtcDateTime
from models.outbox import Errand
from models.settings import Setting, setting
from rules.errors import WrongMoment
from rules.states import OutboxState
from tests.support import NOW

DIALECT = sqlite.dialect()


def errand(session: Session, **columns: object) -> Errand:
    row = Errand(kind="test", payload={}, due_at=NOW, created_at=NOW, **columns)
    session.add(row)
    session.flush()
    return row


def test_a_moment_comes_back_in_utc_wherever_it_was_from(session: Session) -> None:
    here = NOW.astimezone(ZoneInfo("Asia/Shanghai"))
    session.add(Setting(key="k", value="v", changed_at=here))
    session.flush()
    session.expire_all()

    kept = session.get_one(Setting, "k").changed_at

    assert kept == NOW
    assert kept.utcoffset() == dt.timedelta(0)


def test_a_naive_moment_is_refused(session: Session) -> None:
    session.add(Setting(key="k", value="v", changed_at=dt.datetime(2026, 1, 1)))  # noqa: DTZ001  # the fault itself

    with pytest.raises(StatementError, match="naive"):
        session.flush()
    session.rollback()


def test_nothing_stays_nothing() -> None:
    for kind in (UtcDateTime(), DecimalText()):
        assert kind.process_bind_param(None, DIALECT) is None
        assert kind.process_result_value(None, DIALECT) is None


@pytest.mark.parametrize("value", ["0.1", "16.75", "1E+2", "-0.005"])
def test_a_decimal_is_kept_exactly(value: str) -> None:
    kind, exact = DecimalText(), Decimal(value)

    kept = kind.process_bind_param(exact, DIALECT)

    assert kept is not None
    assert "E" not in kept
    assert kind.process_result_value(kept, DIALECT) == exact


def test_a_state_outside_its_list_is_refused_by_the_database(session: Session) -> None:
    row = errand(session)

    with pytest.raises(IntegrityError):
        session.execute(text("UPDATE errand SET state = 'lost' WHERE id = :id"), {"id": row.id})
    session.rollback()


def test_an_errand_moves_along_its_table(session: Session) -> None:
    row = errand(session)
    row.move("give_up")
    row.move("retry")
    row.move("finish")

    assert row.state is OutboxState.DONE
    with pytest.raises(WrongMoment):
        row.move("finish")


def test_a_setting_nobody_set_has_its_default(session: Session) -> None:
    assert setting(session, "colour", "red") == "red"
    session.add(Setting(key="colour", value="blue", changed_at=NOW))
    session.flush()

    assert setting(session, "colour", "red") == "blue"
