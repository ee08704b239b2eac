"""Public results: hidden before posting, winners by name, every line explained, recomputable."""

import dataclasses
import json
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient

from actions.desk import Desk
from actions.results import finalise_results, result_of, withdraw_results
from rules.rulesets import AwardKind, AwardRule, EventRules, TieKey
from rules.states import EventState
from rules.trial import run_trial
from tests.contest_world import RULES
from tests.result_world import MARKS, NAMES, Marks, Stage, decoded_event, marked_event, posted_event
from tests.support import sign_in

TIED = (("5", "333"), ("4", "222"), ("4", "222"), ("1", "111"))
BY_AGE = dataclasses.replace(
    RULES,
    tie_chain=(TieKey("practice"), TieKey("age", highest_first=False)),
    award=AwardRule(AwardKind.NONE),
)
OLDER = dataclasses.replace(BY_AGE, tie_chain=(TieKey("age", highest_first=True),))


def url(stage: Stage, path: str = "") -> str:
    return f"/contests/{stage.event.contest.slug}/{stage.event.slug}/results{path}"


def addresses(stage: Stage) -> list[str]:
    line = result_of(stage.desk, stage.event).lines[0].id
    return [url(stage), url(stage, f"/{line}"), url(stage, "/recount.json")]


def test_before_posting_nobody_finds_any_of_the_pages(
    app: Flask, client: FlaskClient, desk: Desk
) -> None:
    stage = decoded_event(desk)
    desk.session.commit()

    assert [client.get(path).status_code for path in addresses(stage)] == [404, 404, 404]
    sign_in(app, client, desk, stage.accounts["judge1"])
    assert [client.get(path).status_code for path in addresses(stage)] == [404, 404, 404]


def test_before_decoding_there_is_nothing_either(client: FlaskClient, desk: Desk) -> None:
    stage = marked_event(desk)
    desk.session.commit()

    assert client.get(url(stage)).status_code == 404
    assert client.get("/contests/none/none/results").status_code == 404
    stage.event.state = EventState.POSTED
    desk.session.commit()
    assert client.get(url(stage)).status_code == 404


def test_winners_stand_with_their_names_others_are_masked(client: FlaskClient, desk: Desk) -> None:
    stage = posted_event(desk)
    desk.session.commit()

    page = client.get(url(stage)).text

    assert all(name in page for name in NAMES[:4])
    assert NAMES[4] not in page
    assert "应＊梅" in page
    assert "一等奖" in page
    assert (stage.event.locked_root or "")[:8] in page


def test_a_provisional_result_says_until_when_appeals_are_taken(
    client: FlaskClient, desk: Desk
) -> None:
    stage = posted_event(desk)
    desk.session.commit()
    assert "成绩初步公布，2026-11-24 12:00" in client.get(url(stage)).text

    assert stage.event.appeals_close_at is not None
    finalise_results(stage.seat("organizer", stage.event.appeals_close_at), stage.event)
    desk.session.commit()

    assert "成绩初步公布" not in client.get(url(stage)).text


def test_a_withdrawn_result_is_gone_at_once(client: FlaskClient, desk: Desk) -> None:
    stage = posted_event(desk)
    withdraw_results(stage.seat("organizer"), stage.event, reason="更正")
    desk.session.commit()

    assert client.get(url(stage)).status_code == 404


def test_one_page_answers_why_somebody_is_third(client: FlaskClient, desk: Desk) -> None:
    stage = posted_event(desk)
    desk.session.commit()
    third = result_of(desk, stage.event).lines[2]

    page = client.get(url(stage, f"/{third.id}")).text

    for words in ("钟离秋水", "含水率", "22/3", "7.33", "林澈", "1.67", "乐平", "1.00", "三等奖"):
        assert words in page
    assert client.get(url(stage, "/999999")).status_code == 404


def test_an_absent_entrant_is_explained_without_marks(client: FlaskClient, desk: Desk) -> None:
    stage = posted_event(desk, (*MARKS[:3], None))
    desk.session.commit()
    absent = result_of(desk, stage.event).lines[-1]

    page = client.get(url(stage, f"/{absent.id}"))

    assert page.status_code == 200
    assert "缺考" in page.text


def test_a_tie_is_told_with_the_key_that_settled_it(client: FlaskClient, desk: Desk) -> None:
    stage = posted_event(desk, TIED, BY_AGE)
    desk.session.commit()
    second = result_of(desk, stage.event).lines[1]

    page = client.get(url(stage, f"/{second.id}")).text

    assert "年龄" in page
    assert "1989" not in page


@pytest.mark.parametrize(
    ("marks", "rules"),
    [(MARKS, RULES), (TIED, BY_AGE), (TIED, OLDER), ((*MARKS[:3], None), RULES)],
)
def test_the_download_gives_the_same_result_and_no_name(
    client: FlaskClient, desk: Desk, marks: Marks, rules: EventRules
) -> None:
    stage = posted_event(desk, marks, rules)
    desk.session.commit()

    answer = client.get(url(stage, "/recount.json"))

    assert run_trial(answer.text)["fingerprint"] == result_of(desk, stage.event).fingerprint
    assert not any(name in answer.text for name in NAMES)
    assert "198" not in json.dumps(json.loads(answer.text)["entrants"])


def test_decisions_travel_with_the_download(client: FlaskClient, desk: Desk) -> None:
    from actions.results import post_results  # the one test that posts by hand
    from actions.ties import decide_tie  # as above
    from rules.ranking import Decision, DecisionKind  # as above

    one_second = dataclasses.replace(
        RULES,
        award=AwardRule(
            AwardKind.FIXED, levels=(("first", Decimal(1)), ("second", Decimal(1))), minimum_field=1
        ),
    )
    stage = decoded_event(desk, TIED, one_second)
    drawn = Decision(DecisionKind.DRAW, tuple(sorted(stage.codes[1:3])))
    decide_tie(stage.seat("organizer"), stage.event, drawn, reason="抽签")
    post_results(stage.seat("organizer"), stage.event)
    desk.session.commit()

    answer = client.get(url(stage, "/recount.json"))

    assert run_trial(answer.text)["fingerprint"] == result_of(desk, stage.event).fingerprint
