"""The public page of a draw: hashes first, then an order anybody can repeat, and never a name."""

import re

import pytest
from flask.testing import FlaskClient

from actions.desk import Desk
from actions.draws import commit_draw
from models.public.draws import draw
from rules.draws import shuffle, spread_out
from rules.states import EventState
from tests.result_world import SEEDS, Stage, listed_event, scoring_event


def address(stage: Stage) -> str:
    return f"/contests/{stage.event.contest.slug}/{stage.event.slug}/draw"


def test_before_the_draw_there_are_hashes_alone(client: FlaskClient, desk: Desk) -> None:
    stage = listed_event(desk)
    desk.session.commit()
    assert client.get(address(stage)).status_code == 404
    row = commit_draw(stage.seat("officer"), stage.event, seeds=SEEDS)
    desk.session.commit()

    page = client.get(address(stage)).text

    assert row.station_commitment in page
    assert row.code_commitment in page
    assert SEEDS[0] not in page
    assert SEEDS[1] not in page


def test_the_order_is_repeated_from_the_page_alone(client: FlaskClient, desk: Desk) -> None:
    stage = listed_event(desk, 5)
    for person in stage.people[1:3]:
        person.organization_id = stage.people[0].organization_id
    from tests.result_world import _draw

    _draw(stage)
    desk.session.commit()

    page = client.get(address(stage)).text
    rows = re.findall(r"<tr><td[^>]*>(\d+)</td><td[^>]*>([\w-]+)</td><td>(\w*)</td></tr>", page)

    letters = {number: letter for _, number, letter in rows if letter}
    assert list(letters.values()) == ["A", "A", "A"]
    again = spread_out(
        shuffle(sorted(number for _, number, _ in rows), SEEDS[0], "stations"), letters
    )
    assert [number for _, number, _ in rows] == again
    assert SEEDS[0] in page
    assert SEEDS[1] not in page
    assert not any(person.name in page for person in stage.people)


def test_letters_of_units_never_run_out() -> None:
    from models.public.draws import _letters

    assert [_letters(at) for at in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


@pytest.mark.parametrize("path", ["/contests/none/none/draw", "/contests/none/x/draw"])
def test_no_event_no_page(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_public_draw_holds_no_name(desk: Desk) -> None:
    stage = scoring_event(desk, 3)
    found = draw(desk.session, stage.event.id)

    assert found is not None
    assert stage.event.state is EventState.SCORING
    assert not any(person.name in str(found) for person in stage.people)
