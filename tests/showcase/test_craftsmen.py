"""The gallery: exact counts, state in the address, nobody who did not agree."""

import re

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from actions.craftsmen import record_apprenticeship
from actions.desk import Desk
from actions.honours import revoke_honour
from actions.results import result_of
from models.craftsmen import Craftsman, Honour
from models.people import Person
from rules.terms import Family, HonourKind
from tests import public_world as world
from tests.result_world import posted_event
from tests.showcase.pages import MOST_QUERIES, queries, words


def names(client: FlaskClient, query: str = "") -> list[str]:
    page = client.get(f"/craftsmen/{query}").text
    return re.findall(r'class="plate-link" href="/craftsmen/([^"]+)"', page)


def test_an_empty_gallery_says_so(client: FlaskClient, session: Session) -> None:
    assert "0 位" in words(client, "/craftsmen/")


def test_facets_count_what_they_would_leave(desk: Desk, client: FlaskClient) -> None:
    ship = world.craftsman(desk, "林澈")
    fish = world.craftsman(desk, "贺定波", family=Family.FISH)
    world.honour(desk, fish, "浙江工匠")
    world.story(desk, fish, themes=["技能成才"])

    assert names(client, "?family=ship") == [ship.slug]
    assert set(names(client, "?family=ship&family=fish")) == {ship.slug, fish.slug}
    assert names(client, "?honour=浙江工匠") == [fish.slug]
    assert names(client, "?theme=技能成才&level=two") == [fish.slug]
    assert names(client, "?family=ship&honour=浙江工匠") == []
    page = words(client, "/craftsmen/?honour=浙江工匠")
    assert "船舶修造 0" in page
    assert "水产精深加工 1" in page


def test_a_chip_takes_its_filter_off_and_keeps_the_rest(desk: Desk, client: FlaskClient) -> None:
    town = world.make_town(desk)
    world.craftsman(desk, "林澈", town=town)
    page = client.get(f"/craftsmen/?family=ship&town={town.name}&sort=name").text
    chips = re.findall(r'class="chip on" href="([^"]+)"', page)

    assert len(chips) == 2
    assert any("town=" in chip and "family=" not in chip and "sort=name" in chip for chip in chips)


def test_orders_are_by_honours_years_and_name(desk: Desk, client: FlaskClient) -> None:
    old = world.craftsman(desk, "朱一帆")
    old.person.in_trade_since = 1980
    able = world.craftsman(desk, "毕大山")
    world.honour(desk, able)

    assert names(client) == [able.slug, old.slug]
    assert names(client, "?sort=since") == [old.slug, able.slug]
    assert names(client, "?sort=name") == [able.slug, old.slug]
    assert names(client, "?sort=nonsense") == [able.slug, old.slug]


def test_the_second_page_keeps_the_filters(desk: Desk, client: FlaskClient) -> None:
    for number in range(25):
        world.craftsman(desk, f"林{number}", family=(Family.SHIP, Family.FISH)[number % 2])
    page = client.get("/craftsmen/?family=ship&family=fish").text

    assert len(names(client)) == 24
    assert "family=ship&amp;family=fish&amp;sort=honours&amp;page=2" in page
    assert len(names(client, "?family=ship&family=fish&page=2")) == 1


def test_a_page_tells_who_what_and_from_whom(desk: Desk, client: FlaskClient) -> None:
    who = world.craftsman(
        desk,
        "贺定波",
        quote="缝要经得起手去摸。",
        works=[{"title": "LNG 船管系", "year": 2024, "note": "参与"}],
        methods=["鱼鳞焊法"],
        figures=[{"label": "一次合格率", "value": "99.6", "unit": "%"}],
        process=["备料", "打底"],
    )
    master = world.craftsman(desk, "孙师傅")
    record_apprenticeship(desk, master=master.person, apprentice=who.person)
    record_apprenticeship(desk, master=who.person, apprentice="小周")
    world.story(desk, who)
    studio = world.studio(desk, who)
    page = client.get(f"/craftsmen/{who.slug}").text

    for expected in ("缝要经得起手去摸。", "LNG 船管系", "鱼鳞焊法", "99.6", "打底", "孙师傅"):
        assert expected in page
    assert f'href="/studios/{studio.slug}"' in page
    assert '<a class="term" href="#n1">熔池</a>' in page
    assert "焊条熔化成的一小汪铁水" in page
    assert f'href="/craftsmen/{master.slug}"' in page


def test_a_bare_page_leaves_out_what_there_is_not(desk: Desk, client: FlaskClient) -> None:
    who = world.craftsman(desk, plate=None)
    page = client.get(f"/craftsmen/{who.slug}").text

    for part in ("story", "lineage", "works", "record", "studio"):
        assert f'id="{part}"' not in page


def test_a_revoked_honour_is_shown_as_revoked(desk: Desk, client: FlaskClient) -> None:
    who = world.craftsman(desk)
    row = world.honour(desk, who, "技能竞赛第一名", kind=HonourKind.RESULT, place=1)
    revoke_honour(desk, row, ground="查实不符")
    page = client.get(f"/craftsmen/{who.slug}").text

    assert "<s>技能竞赛第一名</s>" in page
    assert page.count(">已撤销<") == 2


def test_a_result_leads_to_its_results_while_they_are_public(
    desk: Desk, client: FlaskClient, session: Session
) -> None:
    stage = posted_event(desk)
    line = result_of(desk, stage.event).lines[0]
    who = world.craftsman(desk, "贺定波")
    who.person_id = stage.people[0].id
    world.give_consent(desk, stage.people[0], world.ConsentPurpose.STORY, text_version="t")
    honour = Honour(
        person_id=who.person_id,
        kind=HonourKind.RESULT,
        title="第一名",
        year=2026,
        recorded_at=desk.now,
    )
    honour.result_line_id = line.id
    session.add(honour)
    session.flush()
    results = f"/contests/{stage.event.contest.slug}/{stage.event.slug}/results"

    assert f'href="{results}"' in client.get(f"/craftsmen/{who.slug}").text


def test_who_did_not_agree_has_no_page_at_all(desk: Desk, client: FlaskClient) -> None:
    gone = world.craftsman(desk, "林不见", consent=False)
    world.story(desk, world.craftsman(desk, "贺定波"))

    words(client, f"/craftsmen/{gone.slug}", 404)
    words(client, "/craftsmen/nobody", 404)
    for address in (
        "/",
        "/craftsmen/",
        "/stories/",
        "/search?q=林不见",
        "/feed.xml",
        "/sitemap.xml",
    ):
        text = client.get(address).text
        assert gone.slug not in text
        assert "林不见</" not in text


def test_gallery_and_pages_ask_little(desk: Desk, client: FlaskClient, session: Session) -> None:
    def add() -> Craftsman:
        who = world.craftsman(desk)
        world.honour(desk, who)
        world.story(desk, who)
        world.studio(desk, who)
        record_apprenticeship(desk, master=who.person, apprentice="小周")
        return who

    first = add()
    addresses = ("/craftsmen/", f"/craftsmen/{first.slug}")
    one = [queries(session, client, address) for address in addresses]
    add()
    record_apprenticeship(desk, master=first.person, apprentice=add().person)
    assert [queries(session, client, address) for address in addresses] == one
    assert one[0] <= MOST_QUERIES
    assert session.query(Person).count() == 3
