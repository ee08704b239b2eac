"""The worker and its copies: from the deed to the file, in the reader's words, once."""

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import select

from actions.desk import Desk
from adapters.letters import Letter, SendTrouble
from models.accounts import Account
from models.messages import Delivery, Message
from models.outbox import Errand
from models.people import Person
from rules.message_kinds import KINDS
from rules.states import DeliveryState, OutboxState
from rules.terms import Channel
from tests.support import NOW, make_account
from web import clock, outbox, posting
from web.messages import words_of
from web.settings import Settings


class Post:
    """A sender that keeps what it was given, and fails as it is told."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self.trouble: Exception | None = None
        self.open: list[bool] = []

    def send(self, letter: Letter) -> None:
        """Take a letter, noting whether a transaction is open meanwhile."""
        from web.db import db

        self.open.append(db.session().in_transaction())
        if self.trouble is not None:
            raise self.trouble
        self.letters.append(letter)


@pytest.fixture
def post(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Post:
    """Both ways lead here; it is ten in the morning."""
    made = Post()
    monkeypatch.setitem(app.extensions, "senders", dict.fromkeys(Channel, made))
    monkeypatch.setattr(posting, "now", lambda: NOW)
    monkeypatch.setattr("web.login.now", lambda: NOW)
    return made


def reachable(desk: Desk, **columns: object) -> Account:
    """Open the account of somebody with mail and telephone."""
    person = Person(key="k" * 24, name="贺定波", created_at=NOW, email="he@example.cn")
    person.phone_mark = desk.vault.mark("13800001234")
    person.phone_sealed = desk.vault.seal("13800001234", bound_to=f"{person.key}:phone")
    desk.session.add(person)
    desk.session.flush()
    return make_account(desk.session, "贺定波", person_id=person.id, **columns)


def tell(desk: Desk, account: Account, kind: str = "contest_cancelled", **params: object) -> None:
    desk.tell(account.id, kind, "contest:1", **(params or {"contest": "示例赛", "reason": "台风"}))
    desk.session.commit()


def work(desk: Desk) -> None:
    """Carry everything due, as ``flask work --once`` does."""
    from flask import g

    for _round in range(4):
        g.pop("received_at", None)
        outbox.run_batch()
    desk.session.expire_all()


def test_a_message_leaves_by_mail_and_sms_once(desk: Desk, post: Post) -> None:
    tell(desk, reachable(desk))

    work(desk)
    for errand in desk.session.scalars(select(Errand)).all():
        errand.state, errand.due_at = OutboxState.WAITING, NOW
    desk.session.commit()
    work(desk)

    assert [(letter.to, letter.subject) for letter in post.letters] == [
        ("he@example.cn", "竞赛取消：示例赛"),
        ("13800001234", "竞赛取消：示例赛"),
    ]
    assert post.letters[1].text == "【定海名匠】竞赛取消：示例赛。全文请登录网站，在“消息”里查看。"
    rows = desk.session.scalars(select(Delivery)).all()
    assert {row.state for row in rows} == {DeliveryState.SENT}
    assert post.open == [False, False], "no transaction waits for a server"


def test_trouble_is_noted_and_tried_again_later(desk: Desk, post: Post) -> None:
    post.trouble = SendTrouble("timed out")
    tell(desk, reachable(desk))

    work(desk)

    rows = desk.session.scalars(select(Delivery)).all()
    assert {(row.state, row.trouble, row.attempts) for row in rows} == {
        (DeliveryState.WAITING, "timed out", 1)
    }
    assert {row.due_at for row in rows} == {NOW + dt.timedelta(minutes=2)}
    assert post.letters == []


def test_an_unforeseen_break_leaves_the_copy_to_the_next_look(desk: Desk, post: Post) -> None:
    post.trouble = RuntimeError("broken")
    tell(desk, reachable(desk))

    work(desk)

    rows = desk.session.scalars(select(Delivery)).all()
    assert {(row.state, row.due_at - NOW) for row in rows} == {
        (DeliveryState.WAITING, dt.timedelta(minutes=5))
    }


def test_a_copy_is_written_in_the_language_of_its_reader(desk: Desk, post: Post) -> None:
    tell(desk, reachable(desk, lang="en"))

    work(desk)

    assert post.letters[0].subject == "Contest cancelled: 示例赛"
    assert "The whole message is in your inbox." in post.letters[1].text


def test_links_begin_with_the_address_of_the_site(
    app: Flask, desk: Desk, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = app.config["SETTINGS"].model_copy(update={"site_url": "https://example.cn/jn/"})
    monkeypatch.setitem(app.config, "SETTINGS", there)
    tell(desk, reachable(desk))
    tell(desk, make_account(desk.session, email="b@example.cn"), "announcement",
         subject="通知", body="第一行\n第二行")  # fmt: skip

    work(desk)

    number = desk.session.scalars(select(Message.id).filter_by(kind="announcement")).one()
    texts = {letter.to: letter.text for letter in post.letters}
    assert "\n\nhttps://example.cn/jn/account/entries/\n\n" in texts["he@example.cn"]
    assert texts["13800001234"].endswith(" https://example.cn/jn/account/entries/")
    assert f"https://example.cn/jn/account/inbox/{number}" in texts["b@example.cn"]
    assert texts["b@example.cn"].startswith("第一行\n第二行")


def test_an_urgent_sms_carries_the_whole_text_on_one_line(desk: Desk, post: Post) -> None:
    tell(desk, reachable(desk), "urgent_announcement", subject="改地点", body="改到\n3 号楼")

    work(desk)

    assert post.letters[1].text == "【定海名匠】改地点：改到 3 号楼"


def test_the_digest_says_a_line_for_each(desk: Desk, post: Post) -> None:
    contact = make_account(desk.session, email="unit@example.cn")
    for worker in ("贺一", "贺二"):
        desk.tell(
            contact.id, "worker_accepted", "entry:1", worker=worker, event="焊工", contest="甲"
        )
    desk.session.commit()

    outbox.CARRIERS["digest"](desk, {"account_id": contact.id})
    desk.session.commit()
    work(desk)

    assert [letter.subject for letter in post.letters] == ["本单位职工报名动态：2 条"]
    assert post.letters[0].text.startswith("贺一的“焊工”报名已通过\n贺二的“焊工”报名已通过\n\n")


@pytest.mark.parametrize("name", sorted(set(KINDS) - {"digest"}))
def test_every_kind_reads_in_every_language(app: Flask, desk: Desk, name: str) -> None:
    from flask_babel import force_locale

    sample = {
        "closes": NOW.isoformat(), "until": NOW.isoformat(), "held_on": "2026-12-19",
        "due": "2026-12-19",
        "remarks": {"photo": "太暗", "": "补合同"}, "slug": "s", "event_slug": "e",
        "starts": NOW.isoformat(), "reports": NOW.isoformat(),
    }  # fmt: skip
    params = {place: sample.get(place, f"<{place}>") for place in KINDS[name].params}
    thing = "certificate:DH-1" if name.startswith("certificate") else "entry:7"
    message = Message(id=3, kind=name, thing=thing, params=params)

    with app.test_request_context():
        for lang in ("zh_Hans", "zh_Hant", "en"):
            with force_locale(lang):
                words = words_of(message)
                assert "%(" not in words.subject + words.body
                assert "T02:00" not in words.body, "moments are said on the district's clock"
                assert "{" not in words.body


def test_settings_that_lack_half_are_refused_at_the_start() -> None:
    for wrong in (
        {"mail_url": "smtp://mail.example.cn"},
        {"mail_url": "mail.example.cn", "mail_from": "a@example.cn"},
        {"mail_url": "smtp:///x", "mail_from": "a@example.cn"},
        {"sms_url": "https://sms.example.cn"},
        {"sms_url": "ftp://sms.example.cn", "sms_key": "k"},
        {"site_url": "example.cn"},
    ):
        with pytest.raises(SystemExit):
            Settings(secret_key="x", **wrong).ready()


def test_settings_choose_the_way() -> None:
    from adapters.letters import FolderSender
    from adapters.mail import SmtpSender
    from adapters.sms import GatewaySender

    bare = posting.senders(Settings(secret_key="x"))
    real = posting.senders(
        Settings(
            secret_key="x",
            mail_url="smtp://u:p@mail.example.cn",
            mail_from="a@example.cn",
            sms_url="https://sms.example.cn/send",
            sms_key="k",
        ).ready()
    )

    assert {type(way) for way in bare.values()} == {FolderSender}
    assert (type(real[Channel.MAIL]), type(real[Channel.SMS])) == (SmtpSender, GatewaySender)


def test_the_clock_of_the_worker_is_the_clock() -> None:
    assert posting.now is clock.now
