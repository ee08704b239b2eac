"""Stories: a list by theme, a page with margin notes, both only while agreed to."""

from flask.testing import FlaskClient
from markupsafe import Markup
from sqlalchemy.orm import Session

from actions.desk import Desk
from actions.stories import move_story
from rules.terms import Family
from tests import public_world as world
from tests.showcase.pages import MOST_QUERIES, queries, words
from web.reading import with_notes


def test_stories_are_listed_by_theme(desk: Desk, client: FlaskClient) -> None:
    first = world.story(desk, world.craftsman(desk), themes=["绝技绝活"])
    other = world.story(desk, world.craftsman(desk, family=Family.FISH), themes=["技能成才"])
    page = client.get("/stories/?theme=技能成才").text

    assert f"/stories/{other.slug}" in page
    assert f'"/stories/{first.slug}"' not in page
    assert "没有" in words(client, "/stories/?theme=技能成才&family=ship")


def test_a_story_is_read_with_its_notes(desk: Desk, client: FlaskClient) -> None:
    who = world.craftsman(desk)
    told = world.story(desk, who, plate=world.picture(desk))
    world.story(desk, world.craftsman(desk, "林澈"), title="坐到钢板反面去")
    page = client.get(f"/stories/{told.slug}").text

    assert "一条焊缝，两代人的耐心" in page
    assert "坐到钢板反面去" in page
    assert f'href="/craftsmen/{who.slug}"' in page
    assert '<aside class="note">' in page
    move_story(desk, told, "withdraw")
    words(client, f"/stories/{told.slug}", 404)


def test_each_word_is_noted_where_it_first_stands() -> None:
    html = "<p>熔池与焊道。</p>\n<p>焊道，熔池。</p>"

    noted = with_notes(html, {"熔池": "一汪<铁水>", "焊道": "一道焊缝", "电弧": "没有出现"})

    assert noted == Markup(
        '<p class="first"><a class="term" href="#n1">熔池</a>与'
        '<a class="term" href="#n2">焊道</a>。</p><aside class="note">'
        '<span class="note-item" id="n1"><b>熔池</b>一汪&lt;铁水&gt;</span>'
        '<span class="note-item" id="n2"><b>焊道</b>一道焊缝</span></aside>'
        "\n<p>焊道，熔池。</p>"
    )


def test_stories_ask_little(desk: Desk, client: FlaskClient, session: Session) -> None:
    told = world.story(desk, world.craftsman(desk))
    addresses = ("/stories/", f"/stories/{told.slug}")
    one = [queries(session, client, address) for address in addresses]
    for _ in range(2):
        world.story(desk, world.craftsman(desk))
    assert [queries(session, client, address) for address in addresses] == one
    assert max(one) <= MOST_QUERIES
