"""Each figure of the plan leads to the list it counts; figure and list are one query."""

import pytest
from flask import Flask

from actions.desk import Desk
from admin.targets import LISTS, list_behind, progress
from models.craftsmen import Craftsman, Honour
from models.indicators import Target
from models.occupations import Occupation
from models.organizations import Organization
from models.people import Person
from models.studios import Studio
from rules.permits import Role
from rules.states import HonourState, StudioState
from rules.terms import ContestLevel, Family, HonourKind, OrganizationKind
from tests.admin.office import staff
from tests.contest_world import announced_event, draft_contest, occupation
from tests.support import NOW


def target(desk: Desk, code: str, year: int = 2026, goal: str = "5") -> Target:
    row = Target(code=code, name=f"目标{code}", year=year, goal=goal, unit="个", source="示例文号")
    desk.session.add(row)
    desk.session.flush()
    return row


def titled(desk: Desk, name: str, *states: HonourState, public: bool = False) -> Person:
    person = Person(key=f"k-{name}", name=name, created_at=NOW)
    desk.session.add(person)
    desk.session.flush()
    for number, state in enumerate(states):
        desk.session.add(
            Honour(
                person_id=person.id,
                kind=HonourKind.TITLE,
                title=f"第{number + 1}届定海名匠",
                year=2024 + number,
                source="示例",
                state=state,
                revoked_at=NOW if state is HonourState.REVOKED else None,
                recorded_at=NOW,
            )
        )
    if public:
        page = Craftsman(
            person_id=person.id,
            slug=f"s-{person.id}",
            family=Family.SHIP,
            is_public=True,
            changed_at=NOW,
        )
        desk.session.add(page)
    desk.session.flush()
    return person


def studio(desk: Desk, name: str, level: ContestLevel, state: StudioState) -> None:
    trade: Occupation = occupation(desk.session)
    host = Organization(name=f"{name}单位", kind=OrganizationKind.EMPLOYER)
    leader = Person(key=f"k-{name}", name=f"{name}人", created_at=NOW)
    desk.session.add_all([host, leader])
    desk.session.flush()
    desk.session.add(
        Studio(
            slug=f"studio-{leader.id}",
            name=name,
            leader_id=leader.id,
            host_id=host.id,
            occupation_id=trade.id,
            level=level,
            state=state,
        )
    )
    desk.session.flush()


@pytest.fixture
def register(desk: Desk) -> Desk:
    """Two with the title, one of them twice and one with a page; two studios, one contest."""
    titled(desk, "贺示例", HonourState.VALID, HonourState.VALID, public=True)
    titled(desk, "林示例", HonourState.VALID)
    titled(desk, "撤示例", HonourState.REVOKED)
    studio(desk, "区里工作室", ContestLevel.DISTRICT, StudioState.ESTABLISHED)
    studio(desk, "市里工作室", ContestLevel.CITY, StudioState.ESTABLISHED)
    studio(desk, "申报工作室", ContestLevel.CITY, StudioState.APPLIED)
    announced_event(desk)
    draft_contest(desk, name="没有公告的竞赛")
    return desk


@pytest.mark.parametrize(
    ("code", "shown", "hidden"),
    [
        ("mingjiang", ["贺示例", "林示例", "第1届定海名匠、第2届定海名匠"], ["撤示例"]),
        ("mingjiang_studios", ["区里工作室", "市里工作室"], ["申报工作室"]),
        ("higher_studios", ["市里工作室"], ["区里工作室", "申报工作室"]),
        ("contests", ["技赢定海粮油赛（示例）"], ["没有公告的竞赛"]),
    ],
)
def test_the_list_is_what_the_figure_counts(
    app: Flask, register: Desk, code: str, shown: list[str], hidden: list[str]
) -> None:
    row = target(register, code)
    (line,) = progress(register.session, 2026)
    browser = staff(app, register, Role.OFFICER)
    assert f"/admin/targets/{row.id}/" in browser.get("/admin/").text

    page = browser.get(f"/admin/targets/{row.id}/").text

    found = list_behind(register.session, row)
    assert found is not None
    assert line.actual == len(found)
    assert page.count("<tr><td>") == len(found)
    assert [word for word in shown if word not in page] == []
    assert [word for word in hidden if word in page] == []


def test_who_has_a_public_page_is_linked_to_it(app: Flask, register: Desk) -> None:
    row = target(register, "mingjiang")

    page = staff(app, register, Role.OFFICER).get(f"/admin/targets/{row.id}/").text

    assert page.count("/craftsmen/s-") == 1


def test_another_year_counts_another_list(app: Flask, register: Desk) -> None:
    row = target(register, "contests", 2031)

    page = staff(app, register, Role.OFFICER).get(f"/admin/targets/{row.id}/").text

    assert "还没有可统计的记录" in page
    assert "还差 5" in page


def test_what_is_reported_by_month_has_no_list(app: Flask, desk: Desk) -> None:
    row = target(desk, "skilled_people")
    browser = staff(app, desk, Role.OFFICER)

    assert row.code not in LISTS
    assert browser.get(f"/admin/targets/{row.id}/").status_code == 404
    assert browser.get("/admin/targets/999999/").status_code == 404
