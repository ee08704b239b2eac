"""The register of honours names its sources and forgets nothing."""

import pytest
from sqlalchemy import select

from actions.desk import Desk
from actions.honours import HonourText, record_honour, revoke_honour
from models.outbox import Errand
from rules.errors import Invalid, WrongMoment
from rules.states import HonourState
from rules.terms import HonourKind
from tests.actions.gallery import make_craftsman, make_person

TEXT = HonourText(kind=HonourKind.TITLE, title="浙江工匠", year=2025, source="证书原件")


def test_an_honour_names_where_it_was_seen(desk: Desk) -> None:
    person = make_person(desk)

    with pytest.raises(Invalid, match="where this honour was seen"):
        record_honour(desk, person, HonourText(kind=HonourKind.TITLE, title="称号", year=2025))
    honour = record_honour(desk, person, TEXT)

    assert (honour.title, honour.year, honour.state) == ("浙江工匠", 2025, HonourState.VALID)
    assert desk.session.scalars(select(Errand)).all() == []


def test_a_revoked_honour_stays_and_the_page_is_told(desk: Desk) -> None:
    craftsman = make_craftsman(desk)
    honour = record_honour(desk, craftsman.person, TEXT)

    with pytest.raises(Invalid):
        revoke_honour(desk, honour, ground=" ")
    revoke_honour(desk, honour, ground="材料不实")

    assert (honour.state, honour.revoked_at) == (HonourState.REVOKED, desk.now)
    assert len(desk.session.scalars(select(Errand)).all()) == 2
    with pytest.raises(WrongMoment):
        revoke_honour(desk, honour, ground="再次")
