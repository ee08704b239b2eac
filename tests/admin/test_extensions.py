"""Extensions on the staff's face."""

from flask import Flask

from actions.desk import Desk
from rules.permits import Role
from tests.admin.office import staff
from tests.entry_world import open_event
from tests.support import make_account


def test_an_extension_is_granted_and_listed(app: Flask, desk: Desk) -> None:
    event = open_event(desk)
    account = make_account(desk.session, "住院的人")
    organizer = staff(app, desk, Role.ORGANIZER)
    address = f"/admin/events/{event.id}/extensions/"
    assert "还没有人延期" in organizer.get(address).text
    assert address in organizer.get(f"/admin/events/{event.id}/").text

    data = {"handle": account.username or "", "until": "2099-01-01T09:00", "reason": "住院"}
    page = organizer.post(address, data=data, follow_redirects=True).text

    assert "已延期，只对这一个人有效" in page
    assert "住院的人" in page
    wrong = organizer.post(address, data={**data, "handle": "nobody"})
    assert wrong.status_code == 422
    assert "没有用这个手机号" in wrong.text


def test_a_reviewer_grants_none(app: Flask, desk: Desk) -> None:
    event = open_event(desk)

    reply = staff(app, desk, Role.REVIEWER).get(f"/admin/events/{event.id}/extensions/")

    assert reply.status_code == 403
