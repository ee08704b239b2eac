"""Before decoding a judge finds no name, telephone, unit or file name of anybody who competes."""

import itertools
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import Rule

from actions.check_ins import check_in
from actions.desk import Desk
from actions.inquiries import answer_alone, ask, claim, publish_answer
from actions.papers import order_papers, set_volume
from actions.people import seal_identity
from actions.placements import place_all, placements_of
from actions.replies import keep_answers, take_file
from actions.sittings import create_sitting
from models.draws import WorkCode
from models.entries import Entry
from models.people import Person
from models.registration_forms import RegistrationForm
from models.teams import Team
from rules.permits import Actor
from rules.registration_forms import form_to_json
from rules.states import EntryState
from rules.terms import PaperKind
from tests.actions.test_entries import sample_id
from tests.contest_world import at
from tests.entry_world import picture
from tests.form_world import ASKED, SECRET_ANSWER, SECRET_FILE
from tests.result_world import Stage, scoring_event
from tests.sitting_world import plan, venue_of
from tests.support import make_account, sign_in

SECRET_MOTTO = "一锤定音的口号"
SECRET_TEAM, SECRET_MEMBER = "破浪前行队", "闻人随队"
FILE_NAMES = ("me.jpg", "portrait.png", SECRET_FILE, SECRET_ANSWER, SECRET_MOTTO)
QUESTION = "可以带自己的卡尺吗？"
MOST_TRIES = 12


@pytest.fixture
def stage(desk: Desk) -> Stage:
    """An event that is being marked; every entrant has numbers and a unit."""
    made = scoring_event(desk, 3)
    for number, person in enumerate(made.people):
        seal_identity(desk, person, sample_id(500 + number), f"1380000{number:04d}")
    answer_questions(desk, made)
    _teamed(made)
    _planned(made)
    ask_the_jury(desk, made)
    desk.session.commit()
    return made


def ask_the_jury(desk: Desk, stage: Stage) -> None:
    """Put three questions: one waits, one is answered alone, one for all."""
    entries = desk.session.scalars(select(Entry).filter_by(event_id=stage.event.id)).all()
    for number, entry in enumerate(entries):
        seat = desk.acting_as(Actor(entry.account_id))
        asked = ask(seat, entry, QUESTION, form_key=f"question-{number}")
        if number:
            claim(stage.seat("chief"), asked)
        if number == 1:
            answer_alone(stage.seat("chief"), asked, "可以。")
        elif number:
            publish_answer(stage.seat("chief"), asked, question=QUESTION, answer="可以。")


def answer_questions(desk: Desk, stage: Stage) -> None:
    """Give every entry an answer nobody may see, one that is public later, and a file."""
    form = RegistrationForm(
        event_id=stage.event.id,
        number=1,
        body=form_to_json(ASKED),
        created_at=desk.now,
        released_at=desk.now,
        frozen_at=desk.now,
    )
    proof = ASKED.find("proof")
    assert proof is not None
    for entry in desk.session.scalars(select(Entry).filter_by(event_id=stage.event.id)):
        entry.form = form
        owner = desk.acting_as(Actor(entry.account_id))
        file = take_file(owner, entry, proof, picture(), f"{SECRET_FILE}.jpg")
        answers = {"status": "在职", "hired_on": "2020-01-02", "health": SECRET_ANSWER}
        keep_answers(desk, entry, ASKED, {**answers, "motto": SECRET_MOTTO, "proof": str(file.id)})


def _teamed(stage: Stage) -> None:
    """Let the first entrant be captain of a team with a member who follows."""
    session, event = stage.desk.session, stage.event
    account = make_account(session, SECRET_MEMBER)
    team = Team(
        event_id=event.id,
        name=SECRET_TEAM,
        places=2,
        members=2,
        key="k",
        token_hash="t",
        expires_at=stage.desk.now,
        founded_at=stage.desk.now,
    )
    captain = session.scalars(select(Entry).filter_by(event_id=event.id)).first()
    assert captain is not None
    captain.team, captain.is_captain = team, True
    session.add(
        Entry(
            event_id=event.id,
            account_id=account.id,
            person=Person(key="m", name=SECRET_MEMBER, created_at=stage.desk.now),
            form_key="member",
            state=EntryState.JOINED,
            team=team,
            started_at=stage.desk.now,
            submitted_at=stage.desk.now,
        )
    )
    session.flush()


def _planned(stage: Stage) -> None:
    """Expect everybody in a sitting, check one in and set the tickets: the door knows names."""
    desk, event = stage.desk, stage.event
    sitting = create_sitting(desk, event, plan(venue_of(desk, event.contest)))
    place_all(desk, event)
    batch = order_papers(desk, event, PaperKind.TICKET, sample=False)
    set_volume(desk, batch.id, run=batch.run, sample=False)
    placement = placements_of(desk, sitting)[0]
    check_in(at(desk, sitting.reports_at), sitting, placement, key="k")


def secrets_of(stage: Stage) -> set[str]:
    """List what must not be found: names, units, numbers, telephones, pass numbers."""
    found: set[str] = {*FILE_NAMES, SECRET_TEAM, SECRET_MEMBER}
    for number, person in enumerate(stage.people):
        found |= {person.name, sample_id(500 + number), f"1380000{number:04d}"}
        if person.organization is not None:
            found.add(person.organization.name)
    return found


def values_for(rule: Rule, stage: Stage) -> list[dict[str, object]]:
    """Fill the places of a route with everything of the seeded rows that could fit."""
    session = stage.desk.session
    event = stage.event
    ids = sorted({event.id, 1, 2, 3, *session.scalars(select(Entry.id))})
    texts = [event.contest.slug, event.slug, *session.scalars(select(WorkCode.code)), "x"]
    keys = [person.key for person in stage.people]
    records = dict.fromkeys(("one", "other", "kept", "gone"), keys)
    choices: dict[str, list[object]] = {}
    for argument in rule.arguments:
        converter = rule._converters[argument]
        numeric = type(converter).__name__ == "IntegerConverter"
        fixed = {"slug": [event.contest.slug], "event": [event.slug], "event_id": [event.id]}
        fixed |= records
        choices[argument] = fixed.get(argument, ids if numeric else texts)  # type: ignore[assignment]
    combined = itertools.product(*choices.values())
    names = list(choices)
    return [dict(zip(names, row, strict=True)) for row in itertools.islice(combined, MOST_TRIES)]


@pytest.mark.parametrize("who", ["judge1", "judge2", "chief"])
def test_no_page_export_or_answer_names_anybody(
    app: Flask, client: FlaskClient, stage: Stage, who: str
) -> None:
    sign_in(app, client, stage.desk, stage.accounts[who])
    forbidden = secrets_of(stage)
    leaks: list[str] = []
    seen = 0
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint == "static":
            continue
        for values in values_for(rule, stage):
            with app.test_request_context():
                url = app.url_for(rule.endpoint, **values)
            reply = client.get(url)
            body = reply.get_data(as_text=True) + str(reply.headers)
            seen += reply.status_code == 200
            leaks += [f"{url}: {word}" for word in forbidden if word in body]
            assert reply.status_code < 500, url
    assert leaks == []
    assert seen > 20
    questions = client.get(f"/admin/events/{stage.event.id}/inquiries/")
    assert (QUESTION in questions.text) is (who == "chief")


def test_the_crawl_would_find_a_leak(app: Flask, client: FlaskClient, stage: Stage) -> None:
    """The negative control: where names may stand, the same words are found."""
    sign_in(app, client, stage.desk, stage.accounts["organizer"])
    from models.panels import PanelSeat

    stage.desk.session.get_one(PanelSeat, stage.sheets[0].seat_id).account.display_name = "贺定波"
    stage.desk.session.commit()

    page = client.get(f"/admin/events/{stage.event.id}/panel/").get_data(as_text=True)

    assert any(re.search(word, page) for word in secrets_of(stage))
    assert stage.desk.session.scalars(select(Person.name)).first()
