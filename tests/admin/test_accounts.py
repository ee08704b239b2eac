"""Accounts on the staff's face: one keeper opens and closes them, another gives the roles."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from actions.desk import Desk
from models.accounts import Account
from models.roles import RoleGrant
from rules.permits import Role, Scope
from tests.admin.office import counted, staff
from tests.contest_world import draft_event
from tests.support import give, make_account

FORM = {"name": "邵示例", "handle": "shao", "password": "潮水退了再修船板吧朋友们"}


@pytest.fixture
def sysadmin(app: Flask, desk: Desk) -> FlaskClient:
    return staff(app, desk, Role.SYSADMIN, name="系统员")


@pytest.fixture
def secadmin(app: Flask, desk: Desk) -> FlaskClient:
    return staff(app, desk, Role.SECADMIN, name="安全员")


def account_of(desk: Desk, handle: str) -> Account:
    return desk.session.scalars(select(Account).filter_by(username=handle)).one()


def test_one_opens_the_account_and_another_gives_the_role(
    sysadmin: FlaskClient, secadmin: FlaskClient, desk: Desk
) -> None:
    assert sysadmin.get("/admin/accounts/new").status_code == 200
    reply = sysadmin.post("/admin/accounts/new", data=FORM)
    account = account_of(desk, "shao")
    base = f"/admin/accounts/{account.id}/"
    assert (reply.status_code, reply.location) == (302, base)
    page = sysadmin.get(base).text
    assert "还没有角色" in page
    assert "授予角色</h2>" not in page

    reply = secadmin.post(f"{base}roles", data={"role": "editor", "place": "site:"})

    assert reply.status_code == 302
    grant = desk.session.scalars(select(RoleGrant).filter_by(account_id=account.id)).one()
    assert (grant.role, grant.scope) == (Role.EDITOR, Scope.SITE)
    assert "收回“编辑" in secadmin.get(base).text
    secadmin.post(f"{base}roles/{grant.id}/revoke")
    assert desk.session.scalars(select(RoleGrant).filter_by(account_id=account.id)).all() == []


def test_an_account_that_cannot_be_opened_says_why(sysadmin: FlaskClient, desk: Desk) -> None:
    sysadmin.post("/admin/accounts/new", data=FORM)
    for wrong, words in (
        ({"handle": "shao"}, "直接登录"),
        ({"handle": "shao2", "password": "short"}, "至少 12 个字符"),
        ({"handle": "shao3", "name": ""}, "请填写姓名"),
    ):
        reply = sysadmin.post("/admin/accounts/new", data={**FORM, **wrong})
        assert reply.status_code == 422
        assert words in reply.text
    assert len(desk.session.scalars(select(Account).filter_by(display_name="邵示例")).all()) == 1


def test_a_role_that_excludes_a_held_one_is_refused_in_words(
    secadmin: FlaskClient, desk: Desk
) -> None:
    event = draft_event(desk)
    account = make_account(desk.session)
    give(desk.session, account, Role.JUDGE, Scope.EVENT, event.id, event.contest_id)
    base = f"/admin/accounts/{account.id}/"
    assert f"赛项 · {event.name}" in secadmin.get(base).text

    wish = {"role": "encryption_officer", "place": f"contest:{event.contest_id}"}
    reply = secadmin.post(f"{base}roles", data=wish)

    assert reply.status_code == 409
    assert "不能既任加密裁判又任裁判员，什么都没有改动" in reply.text
    assert len(desk.session.scalars(select(RoleGrant).filter_by(account_id=account.id)).all()) == 1
    for wrong in ({"role": "editor", "place": "contest:9999"}, {"role": "", "place": "site:"}):
        assert secadmin.post(f"{base}roles", data=wrong).status_code == 422


def test_closing_asks_once_and_spares_oneself(sysadmin: FlaskClient, desk: Desk) -> None:
    account = make_account(desk.session, "离任者")
    base = f"/admin/accounts/{account.id}/"
    assert "离任者" in sysadmin.get(f"{base}close").text
    assert sysadmin.post(f"{base}close").status_code == 302
    assert not account.is_active
    assert "已停用" in sysadmin.get(base).text

    me = desk.session.scalars(select(Account).filter_by(display_name="系统员")).one()
    reply = sysadmin.post(f"/admin/accounts/{me.id}/close")

    assert reply.status_code == 409
    assert "让同事来停用" in reply.text
    assert me.is_active


def test_each_keeper_does_only_the_own_part(
    app: Flask, sysadmin: FlaskClient, secadmin: FlaskClient, desk: Desk
) -> None:
    account = make_account(desk.session)
    base = f"/admin/accounts/{account.id}/"
    give(desk.session, account, Role.JUDGE)
    grant = desk.session.scalars(select(RoleGrant).filter_by(account_id=account.id)).one()
    desk.session.commit()
    assert sysadmin.post(f"{base}roles", data={"role": "editor"}).status_code == 403
    assert sysadmin.post(f"{base}roles/{grant.id}/revoke").status_code == 403
    assert secadmin.post(f"{base}close").status_code == 403
    assert secadmin.get("/admin/accounts/new").status_code == 403
    assert secadmin.post(f"/admin/accounts/9999/roles/{grant.id}/revoke").status_code == 404
    editor = staff(app, desk, Role.EDITOR)
    assert editor.get("/admin/accounts/").status_code == 403
    assert editor.get(base).status_code == 403


def test_the_list_filters_sorts_and_reads_as_often_for_three_as_for_one(
    sysadmin: FlaskClient, desk: Desk
) -> None:
    first = make_account(desk.session, "甲100%")
    give(desk.session, first, Role.OFFICER)
    with counted() as one:
        assert "甲100%" in sysadmin.get("/admin/accounts/").text
    for name in ("乙", "丙"):
        give(desk.session, make_account(desk.session, name, is_active=False), Role.EDITOR)
    with counted() as three:
        sysadmin.get("/admin/accounts/?sort=-name")

    assert len(one) == len(three)
    assert "甲100%" not in sysadmin.get("/admin/accounts/?role=editor").text
    assert "丙" not in sysadmin.get("/admin/accounts/?q=0%25&state=open&sort=seen").text
    assert "没有符合条件的账号" in sysadmin.get("/admin/accounts/?q=_&state=closed").text
