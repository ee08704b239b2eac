"""Registers from tables: entered once, changed by key, refused whole when a row is wrong."""

import pytest
from sqlalchemy import select

from actions.desk import Desk
from actions.registers import (
    Loaded,
    load_industries,
    load_occupations,
    load_organizations,
    load_towns,
)
from models.occupations import Industry, Occupation
from models.organizations import Organization
from rules.errors import Invalid, NotPermitted
from rules.permits import NOBODY

INDUSTRY = {"code": "ship", "name": "船舶修造", "english": "Ships", "family": "ship"}
WELDER = {
    "name": "焊工",
    "english": "Welder",
    "code": "6-18-02-04",
    "industry": "ship",
    "synonyms": "电焊工|烧焊工",
    "plate": "welder.webp",
}
TOWN = {"code": "cengang", "name": "岑港街道", "english": "Cengang", "kind": "street"}
YARD = {
    "name": "示例船厂",
    "short_name": "船厂",
    "kind": "employer",
    "town": "cengang",
    "industry": "ship",
    "may_self_assess": "yes",
}


def test_a_register_is_entered_and_changed_by_its_key(desk: Desk) -> None:
    assert load_industries(desk, [INDUSTRY]) == Loaded(1, 0, 0)
    assert load_occupations(desk, [WELDER]) == Loaded(1, 0, 0)
    assert load_towns(desk, [TOWN]) == Loaded(1, 0, 0)
    assert load_organizations(desk, [YARD]) == Loaded(1, 0, 0)

    again = load_occupations(
        desk, [{**WELDER, "code": ""}, {**WELDER, "name": "锻造工", "code": ""}]
    )

    assert again == Loaded(1, 1, 0)
    assert load_industries(desk, [INDUSTRY]) == Loaded(0, 0, 1)
    welder = desk.session.scalars(select(Occupation).filter_by(name="焊工")).one()
    assert (welder.code, welder.synonyms) == (None, ["电焊工", "烧焊工"])
    assert welder.industry.name == "船舶修造"
    yard = desk.session.scalars(select(Organization)).one()
    assert yard.town is not None
    assert (yard.town.name, yard.may_self_assess) == ("岑港街道", True)


def test_what_is_wrong_is_named_and_nothing_is_loaded(desk: Desk) -> None:
    with pytest.raises(Invalid, match="“x” of “船舶修造” is not one of"):
        load_industries(desk, [{**INDUSTRY, "family": "x"}])
    with pytest.raises(Invalid, match="not in the register"):
        load_occupations(desk, [WELDER])
    with pytest.raises(NotPermitted):
        load_industries(desk.acting_as(NOBODY), [INDUSTRY])

    assert desk.session.scalars(select(Industry)).all() == []
