"""Studios on the staff's face: listed, established for a term, rectified, closed."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from actions.desk import Desk
from actions.studios import StudioText, enter_studio, move_studio
from models.studios import Studio
from rules.permits import Role, Scope
from rules.states import StudioState
from rules.terms import ContestLevel
from tests.actions.gallery import make_occupation, make_organization, make_person
from tests.admin.office import counted, staff
from tests.support import give, make_account, sign_in


@pytest.fixture
def officer(app: Flask, desk: Desk) -> FlaskClient:
    return staff(app, desk, Role.OFFICER)


def studio_of(desk: Desk, slug: str = "he", **more: object) -> Studio:
    values = {
        "slug": slug,
        "name": f"{slug} 示例工作室",
        "leader": make_person(desk),
        "host": make_organization(desk),
        "occupation": make_occupation(desk),
        "level": ContestLevel.DISTRICT,
    }
    studio = enter_studio(desk, StudioText(**{**values, **more}))  # type: ignore[arg-type]  # any field
    desk.session.commit()
    return studio


def test_a_studio_goes_from_the_application_to_its_end(officer: FlaskClient, desk: Desk) -> None:
    studio = studio_of(
        desk,
        members=[{"name": "朱一帆", "role": "apprentice", "since": 2016}],
        projects=[{"year": 2026, "title": "薄壁管充氩", "state": "running"}],
    )
    base = "/admin/studios/he"
    page = officer.get(f"{base}/").text
    for words in ("朱一帆", "徒弟", "薄壁管充氩", "进行中", "批准设立申请"):
        assert words in page
    officer.post(f"{base}/steps/approve")
    assert "设立这个工作室" in officer.get(f"{base}/").text

    assert officer.get(f"{base}/establish").status_code == 200
    for term in ({}, {"on": "2026-01-01", "until": "2026-01-01"}):
        assert officer.post(f"{base}/establish", data=term).status_code == 422
    assert studio.established_on is None
    officer.post(f"{base}/establish", data={"on": "2026-01-01", "until": "2029-01-01"})
    assert studio.established_on is not None

    for verb in ("rectify", "restore"):
        assert officer.post(f"{base}/steps/{verb}").status_code == 302
    assert officer.post(f"{base}/steps/approve").status_code == 409
    assert "不能恢复" in officer.get(f"{base}/close").text
    assert officer.post(f"{base}/steps/close").status_code == 302
    assert studio.state is StudioState.CLOSED
    assert "已关闭，登记信息保留" in officer.get(f"{base}/").text


def test_a_studio_is_not_established_before_its_approval(officer: FlaskClient, desk: Desk) -> None:
    studio = studio_of(desk)
    term = {"on": "2026-01-01", "until": "2029-01-01"}
    assert officer.post("/admin/studios/he/establish", data=term).status_code == 409
    assert studio.state is StudioState.APPLIED
    assert officer.post("/admin/studios/he/steps/establish").status_code == 404


def test_the_list_filters_sorts_and_reads_as_often_for_three_as_for_one(
    officer: FlaskClient, desk: Desk
) -> None:
    assert "没有符合条件的工作室" in officer.get("/admin/studios/").text
    studio_of(desk, "a")
    with counted() as one:
        officer.get("/admin/studios/")
    for slug in ("b", "c"):
        move_studio(desk, studio_of(desk, slug, level=ContestLevel.CITY), "approve")
    with counted() as three:
        page = officer.get("/admin/studios/?sort=-name").text

    assert len(one) == len(three)
    assert page.index("c 示例工作室") < page.index("a 示例工作室")
    page = officer.get("/admin/studios/?q=b 示例&state=approved&level=city&sort=ends").text
    assert "b 示例工作室" in page
    assert "c 示例工作室" not in page


def test_staff_of_one_studio_see_that_one(app: Flask, client: FlaskClient, desk: Desk) -> None:
    mine, _other = studio_of(desk, "a"), studio_of(desk, "b")
    account = make_account(desk.session)
    give(desk.session, account, Role.OFFICER, Scope.STUDIO, mine.id)
    sign_in(app, client, desk, account)

    page = client.get("/admin/studios/").text
    assert ("a 示例工作室" in page, "b 示例工作室" in page) == (True, False)
    assert client.get("/admin/studios/a/").status_code == 200
    assert client.get("/admin/studios/b/").status_code == 403
    assert client.post("/admin/studios/b/steps/approve").status_code == 403


def test_an_editor_sees_no_studio(app: Flask, desk: Desk) -> None:
    studio_of(desk)
    editor = staff(app, desk, Role.EDITOR)
    for path in ("", "he/", "he/establish", "he/close"):
        assert editor.get(f"/admin/studios/{path}").status_code == 403
    assert editor.post("/admin/studios/he/steps/close").status_code == 403
    assert staff(app, desk, Role.OFFICER).get("/admin/studios/none/").status_code == 404
