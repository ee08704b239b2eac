"""Whatever is refused or breaks is said in a sentence, under the right status."""

from collections.abc import Iterator

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError

from adapters.crypto import Vault
from rules.errors import Blocked, Invalid, NotPermitted, Stale, WrongMoment
from rules.lifecycle import CONTEST_STEPS, step
from rules.permits import Role
from rules.phrases import phrase
from rules.states import ContestState
from tests.pages import PageChecker
from web.errors import say, sentence
from web.settings import Settings
from wsgi import create_app

TROUBLE = {
    "clash": (
        Blocked(
            "Nobody may be %(wanted)s and %(held)s in the same contest. Nothing was changed.",
            wanted=Role.JUDGE,
            held=Role.ENCRYPTION_OFFICER,
        ),
        409,
    ),
    "permit": (NotPermitted("This is not yours."), 403),
    "moment": (WrongMoment("It is too late."), 409),
    "stale": (Stale("It changed."), 409),
    "blocked": (Blocked("Marks are missing.", (phrase("Seat %(n)s", n=2), "Sign first.")), 409),
    "invalid": (Invalid("This is no number."), 422),
    "twice": (StaleDataError("row"), 409),
    "busy": (OperationalError("INSERT", {}, Exception("database is locked")), 503),
    "broken": (RuntimeError("nobody foresaw"), 500),
}


@pytest.fixture(scope="module")
def troubled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A site of its own with views that go wrong."""
    settings = Settings(
        secret_key="tests only", database_url="sqlite://", var_dir=tmp_path_factory.mktemp("var")
    )
    app: Flask = create_app(settings)
    app.test_client_class = PageChecker
    assert isinstance(app.extensions["vault"], Vault)

    def go_wrong(name: str) -> str:
        raise TROUBLE[name][0]

    app.add_url_rule("/trouble/<name>", "trouble", go_wrong, methods=["GET", "POST"])
    app.add_url_rule("/status/<int:code>", "status", abort)
    from web.db import db

    with app.app_context():
        db.create_all()
    yield app.test_client()
    with app.app_context():
        db.engine.dispose()


@pytest.mark.parametrize("name", TROUBLE)
def test_each_trouble_has_its_status_and_its_words(troubled: FlaskClient, name: str) -> None:
    trouble, status = TROUBLE[name]

    reply = troubled.get(f"/trouble/{name}")

    assert reply.status_code == status
    if status in (403, 422):
        assert str(trouble) in reply.text
    assert "nobody foresaw" not in reply.text
    assert "INSERT" not in reply.text


def test_what_blocks_is_listed(troubled: FlaskClient) -> None:
    page = troubled.get("/trouble/blocked").text

    assert "Seat 2" in page
    assert "Sign first." in page


def test_a_busy_database_says_when_to_come_back(troubled: FlaskClient) -> None:
    assert troubled.get("/trouble/busy").headers["Retry-After"] == "5"


def test_a_form_without_its_token_is_refused(troubled: FlaskClient) -> None:
    assert troubled.post("/account/login", data={"handle": "a"}).status_code == 400


@pytest.mark.parametrize("code", [400, 403, 404, 413, 418, 429, 503])
def test_every_status_has_a_page(troubled: FlaskClient, code: int) -> None:
    reply = troubled.get(f"/status/{code}")

    assert reply.status_code == code
    assert reply.mimetype == "text/html"


def test_plain_sentences_pass_as_they_are(app: Flask) -> None:
    with app.test_request_context("/"):
        assert say("No such sentence stands in the catalogue.").endswith("catalogue.")
        assert say(phrase("nobody translated this")) == "nobody translated this"


def test_members_of_closed_lists_are_said_in_words(troubled: FlaskClient) -> None:
    page = troubled.get("/trouble/clash").text

    assert "裁判员" in page
    assert "加密裁判" in page
    assert "encryption_officer" not in page


def test_a_step_at_the_wrong_moment_names_the_state(troubled: FlaskClient) -> None:
    with pytest.raises(WrongMoment) as caught:
        step(CONTEST_STEPS, ContestState.ANNOUNCED, "approve")
    with troubled.application.test_request_context():
        said = sentence(caught.value)

    assert "已公告" in said
    assert "announced" not in said
