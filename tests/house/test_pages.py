"""The look at pages bites: each fault it knows is shown to it once."""

import pytest
from flask import Flask

from tests.pages import PageChecker, faults_of

GOOD = (
    '<!doctype html><html lang="zh-Hans"><title>匠谱</title><h1>匠谱</h1>'
    '<label for="q">搜索</label><input id="q" name="q"><label>页<select name="p"></select></label>'
    '<svg><title>图</title></svg><img src="a.webp" alt=""><input type="hidden" name="t">'
    '<script type="module" src="/static/js/site.js"></script>'
)


def test_a_sound_page_passes() -> None:
    assert faults_of(GOOD) == []


@pytest.mark.parametrize(
    ("add", "fault"),
    [
        ("<h1>again</h1>", "2 h1"),
        ("<title>again</title>", "2 title"),
        ('<input name="loose">', "controls without a label"),
        ('<p id="q"></p>', "ids that stand twice"),
        ('<p style="color: red"></p>', "inline code"),
        ('<p onclick="go()"></p>', "inline code"),
        ("<script>go()</script>", "inline code"),
        ('<p aria-describedby="nowhere"></p>', "descriptions that are not there"),
        ('<img src="a.webp">', "pictures without alt"),
    ],
)
def test_each_fault_is_caught(add: str, fault: str) -> None:
    assert [words for words in faults_of(GOOD + add) if words.startswith((fault, "1 " + fault))]


def test_a_page_of_the_site_is_caught_where_it_is_fetched(app: Flask) -> None:
    assert app.test_client_class is PageChecker
    bare = Flask("bare")
    bare.test_client_class = PageChecker
    bare.add_url_rule("/", "home", lambda: GOOD + '<p style="color: red"></p>')

    with pytest.raises(AssertionError, match="inline code"):
        bare.test_client().get("/")
