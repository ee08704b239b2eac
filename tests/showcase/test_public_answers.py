"""What a form makes public stands beside a winner's result; nothing else of it leaves the house."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from actions.desk import Desk
from actions.replies import keep_answers
from models.entries import Entry
from models.registration_forms import RegistrationForm
from rules.registration_forms import form_to_json
from tests.form_world import ASKED, SECRET_ANSWER
from tests.result_world import Stage, posted_event


@pytest.fixture
def stage(desk: Desk) -> Stage:
    made = posted_event(desk)
    form = RegistrationForm(
        event_id=made.event.id,
        number=1,
        body=form_to_json(ASKED),
        created_at=desk.now,
        released_at=desk.now,
    )
    for number, entry in enumerate(desk.session.scalars(select(Entry).order_by(Entry.id))):
        entry.form = form
        motto = f"第{number}条口号"
        keep_answers(
            desk, entry, ASKED, {"status": "学生", "health": SECRET_ANSWER, "motto": motto}
        )
    desk.session.commit()
    return made


def test_winners_show_what_is_public_and_nobody_else_does(
    client: FlaskClient, stage: Stage
) -> None:
    event = stage.event

    page = client.get(f"/contests/{event.contest.slug}/{event.slug}/results").text

    assert "口号：第0条口号" in page
    assert "第4条口号" not in page
    assert SECRET_ANSWER not in page
    assert "学生" not in page
