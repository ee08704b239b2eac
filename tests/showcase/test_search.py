"""One search: by kind, with the reason, marked, and honest when it finds nothing."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from actions.desk import Desk
from search_index.desk import open_engine
from search_index.engine import Reason
from search_index.plan import Why
from showcase.search import why
from tests import public_world as world
from tests.contest_world import announced_event
from tests.showcase.pages import MOST_QUERIES, queries, words
from web.indexing import documents
from web.search import search_desk


@pytest.fixture(autouse=True)
def index(app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """Answer from an index in memory."""
    engine = open_engine("memory", app.config["SETTINGS"].var_dir)
    monkeypatch.setattr(search_desk(), "engine", engine)


def rebuild(session: Session) -> None:
    search_desk().engine.rebuild(list(documents(session)), 0)


def fill(desk: Desk) -> None:
    who = world.craftsman(desk, "贺定波", feat="焊接无痕")
    world.honour(desk, who)
    world.story(desk, who, body="他焊接的时候不说话。")
    world.studio(desk, who, name="贺定波焊接工作室（示例）")
    world.notice(desk, title="关于焊接技能竞赛的公告")
    announced_event(desk, name="焊接")
    rebuild(desk.session)


def test_without_a_query_the_box_explains_itself(client: FlaskClient, session: Session) -> None:
    assert "拼音" in words(client, "/search")


def test_what_is_found_stands_under_its_kind(desk: Desk, client: FlaskClient) -> None:
    fill(desk)
    page = words(client, "/search?q=焊接")

    for tab in ("匠人 1", "技能故事 1", "技赢定海 1", "工作室 1", "公示公告 1"):
        assert tab in page
    assert "<mark>焊接</mark>" in client.get("/search?q=焊接").text
    only = client.get("/search?q=焊接&kind=notice").text
    assert only.count('class="hit"') == 1
    assert words(client, "/search?q=焊接&kind=nonsense").count("匠人 1") == 1


def test_a_person_is_found_by_initials_and_told_why(desk: Desk, client: FlaskClient) -> None:
    fill(desk)

    assert "首字母" in words(client, "/search?q=hdb")


def test_nothing_found_says_what_to_try(desk: Desk, client: FlaskClient) -> None:
    fill(desk)
    page = client.get("/search?q=咖啡烘焙").text

    assert 'class="nomore"' in page
    assert 'href="/craftsmen/"' in page


def test_a_hostile_query_stays_text(client: FlaskClient, session: Session) -> None:
    page = client.get("/search?q=<script>alert(1)</script>" + "长" * 500).text

    assert "<script>alert" not in page
    assert 'value="' + "&lt;script&gt;alert(1)&lt;/script&gt;" + "长" * 55 + '"' in page


def test_a_broken_index_is_admitted(app: Flask, desk: Desk, client: FlaskClient) -> None:
    fill(desk)
    search_desk().engine = open_engine("whoosh", app.config["SETTINGS"].var_dir / "none")

    page = words(client, "/search?q=焊接")
    assert "检索正在修复" in page
    assert "匠人 1" in page


def test_reasons_are_said_in_words(app: Flask, session: Session) -> None:
    with app.test_request_context():
        assert why(None) == ""
        assert "→" not in why(Reason(Why.WORD, "焊工", "焊工"))
        assert why(Reason(Why.SYNONYM, "电焊", "焊工")).endswith("电焊 → 焊工")
        for reason in Why:
            assert why(Reason(reason, "甲", "乙")).endswith("：甲 → 乙")


def test_search_asks_little(desk: Desk, client: FlaskClient, session: Session) -> None:
    fill(desk)
    address = "/search?q=焊接"
    one = queries(session, client, address)
    for _ in range(2):
        world.story(desk, world.craftsman(desk), body="他焊接的时候不说话。")
    rebuild(session)
    assert queries(session, client, address) == one
    assert one <= MOST_QUERIES
