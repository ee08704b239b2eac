"""The front page: full when there is something, whole when there is nothing."""

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from actions.desk import Desk
from rules.states import EventState
from rules.terms import Family
from tests import public_world as world
from tests.contest_world import announced_event
from tests.showcase.pages import MOST_QUERIES, queries, words


def test_an_empty_house_still_opens(client: FlaskClient, session: Session) -> None:
    page = words(client, "/")

    assert "一双手 定一片海" in page
    assert "看往年的竞赛" in page


def test_the_front_page_opens_with_whoever_has_the_most_honours(
    desk: Desk, client: FlaskClient
) -> None:
    world.craftsman(desk, "林澈")
    first = world.craftsman(desk, "贺定波", family=Family.FISH, hook="先听声音。")
    world.honour(desk, first)
    page = client.get("/").text

    assert f'class="hero-cap" href="/craftsmen/{first.slug}"' in page
    assert "先听声音。" in page


def test_doors_of_trade_count_who_may_be_seen(desk: Desk, client: FlaskClient) -> None:
    world.craftsman(desk, "林澈")
    world.craftsman(desk, "贺定波")
    world.craftsman(desk, "林不见", consent=False)
    page = client.get("/").text

    assert "/craftsmen/?family=ship" in page
    assert "2 人" in page
    assert "林不见" not in page


def test_open_events_and_notices_stand_on_the_front_page(desk: Desk, client: FlaskClient) -> None:
    event = announced_event(desk)
    event.state = EventState.OPEN
    notice = world.notice(desk)
    page = client.get("/").text

    assert f"/contests/{event.contest.slug}/{event.slug}/" in page
    assert f"/notices/{notice.number}" in page


def test_the_front_page_asks_little(desk: Desk, client: FlaskClient, session: Session) -> None:
    def add() -> None:
        who = world.craftsman(desk)
        world.story(desk, who)
        world.studio(desk, who)
        world.notice(desk)
        announced_event(desk)

    add()
    one = queries(session, client, "/")
    add()
    add()
    assert queries(session, client, "/") == one
    assert one <= MOST_QUERIES


def test_a_second_person_shows_a_skill(desk: Desk, client: FlaskClient) -> None:
    first = world.craftsman(desk, "贺定波", feat="鱼鳞焊")
    world.honour(desk, first)
    assert "鱼鳞焊</h2>" in client.get("/").text
    world.craftsman(desk, "林澈", feat="反面成形")

    page = client.get("/").text
    assert "反面成形</h2>" in page
    assert f'class="hero-cap" href="/craftsmen/{first.slug}"' in page
