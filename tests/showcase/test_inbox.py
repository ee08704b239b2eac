"""The inbox: one's own messages, unread marked, read by opening; nobody else's."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from actions.desk import Desk
from models.accounts import Account
from models.messages import Message
from tests.showcase.pages import queries, words
from tests.support import make_account, sign_in


@pytest.fixture
def owner(app: Flask, client: FlaskClient, desk: Desk) -> Account:
    """Somebody signed in who was told two things."""
    account = make_account(desk.session, "贺定波")
    tell(desk, account, "台风")
    tell(desk, account, "停电")
    sign_in(app, client, desk, account)
    return account


def tell(desk: Desk, account: Account, reason: str) -> None:
    desk.tell(account.id, "contest_cancelled", "contest:1", contest="示例赛", reason=reason)
    desk.session.commit()


def newest(desk: Desk, account: Account) -> Message:
    desk.session.expire_all()
    query = select(Message).filter_by(account_id=account.id).order_by(Message.id.desc())
    row = desk.session.scalars(query).first()
    assert row is not None
    return row


def test_a_stranger_is_led_to_the_login(client: FlaskClient) -> None:
    for address in ("/account/inbox/", "/account/inbox/1"):
        assert "/account/login" in client.get(address).headers["Location"]


def test_an_empty_inbox_says_what_will_come(app: Flask, client: FlaskClient, desk: Desk) -> None:
    sign_in(app, client, desk, make_account(desk.session))

    assert "还没有消息" in words(client, "/account/inbox/")


def test_unread_is_counted_in_the_masthead_and_gone_when_opened(
    client: FlaskClient, desk: Desk, owner: Account
) -> None:
    assert "消息 2 条未读" in words(client, "/")
    number = newest(desk, owner).id

    page = words(client, f"/account/inbox/{number}")

    assert "示例赛已取消，原因是：停电" in page
    assert newest(desk, owner).read_at is not None
    assert "1 条未读" in words(client, "/account/inbox/")
    assert "停电" not in words(client, "/account/inbox/?unread=1")


def test_the_link_leads_to_the_thing(client: FlaskClient, desk: Desk, owner: Account) -> None:
    page = client.get(f"/account/inbox/{newest(desk, owner).id}").text

    assert 'class="btn" href="/account/entries/"' in page


def test_everything_is_read_at_once(client: FlaskClient, desk: Desk, owner: Account) -> None:
    done = client.post("/account/inbox/read", follow_redirects=True)

    assert "已全部标为已读" in done.text
    assert "没有未读消息" in done.text
    assert "没有未读消息" in words(client, "/account/inbox/?unread=1")


def test_nobody_opens_anothers_message(client: FlaskClient, desk: Desk, owner: Account) -> None:
    other = make_account(desk.session)
    tell(desk, other, "别人的事")

    answer = client.get(f"/account/inbox/{newest(desk, other).id}")

    assert answer.status_code == 404
    assert newest(desk, other).read_at is None
    assert "别人的事" not in words(client, "/account/inbox/")


def test_what_waits_for_the_digest_is_not_shown_alone(
    client: FlaskClient, desk: Desk, owner: Account
) -> None:
    values = {"worker": "贺一", "event": "焊工", "contest": "示例赛"}
    desk.tell(owner.id, "worker_accepted", "entry:1", **values)
    desk.session.commit()

    assert "贺一" not in words(client, "/account/inbox/")
    assert client.get(f"/account/inbox/{newest(desk, owner).id}").status_code == 404


def test_hostile_words_stay_words(client: FlaskClient, desk: Desk, owner: Account) -> None:
    tell(desk, owner, "<script>alert(1)</script>")

    assert "<script>alert" not in client.get("/account/inbox/").text
    assert "<script>alert" not in client.get(f"/account/inbox/{newest(desk, owner).id}").text


def test_the_reader_chooses_the_language_of_copies(
    client: FlaskClient, desk: Desk, owner: Account
) -> None:
    client.post("/reader", data={"lang": "en"})
    desk.session.expire_all()
    assert desk.session.get_one(Account, owner.id).lang == "en"

    client.post("/reader", data={"lang": "xx"})
    client.post("/reader", data={"theme": "dark"})
    desk.session.expire_all()
    assert desk.session.get_one(Account, owner.id).lang == "en"


def test_a_long_inbox_asks_little_and_has_pages(
    client: FlaskClient, desk: Desk, owner: Account
) -> None:
    for number in range(45):
        tell(desk, owner, f"第 {number} 次")

    assert queries(desk.session, client, "/account/inbox/") <= 8
    assert "第 3 页，共 3 页" in words(client, "/account/inbox/?page=3")
