"""What templates write: dates, deadlines, exact numbers, rules in words, stories with notes."""

import datetime as dt
from decimal import Decimal

import pytest
from flask import Flask

from rules.rulesets import AwardKind, AwardRule, EventRules, TieKey
from web.filters import day, days_left, fraction, iso, moment, short_day, tie_name
from web.reading import with_notes
from web.rules_words import event_rules_in_words, tie_key_words

LATE = dt.datetime(2026, 11, 24, 16, 30, tzinfo=dt.UTC)
"""Half past midnight of the 25th in the district."""
DAY = dt.timedelta(days=1)


def test_moments_are_shown_on_the_district_s_clock(app: Flask) -> None:
    with app.test_request_context("/"):
        assert day(LATE) == "2026年11月25日"
        assert day(dt.date(2026, 11, 24)) == "2026年11月24日"
    assert (short_day(LATE), moment(LATE)) == ("2026-11-25", "2026-11-25 00:30")
    assert short_day(dt.date(2026, 1, 2)) == "2026-01-02"
    assert iso(LATE) == "2026-11-24T16:30:00+00:00"


def test_nothing_is_shown_for_nothing(app: Flask) -> None:
    assert [work(None) for work in (day, short_day, moment, iso)] == [""] * 4
    assert fraction(None) == "—"


def test_a_deadline_counts_down_in_days(app: Flask) -> None:
    with app.test_request_context("/?lang=en"):
        assert days_left(LATE + 3 * DAY, LATE) == "3 days left"
        assert days_left(LATE + DAY / 4, LATE) == "last day"
        assert days_left(LATE, LATE) == "closed"


@pytest.mark.parametrize(
    ("text", "shown"),
    [("85", "85"), ("171/2", "85.5"), ("-3/4", "-0.75"), ("91/12", "7.5833（91/12）")],
)
def test_an_exact_number_is_short_where_it_can_be(text: str, shown: str) -> None:
    assert fraction(text) == shown


def test_a_code_without_a_name_stays_a_code() -> None:
    assert tie_name("K7", {"K7": "贺示例"}) == "贺示例"
    assert tie_name("K8", {}) == "K8"


def test_rules_are_told_in_words(app: Flask) -> None:
    rules = EventRules(
        parts=(("theory", Decimal(30)), ("practice", Decimal(70))),
        tie_chain=(TieKey("practice"), TieKey("theory")),
        award=AwardRule(AwardKind.PERCENT, minimum_field=1),
    )
    with app.test_request_context("/?lang=en"):
        told = dict(event_rules_in_words(rules))
        assert "70 %" in told["Weights"]
        assert told["Equal totals"].startswith("higher practice mark → higher theory mark → ")
        assert told["Awards"].endswith("of those who took part")
        assert tie_key_words("-A1.2") == "A1.2"


@pytest.mark.parametrize("kind", [AwardKind.NONE, AwardKind.FIXED])
def test_awards_that_are_not_shares_are_told_too(app: Flask, kind: AwardKind) -> None:
    rules = EventRules(parts=(("practice", Decimal(100)),), award=AwardRule(kind))
    with app.test_request_context("/?lang=en"):
        told = dict(event_rules_in_words(rules))["Awards"]

    assert (told == "none") == (kind is AwardKind.NONE)
    assert "%" not in told


def test_trade_words_get_their_note_once_after_their_paragraph() -> None:
    html = "<p>先磨刀，再车螺杆。</p><p>车螺杆要稳。</p>"

    told = with_notes(html, {"螺杆": "挤出机的心", "磨刀": "<b>自己</b>磨"})

    assert told.count('class="term"') == 2
    assert told.startswith('<p class="first">')
    assert told.index("挤出机的心") < told.index("车螺杆要稳")
    assert "&lt;b&gt;自己" in told
    assert with_notes("<p>无。</p>", {"螺杆": "x"}) == '<p class="first">无。</p>'
