"""Schemes: imported whole or not at all, and never once marking has begun."""

from decimal import Decimal

import pytest
from sqlalchemy import func, select

from actions.contests import approve_contest, reopen_contest
from actions.desk import Desk
from actions.events import create_event
from actions.schemes import SchemeFaults, adopt_scheme, import_scheme
from adapters.schemes import write_scheme
from models.schemes import MarkingScheme, current_scheme
from rules.errors import Blocked, Invalid, NotPermitted
from rules.permits import NOBODY
from rules.rulesets import EventRules
from rules.scheme_json import scheme_from_json
from rules.states import EventState
from tests.contest_world import draft_contest, draft_event, plan, scheme, second


def stored(desk: Desk) -> int | None:
    return desk.session.scalar(select(func.count()).select_from(MarkingScheme))


def test_a_workbook_becomes_the_newest_version(desk: Desk) -> None:
    event = draft_event(desk)

    row = import_scheme(desk, event, write_scheme(scheme("20")), "评分表.xlsx")

    assert (row.number, row.file_name) == (2, "评分表.xlsx")
    assert scheme_from_json(row.body) == scheme("20")
    assert current_scheme(desk.session, event.id) is row


def test_the_same_scheme_twice_is_one_version(desk: Desk) -> None:
    event = draft_event(desk)

    again = import_scheme(desk, event, write_scheme(scheme()), "b.xlsx")

    assert (again.number, stored(desk)) == (1, 1)


def test_a_scheme_that_does_not_fit_the_rules_is_refused(desk: Desk) -> None:
    event = create_event(desk, draft_contest(desk), plan(desk.session, rules=EventRules()))

    with pytest.raises(SchemeFaults) as refusal:
        import_scheme(desk, event, write_scheme(scheme()), "a.xlsx")

    assert "theory" in str(refusal.value.faults[0].reason)
    assert stored(desk) == 0


def test_no_workbook_is_no_scheme(desk: Desk) -> None:
    event = draft_event(desk)

    with pytest.raises(Invalid, match="not an xlsx workbook"):
        import_scheme(desk, event, b"hello", "a.xlsx")

    assert stored(desk) == 1


def test_an_approved_contest_goes_back_to_the_draft_first(desk: Desk) -> None:
    event = draft_event(desk)
    approve_contest(second(desk), event.contest)
    with pytest.raises(Blocked, match="back to the draft"):
        adopt_scheme(desk, event, scheme("20"))

    reopen_contest(desk, event.contest)

    assert adopt_scheme(desk, event, scheme("20")).number == 2


def test_once_marking_has_begun_the_scheme_stays(desk: Desk) -> None:
    event = draft_event(desk)
    event.state = EventState.SCORING

    with pytest.raises(Blocked, match="Marking has begun"):
        adopt_scheme(desk, event, scheme(str(Decimal(20))))


def test_only_who_may_import_imports(desk: Desk) -> None:
    event = draft_event(desk)

    with pytest.raises(NotPermitted):
        import_scheme(desk.acting_as(NOBODY), event, write_scheme(scheme()), "a.xlsx")
