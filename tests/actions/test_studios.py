"""A studio is entered once, established for a term and closed."""

import datetime as dt

import pytest
from sqlalchemy import select

from actions.desk import Desk
from actions.studios import StudioText, enter_studio, move_studio
from models.outbox import Errand
from rules.errors import Invalid, WrongMoment
from rules.states import StudioState
from rules.terms import ContestLevel
from tests.actions.gallery import (
    make_craftsman,
    make_occupation,
    make_organization,
    make_person,
)

DAY = dt.date(2026, 1, 1)


def studio_text(desk: Desk, **more: object) -> StudioText:
    values = {
        "slug": "he",
        "name": "贺示例工作室",
        "leader": make_person(desk),
        "host": make_organization(desk),
        "occupation": make_occupation(desk),
        "level": ContestLevel.DISTRICT,
    }
    return StudioText(**{**values, **more})  # type: ignore[arg-type]


def test_a_studio_is_established_for_a_term(desk: Desk) -> None:
    leader = make_craftsman(desk).person
    studio = enter_studio(desk, studio_text(desk, leader=leader))
    move_studio(desk, studio, "approve")

    with pytest.raises(Invalid, match="a term"):
        move_studio(desk, studio, "establish", on=DAY, until=DAY)
    move_studio(desk, studio, "establish", on=DAY, until=DAY.replace(year=2029))

    assert studio.state is StudioState.ESTABLISHED
    assert studio.term_ends_on == DAY.replace(year=2029)
    keys = {row.payload["key"] for row in desk.session.scalars(select(Errand))}
    assert {f"studio:{studio.slug}", "craftsman:he-shili"} <= keys


def test_a_name_stands_once_and_a_closed_studio_stays_closed(desk: Desk) -> None:
    studio = enter_studio(desk, studio_text(desk))
    with pytest.raises(Invalid, match="already a studio"):
        enter_studio(desk, studio_text(desk))

    move_studio(desk, studio, "close")

    with pytest.raises(WrongMoment):
        move_studio(desk, studio, "approve")
