"""Extensions: for one person, later than the common deadline, with a reason on record."""

import datetime as dt

import pytest
from sqlalchemy import select

from actions.desk import Desk
from actions.entries import begin_entry
from actions.events import move_event
from actions.extensions import extended, extensions_of, grant_extension
from models.accounts import Account
from models.audit import AuditLine
from models.contests import Event
from rules.errors import Invalid, NotPermitted, WrongMoment
from rules.permits import Actor
from rules.states import EventState
from tests.contest_world import at
from tests.entry_world import open_event
from tests.support import make_account

HOUR = dt.timedelta(hours=1)


def closed(desk: Desk) -> tuple[Desk, Event]:
    event = open_event(desk)
    later = at(desk, event.entries_close_at + HOUR)
    move_event(later, event, "close")
    return later, event


def grant(desk: Desk, event: Event, account: Account, **changes: object) -> None:
    values = {
        "handle": account.username,
        "until": event.entries_close_at + 24 * HOUR,
        "reason": "住院证明已核",
    }
    grant_extension(desk, event, **{**values, **changes})  # type: ignore[arg-type]


def test_one_person_enters_after_the_others(desk: Desk) -> None:
    later, event = closed(desk)
    account, other = make_account(desk.session, "甲"), make_account(desk.session, "乙")
    grant(later, event, account)

    entry = begin_entry(later.acting_as(Actor(account.id)), event, form_key="late")

    assert entry.event_id == event.id
    with pytest.raises(WrongMoment):
        begin_entry(later.acting_as(Actor(other.id)), event, form_key="too-late")
    assert not extended(
        at(later.acting_as(Actor(account.id)), event.entries_close_at + 25 * HOUR), event
    )
    line = desk.session.scalars(select(AuditLine).filter_by(deed="grant_extension")).one()
    assert line.detail["reason"] == "住院证明已核"
    assert [row.account_id for row in extensions_of(later, event)] == [account.id]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"handle": "nobody-here"}, "handle"),
        ({"until": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)}, "until"),
        ({"reason": "  "}, "reason"),
    ],
)
def test_what_is_wrong_is_named(desk: Desk, changes: dict[str, object], field: str) -> None:
    later, event = closed(desk)

    with pytest.raises(Invalid) as refusal:
        grant(later, event, make_account(desk.session, "甲"), **changes)

    assert list(refusal.value.fields) == [field]


def test_after_the_list_nothing_is_extended_and_not_by_anybody(desk: Desk) -> None:
    later, event = closed(desk)
    account = make_account(desk.session, "甲")
    with pytest.raises(NotPermitted):
        grant(later.acting_as(Actor(account.id)), event, account)
    event.state = EventState.LISTED

    with pytest.raises(WrongMoment):
        grant(later, event, account)
