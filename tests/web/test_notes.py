"""SMS that belong to no inbox: once, in its hours, tried again where the gateway is down."""

import datetime as dt
from typing import Any

import pytest
from flask import Flask

from actions.codes import ask_code, code_of
from actions.desk import Desk
from actions.helpers import token_of
from adapters.letters import Letter, SendTrouble
from models.codes import LoginCode
from models.entries import Entry
from models.helpers import Helped
from models.outbox import Errand
from rules.permits import Role
from rules.terms import Channel
from tests.contest_world import at
from tests.entry_world import contestant, open_event
from tests.helper_world import MOTHER, entered
from tests.support import give, make_account
from web import outbox
from web.clock import now
from web.commands import outbox as _carriers  # noqa: F401  # brings the carriers along


class Gateway:
    """Takes letters, or refuses them."""

    def __init__(self) -> None:
        self.taken: list[Letter] = []
        self.trouble: SendTrouble | None = None

    def send(self, letter: Letter) -> None:
        """Keep the letter, or raise the trouble that was set."""
        if self.trouble is not None:
            raise self.trouble
        self.taken.append(letter)


@pytest.fixture
def gateway(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Gateway:
    made = Gateway()
    monkeypatch.setitem(app.extensions["senders"], Channel.SMS, made)
    return made


@pytest.fixture(autouse=True)
def daytime(monkeypatch: pytest.MonkeyPatch) -> None:
    """No quiet hours, whenever the tests run."""
    monkeypatch.setattr("web.notes.leaves_at", lambda _channel, moment: moment)


@pytest.fixture
def entry(desk: Desk) -> Entry:
    event = open_event(desk, quota=9)
    row = entered(contestant(desk, event), event, MOTHER)
    desk.session.commit()
    return row


def carry(desk: Desk, entry: Entry) -> None:
    """Carry the newest errand that tells the person, whenever it is due."""
    found = desk.session.query(Errand).filter_by(kind="tell_helped").order_by(Errand.id.desc())
    outbox.run_one(found.first().id)  # type: ignore[union-attr]  # there is one


def test_the_person_hears_once_who_entered_them_with_the_link(
    app: Flask, desk: Desk, gateway: Gateway, entry: Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = app.config["SETTINGS"].model_copy(update={"site_url": "https://example.cn/s"})
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    carry(desk, entry)
    desk.send("tell_helped", entry=entry.id)
    desk.session.commit()
    carry(desk, entry)

    assert len(gateway.taken) == 1
    letter = gateway.taken[0]
    assert letter.to == MOTHER.phone
    assert "贺选手已替你报名" in letter.text
    assert letter.text.endswith(f"https://example.cn/s/account/helped/{token_of(desk, entry.id)}")
    assert desk.session.get_one(Helped, entry.id).told_at is not None


def test_without_the_sites_address_the_office_is_named(
    desk: Desk, gateway: Gateway, entry: Entry
) -> None:
    carry(desk, entry)

    assert gateway.taken[0].text.endswith("请联系赛务办公室。")


@pytest.mark.parametrize(("final", "errands"), [(False, 2), (True, 1)])
def test_what_does_not_leave_is_tried_again_unless_refused_for_good(
    desk: Desk, gateway: Gateway, entry: Entry, *, final: bool, errands: int
) -> None:
    gateway.trouble = SendTrouble("no line", final=final)
    carry(desk, entry)

    rows = desk.session.query(Errand).filter_by(kind="tell_helped").order_by(Errand.id).all()
    assert len(rows) == errands
    assert desk.session.get_one(Helped, entry.id).told_at is None
    if not final:
        last: dict[str, Any] = rows[-1].payload
        assert last == {"entry": entry.id, "tries": 1}
        assert rows[-1].due_at > now()


def test_a_person_without_a_telephone_of_their_own_is_not_told(
    desk: Desk, gateway: Gateway, entry: Entry
) -> None:
    assert entry.person is not None
    helper = desk.session.get_one(Helped, entry.id).helper
    helper.phone_mark = entry.person.phone_mark
    desk.session.commit()

    carry(desk, entry)

    assert gateway.taken == []
    assert at(desk, now()).session.get_one(Helped, entry.id).told_at is None


def test_a_code_goes_to_its_owner_at_any_hour_and_to_nobody_else(
    desk: Desk, gateway: Gateway
) -> None:
    make_account(desk.session, "贺选手", phone_mark=desk.vault.mark("13800001234"))
    judge = make_account(desk.session, "裁判", phone_mark=desk.vault.mark("13800001235"))
    give(desk.session, judge, Role.JUDGE)
    at_now = at(desk, now())
    for phone in ("13800001234", "13800001235", "13900000000"):
        ask_code(at_now, phone=phone, address="10.0.0.9")
    desk.session.commit()
    codes = [code_of(desk, row) for row in desk.session.query(LoginCode).order_by(LoginCode.id)]
    for errand in desk.session.query(Errand).filter_by(kind="send_code").order_by(Errand.id).all():
        outbox.run_one(errand.id)

    assert [letter.to for letter in gateway.taken] == ["13800001234", "13800001235"]
    assert f"登录验证码 {codes[0]}" in gateway.taken[0].text
    assert "只能用密码登录" in gateway.taken[1].text
    assert codes[1] not in gateway.taken[1].text
    assert desk.session.query(LoginCode).filter(LoginCode.phone_sealed.is_not(None)).count() == 0


def test_a_code_that_does_not_leave_is_not_sent_later(desk: Desk, gateway: Gateway) -> None:
    make_account(desk.session, "贺选手", phone_mark=desk.vault.mark("13800001234"))
    ask_code(at(desk, now()), phone="13800001234", address="10.0.0.9")
    desk.session.commit()
    gateway.trouble = SendTrouble("no line")
    errand = desk.session.query(Errand).filter_by(kind="send_code").one()
    outbox.run_one(errand.id)
    gateway.trouble = None
    outbox.run_one(errand.id)

    assert gateway.taken == []


def test_nobody_is_told_at_night(
    desk: Desk, gateway: Gateway, entry: Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    hour = dt.timedelta(hours=9)
    monkeypatch.setattr("web.notes.leaves_at", lambda _channel, moment: moment + hour)
    carry(desk, entry)

    assert gateway.taken == []
    last = desk.session.query(Errand).filter_by(kind="tell_helped").order_by(Errand.id.desc())
    assert last.first().due_at - now() > hour / 2  # type: ignore[union-attr]  # there is one
