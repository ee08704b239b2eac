"""Schemes on the staff's face: the template, the import with its faults, the tree."""

import io
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from actions.desk import Desk
from actions.events import create_event
from adapters.schemes import read_scheme, write_scheme
from models.schemes import MarkingScheme
from rules.permits import Role
from rules.schemes import Scheme
from rules.states import EventState
from tests.contest_world import draft_contest, draft_event, plan, scheme
from tests.support import give, make_account, sign_in


@pytest.fixture
def organizer(app: Flask, client: FlaskClient, desk: Desk) -> FlaskClient:
    account = make_account(desk.session)
    give(desk.session, account, Role.ORGANIZER)
    sign_in(app, client, desk, account)
    return client


def sent(data: bytes, name: str = "评分表.xlsx") -> dict[str, object]:
    return {"file": (io.BytesIO(data), name)}


def test_the_template_reads_back(organizer: FlaskClient) -> None:
    reply = organizer.get("/admin/schemes/template.xlsx")

    assert reply.status_code == 200
    assert read_scheme(reply.data).modules[0].code == "A"


def test_a_workbook_becomes_a_tree(organizer: FlaskClient, desk: Desk) -> None:
    event = create_event(desk, draft_contest(desk), plan(desk.session))
    desk.session.commit()
    url = f"/admin/events/{event.id}/scheme/"
    assert "还没有评分标准" in organizer.get(url).text
    assert organizer.get(f"{url}scheme.xlsx").status_code == 422

    reply = organizer.post(url, data=sent(write_scheme(scheme())))

    assert reply.status_code == 302
    page = organizer.get(url).text
    for words in ("评分标准第 1 版已生效", "A1.1", "含水率", "评价 0–3", "很整齐"):
        assert words in page
    assert read_scheme(organizer.get(f"{url}scheme.xlsx").data) == scheme()


def test_every_wrong_cell_is_shown_and_nothing_kept(organizer: FlaskClient, desk: Desk) -> None:
    event = create_event(desk, draft_contest(desk), plan(desk.session))
    (module,) = scheme().modules
    wrong = Scheme((type(module)("A", "", "practice", Decimal(17), module.criteria, None),))

    reply = organizer.post(f"/admin/events/{event.id}/scheme/", data=sent(write_scheme(wrong)))

    assert reply.status_code == 422
    for words in ("有 1 格要改", ">E2<", ">17<", ">10<", "没有导入"):
        assert words in reply.text
    assert desk.session.scalar(select(func.count()).select_from(MarkingScheme)) == 0


def test_no_file_and_no_workbook_are_said_in_words(organizer: FlaskClient, desk: Desk) -> None:
    url = f"/admin/events/{draft_event(desk).id}/scheme/"

    reply = organizer.post(url, data={})
    assert reply.status_code == 422
    assert "先选择工作簿文件" in reply.text
    reply = organizer.post(url, data=sent(b"hello"))
    assert reply.status_code == 422
    assert "这不是 xlsx 工作簿" in reply.text


def test_once_marking_has_begun_the_page_says_so(organizer: FlaskClient, desk: Desk) -> None:
    event = draft_event(desk)
    event.state = EventState.SCORING

    reply = organizer.post(
        f"/admin/events/{event.id}/scheme/", data=sent(write_scheme(scheme("20")))
    )

    assert reply.status_code == 422
    assert "评分已开始" in reply.text


def test_a_warning_is_shown_on_the_tree(organizer: FlaskClient, desk: Desk) -> None:
    event = create_event(desk, draft_contest(desk), plan(desk.session))

    organizer.post(f"/admin/events/{event.id}/scheme/", data=sent(write_scheme(scheme())))
    calm = organizer.get(f"/admin/events/{event.id}/scheme/").text
    row = desk.session.scalars(select(MarkingScheme)).one()
    body = dict(row.body)
    body["modules"][0]["criteria"][0]["subs"][0]["aspects"][1]["levels"] = ["差"]
    row.body = {**body}
    desk.session.flush()
    desk.session.expire_all()

    assert "noticebar" not in calm


def test_only_those_who_need_it_read_the_scheme(
    app: Flask, client: FlaskClient, desk: Desk
) -> None:
    event = draft_event(desk)
    account = make_account(desk.session)
    give(desk.session, account, Role.REVIEWER)
    sign_in(app, client, desk, account)

    assert client.get(f"/admin/events/{event.id}/scheme/").status_code == 403
    assert client.post(f"/admin/events/{event.id}/scheme/").status_code == 403
