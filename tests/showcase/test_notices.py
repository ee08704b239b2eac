"""Notices: a number, dates, a text, and how to object while there is time."""

import datetime as dt

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from actions.desk import Desk
from actions.notices import withdraw_notice
from models.public import office
from tests import public_world as world
from tests.contest_world import announced_event
from tests.showcase.pages import MOST_QUERIES, queries, words
from web.clock import local, now


def test_no_notice_yet(client: FlaskClient, session: Session) -> None:
    assert "还没有" in words(client, "/notices/")


def test_a_notice_looks_like_a_document(desk: Desk, client: FlaskClient) -> None:
    event = announced_event(desk)
    notice = world.notice(
        desk,
        doc_no="定人社〔2026〕示例 34 号",
        issuer="定海区技能竞赛办公室（示例）",
        signed_on=dt.date(2026, 11, 18),
        contest=event.contest,
    )
    page = words(client, f"/notices/{notice.number}")

    for expected in (notice.number, "示例 34 号", "定海区技能竞赛办公室", "2026年11月18日"):
        assert expected in page
    assert "提出异议" not in page
    assert f'href="/contests/{event.contest.slug}/"' in client.get(f"/notices/{notice.number}").text


def test_a_replaced_notice_leads_to_the_newer_one(desk: Desk, client: FlaskClient) -> None:
    today = local(now()).date()
    old = world.notice(desk, title="旧通知")
    world.notice(desk, title="新通知", replaces=old, effective_on=today + dt.timedelta(days=3))
    (new,) = [row for row in office.notices(desk.session) if row.title == "新通知"]

    was, now_ = words(client, f"/notices/{old.number}"), words(client, f"/notices/{new.number}")

    assert "已被新公告取代" in was
    assert f'href="/notices/{new.number}"' in client.get(f"/notices/{old.number}").text
    assert "有效性 尚未施行" in " ".join(now_.split())


def test_while_it_is_open_a_notice_counts_the_days(desk: Desk, client: FlaskClient) -> None:
    today = local(now()).date()
    notice = world.notice(desk, closes_on=today + dt.timedelta(days=2))
    over = world.notice(desk, closes_on=today - dt.timedelta(days=1))

    page = words(client, f"/notices/{notice.number}")
    assert "3 天" in page
    assert "提出异议" in page
    assert "提出异议" not in words(client, f"/notices/{over.number}")
    assert "公示至" in words(client, "/notices/")


def test_a_withdrawn_notice_is_gone(desk: Desk, client: FlaskClient) -> None:
    notice = world.notice(desk)
    withdraw_notice(desk, notice, ground="有误")

    words(client, f"/notices/{notice.number}", 404)


def test_notices_ask_little(desk: Desk, client: FlaskClient, session: Session) -> None:
    notice = world.notice(desk)
    addresses = ("/notices/", f"/notices/{notice.number}")
    one = [queries(session, client, address) for address in addresses]
    for _ in range(2):
        world.notice(desk)
    assert [queries(session, client, address) for address in addresses] == one
    assert max(one) <= MOST_QUERIES
