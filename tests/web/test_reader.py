"""Switches of the reader, ways back, headers and the two probes."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from web.returning import safe_next
from web.settings import Settings
from wsgi import create_app


def test_a_switch_is_kept_and_leads_back(client: FlaskClient) -> None:
    reply = client.post("/reader", data={"text": "large", "lang": "en", "next": "/stories/"})

    assert (reply.status_code, reply.location) == (302, "/stories/")
    assert 'lang="en"' in client.get("/stories/").text


def test_a_choice_that_does_not_exist_is_ignored(client: FlaskClient) -> None:
    reply = client.post("/reader", data={"theme": "pink", "lang": "tlh"})

    assert "Set-Cookie" not in reply.headers
    client.set_cookie("lang", "tlh")
    assert 'lang="zh-Hans-CN"' in client.get("/stories/").text


def test_traditional_characters_are_one_switch_away(client: FlaskClient) -> None:
    assert 'lang="zh-Hant"' in client.get("/stories/?lang=zh_Hant").text


@pytest.mark.parametrize(
    "target",
    [None, "", "https://example.com/", "//example.com", "/\\example.com", "stories", "/a\nb"],
)
def test_nobody_is_sent_elsewhere(app: Flask, target: str | None) -> None:
    with app.test_request_context("/"):
        assert safe_next(target) == "/"


def test_a_path_of_this_site_is_a_way_back(app: Flask) -> None:
    with app.test_request_context("/"):
        assert safe_next("/search?q=a&page=2") == "/search?q=a&page=2"


def test_every_answer_carries_the_policy(client: FlaskClient) -> None:
    for path in ("/", "/healthz", "/no-such-page", "/static/js/site.js"):
        reply = client.get(path)
        headers = reply.headers
        reply.close()
        assert "default-src 'none'" in headers["Content-Security-Policy"], path
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "Strict-Transport-Security" not in headers


def test_behind_tls_cookies_and_headers_say_so(tmp_path_factory: pytest.TempPathFactory) -> None:
    settings = Settings(
        secret_key="tests only",
        database_url="sqlite://",
        var_dir=tmp_path_factory.mktemp("var"),
        secure_cookies=True,
        trusted_proxies=1,
    )
    app = create_app(settings)

    reply = app.test_client().get("/healthz", headers={"X-Forwarded-Proto": "https"})

    assert reply.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert app.config["SESSION_COOKIE_NAME"] == "__Host-jiangpu"


def test_the_probes_answer(client: FlaskClient) -> None:
    assert client.get("/healthz").json == {"alive": True}
    assert client.get("/readyz").json == {"ready": True}
