"""Studios: whose, where, who learns there, what they work on."""

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from actions.craftsmen import hide_craftsman
from actions.desk import Desk
from actions.studios import move_studio
from tests import public_world as world
from tests.showcase.pages import MOST_QUERIES, queries, words


def test_no_studio_yet(client: FlaskClient, session: Session) -> None:
    assert "还没有工作室" in words(client, "/studios/")


def test_a_studio_names_its_people_and_projects(desk: Desk, client: FlaskClient) -> None:
    leader = world.craftsman(desk, "贺定波")
    members = [
        {"person": leader.slug, "name": "贺定波", "role": "member", "since": 2009},
        {"name": "小周", "role": "apprentice"},
    ]
    studio = world.studio(desk, leader, members=members)
    page = client.get(f"/studios/{studio.slug}").text

    assert studio.name in client.get("/studios/").text
    assert page.count(f'href="/craftsmen/{leader.slug}"') == 2
    assert "小周" in page
    assert "背面充氩省气" in page
    move_studio(desk, studio, "close")
    words(client, f"/studios/{studio.slug}", 404)


def test_a_leader_whose_page_was_taken_away_is_masked_in_the_name_too(
    desk: Desk, client: FlaskClient
) -> None:
    leader = world.craftsman(desk, "贺定波")
    studio = world.studio(desk, leader, name="贺定波名匠工作室", summary="贺定波带徒的地方")
    hide_craftsman(desk, leader)

    for address in ("/studios/", f"/studios/{studio.slug}"):
        page = client.get(address).text
        assert "贺定波" not in page
        assert "贺＊波" in page


def test_studios_ask_little(desk: Desk, client: FlaskClient, session: Session) -> None:
    studio = world.studio(desk, world.craftsman(desk))
    addresses = ("/studios/", f"/studios/{studio.slug}")
    one = [queries(session, client, address) for address in addresses]
    for _ in range(2):
        world.studio(desk, world.craftsman(desk))
    assert [queries(session, client, address) for address in addresses] == one
    assert max(one) <= MOST_QUERIES
