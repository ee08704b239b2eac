"""Selection rounds on the staff's face: the list, the board, candidates taken on or not passed."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from actions.desk import Desk
from actions.selection import CandidateText, RoundText, create_round, enter_candidate, move_round
from models.selection import Candidate, SelectionRound
from rules.permits import Role, Scope
from rules.states import CandidateState, RoundState
from tests.actions.gallery import make_organization, make_person
from tests.admin.office import counted, staff
from tests.support import give, make_account, sign_in


@pytest.fixture
def officer(app: Flask, desk: Desk) -> FlaskClient:
    return staff(app, desk, Role.OFFICER)


def round_of(desk: Desk, slug: str = "r", doc_no: str = "示例 1 号") -> SelectionRound:
    text = RoundText(slug=slug, name=f"遴选 {slug}", year=2026, places=1, doc_no=doc_no)
    selection_round = create_round(desk, text)
    desk.session.commit()
    return selection_round


def candidate_of(desk: Desk, selection_round: SelectionRound, name: str) -> Candidate:
    text = CandidateText(category="船舶", unit=make_organization(desk))
    candidate = enter_candidate(desk, selection_round, make_person(desk, name), text)
    desk.session.commit()
    return candidate


def test_a_round_goes_its_steps(officer: FlaskClient, desk: Desk) -> None:
    bare, selection_round = round_of(desk, "bare", ""), round_of(desk)
    assert officer.post("/admin/selection/bare/steps/open_call").status_code == 409
    assert bare.state is RoundState.DRAFT
    assert "开放申报" in officer.get("/admin/selection/r/").text

    page = officer.post("/admin/selection/r/steps/open_call", follow_redirects=True).text

    assert selection_round.state is RoundState.CALL_OPEN
    assert "截止申报，开始审查" in page
    assert officer.post("/admin/selection/r/steps/name").status_code == 409


def test_candidates_move_over_the_board_within_the_places(officer: FlaskClient, desk: Desk) -> None:
    selection_round = round_of(desk)
    move_round(desk, selection_round, "open_call")
    first, second = (candidate_of(desk, selection_round, name) for name in ("甲示例", "乙示例"))
    base = "/admin/selection/r/candidates"
    assert "甲示例" in officer.get("/admin/selection/r/").text
    for row in (first, second):
        for verb in ("recommend", "check", "review"):
            assert officer.post(f"{base}/{row.id}/{verb}").status_code == 302
    officer.post(f"{base}/{first.id}/propose")

    reply = officer.post(f"{base}/{second.id}/propose")

    assert reply.status_code == 409
    assert second.state is CandidateState.REVIEWED
    url = f"{base}/{second.id}/reject"
    assert "乙示例不通过" in officer.get(url).text
    assert officer.post(url, data={"ground": ""}).status_code == 422
    assert officer.post(url, data={"ground": "名额已满"}).status_code == 302
    assert second.state.value == "rejected"
    assert officer.post(f"{base}/{first.id}/name").status_code == 302
    page = officer.get("/admin/selection/r/").text
    assert "乙示例 · 船舶" in page
    assert officer.post(f"{base}/{first.id}/check").status_code == 409
    round_of(desk, "other")
    assert officer.get(f"/admin/selection/other/candidates/{first.id}/reject").status_code == 404


def test_list_and_board_read_as_often_for_three_as_for_one(
    officer: FlaskClient, desk: Desk
) -> None:
    assert "这里没有遴选批次" in officer.get("/admin/selection/").text
    selection_round = round_of(desk)
    move_round(desk, selection_round, "open_call")
    candidate_of(desk, selection_round, "甲示例")
    number = selection_round.id
    with counted() as one:
        officer.get("/admin/selection/")
        officer.get("/admin/selection/r/")
    for name in ("乙示例", "丙示例"):
        candidate_of(desk, desk.session.get_one(SelectionRound, number), name)
        round_of(desk, name)
    with counted() as three:
        page = officer.get("/admin/selection/?sort=year").text
        officer.get("/admin/selection/r/")

    assert len(one) == len(three)
    assert '<td class="r">3</td>' in page
    page = officer.get("/admin/selection/?state=call_open").text
    assert ("遴选 r" in page, "遴选 乙示例" in page) == (True, False)


def test_staff_of_one_round_see_that_one(app: Flask, client: FlaskClient, desk: Desk) -> None:
    mine, _other = round_of(desk, "a"), round_of(desk, "b")
    account = make_account(desk.session)
    give(desk.session, account, Role.OFFICER, Scope.ROUND, mine.id)
    sign_in(app, client, desk, account)

    page = client.get("/admin/selection/").text
    assert ("遴选 a" in page, "遴选 b" in page) == (True, False)
    assert client.get("/admin/selection/a/").status_code == 200
    assert client.get("/admin/selection/b/").status_code == 403


def test_an_editor_sees_no_round(app: Flask, desk: Desk) -> None:
    round_of(desk)
    editor = staff(app, desk, Role.EDITOR)
    for path in ("", "r/", "r/candidates/1/reject"):
        assert editor.get(f"/admin/selection/{path}").status_code == 403
    assert editor.post("/admin/selection/r/steps/open_call").status_code == 403
    assert editor.post("/admin/selection/r/candidates/1/check").status_code == 403
