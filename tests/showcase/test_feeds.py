"""What machines read is well-formed, complete, and says nothing that people may not see."""

from xml.etree import ElementTree as ET

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from actions.craftsmen import hide_craftsman
from actions.desk import Desk
from tests import public_world as world
from tests.contest_world import announced_event
from tests.showcase.pages import MOST_QUERIES, queries

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def parsed(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314  # our own answer


def test_the_feed_holds_stories_and_notices(desk: Desk, client: FlaskClient) -> None:
    told = world.story(desk, world.craftsman(desk), title="左边 < 右边 & 中间")
    notice = world.notice(desk)
    gone = world.craftsman(desk, "林不见")
    world.story(desk, gone, title="看不见的故事")
    hide_craftsman(desk, gone)
    answer = client.get("/feed.xml")
    feed = parsed(answer.text)

    assert answer.content_type.startswith("application/atom+xml")
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")]
    assert titles == [told.title, notice.title]


def test_an_unchanged_feed_stays_the_same(desk: Desk, client: FlaskClient) -> None:
    world.notice(desk)

    feed = parsed(client.get("/feed.xml").text)

    newest = feed.findtext(f"{ATOM}entry/{ATOM}updated")
    assert feed.findtext(f"{ATOM}updated") == newest


def test_the_calendar_folds_its_lines_between_letters(desk: Desk, client: FlaskClient) -> None:
    event = announced_event(desk, name="粮油储运，含仓储、制油；与检验" * 4)
    event.contest.place = "三号平房仓; 一楼, 东侧"
    answer = client.get("/calendar.ics")
    lines = answer.data.split(b"\r\n")
    unfolded = answer.data.replace(b"\r\n ", b"").decode().split("\r\n")

    assert answer.content_type == "text/calendar; charset=utf-8"
    assert all(len(line) <= 75 for line in lines)
    assert f"SUMMARY:{event.contest.name} {event.name}" in unfolded
    assert "LOCATION:三号平房仓\\; 一楼\\, 东侧" in unfolded
    assert f"DTSTART;VALUE=DATE:{event.held_on:%Y%m%d}" in unfolded
    assert unfolded[0] == "BEGIN:VCALENDAR"
    assert unfolded[-2:] == ["END:VCALENDAR", ""]


def test_the_site_map_names_every_public_page(desk: Desk, client: FlaskClient) -> None:
    who = world.craftsman(desk)
    told = world.story(desk, who)
    studio = world.studio(desk, who)
    notice = world.notice(desk)
    event = announced_event(desk)
    listed = parsed(client.get("/sitemap.xml").text)
    paths = {(url.text or "").split("localhost", 1)[1] for url in listed.iter(f"{MAP}loc")}

    assert paths == {
        "/",
        "/craftsmen/",
        "/stories/",
        "/contests/",
        "/studios/",
        "/notices/",
        "/verify/",
        f"/craftsmen/{who.slug}",
        f"/stories/{told.slug}",
        f"/studios/{studio.slug}",
        f"/notices/{notice.number}",
        f"/contests/{event.contest.slug}/",
        f"/contests/{event.contest.slug}/{event.slug}/",
    }
    assert all(client.get(path).status_code == 200 for path in paths)


def test_machines_stay_out_of_staff_and_accounts(client: FlaskClient, session: Session) -> None:
    robots = client.get("/robots.txt").text

    for part in ("admin", "judge", "account"):
        assert f"Disallow: /{part}/" in robots
    assert "Sitemap: http://localhost/sitemap.xml" in robots


def test_feeds_ask_little(desk: Desk, client: FlaskClient, session: Session) -> None:
    def add() -> None:
        who = world.craftsman(desk)
        world.story(desk, who)
        world.studio(desk, who)
        world.notice(desk)
        announced_event(desk)

    addresses = ("/feed.xml", "/calendar.ics", "/sitemap.xml")
    add()
    one = [queries(session, client, address) for address in addresses]
    add()
    add()
    assert [queries(session, client, address) for address in addresses] == one
    assert max(one) <= MOST_QUERIES
