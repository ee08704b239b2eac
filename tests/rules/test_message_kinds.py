"""The table of messages: sentences and places agree, judges learn no names, Chinese is whole."""

import datetime as dt
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from rules.message_kinds import KINDS, check_told
from rules.message_shapes import LINKS, NAMING
from rules.messages import HERE, QUIET_FROM, QUIET_UNTIL, leaves_at, next_digest
from rules.terms import Channel

PLACES = re.compile(r"%\((\w+)\)s")
MOMENTS = st.integers(0, 4 * 365 * 24 * 60).map(
    lambda minutes: dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=minutes)
)
FOLDER = Path(__file__).parents[2] / "translations" / "zh_Hans"


def spoken(text: str) -> set[str]:
    return set(PLACES.findall(text))


@pytest.mark.parametrize("name", sorted(KINDS))
def test_the_sentences_use_exactly_the_places(name: str) -> None:
    kind = KINDS[name]

    assert spoken(kind.subject) | spoken(kind.body) == kind.places
    assert not kind.places & LINKS.get(kind.page, frozenset())


def test_the_chinese_says_all_that_the_english_says() -> None:
    with (FOLDER / "messages.po").open("rb") as file:
        known = {message.id: str(message.string) for message in read_po(file)}
    for kind in KINDS.values():
        for text in (kind.subject, kind.body):
            if text.startswith("%(") and text.endswith(")s") and text.count("%") == 1:
                continue  # the words are the office's or the lines' own
            assert spoken(known[text]) == spoken(text)


def test_no_message_to_judges_can_name_a_contestant() -> None:
    judges = {name: kind for name, kind in KINDS.items() if kind.to_judges}

    assert judges
    assert [name for name, kind in judges.items() if kind.params & NAMING] == []


def test_a_digest_kind_has_its_sentence_and_no_way_of_its_own_matters() -> None:
    assert {name for name, kind in KINDS.items() if kind.digest} == {
        f"worker_{verb}" for verb in ("submitted", "returned", "accepted", "rejected", "withdrawn")
    }


@pytest.mark.parametrize(
    ("kind", "params"),
    [
        ("unheard_of", {"event"}),
        ("entry_rejected", {"contest", "event"}),
        ("entry_rejected", {"contest", "event", "reason", "id_number"}),
    ],
)
def test_what_the_table_does_not_know_is_refused(kind: str, params: set[str]) -> None:
    with pytest.raises(ValueError, match=kind):
        check_told(kind, params)


@given(MOMENTS)
def test_an_sms_never_leaves_in_the_quiet_hours(moment: dt.datetime) -> None:
    leaves = leaves_at(Channel.SMS, moment)
    here = leaves.astimezone(HERE).time()

    assert QUIET_UNTIL <= here < QUIET_FROM
    assert moment <= leaves < moment + dt.timedelta(hours=11, seconds=1)
    assert leaves_at(Channel.SMS, leaves) == leaves
    assert leaves_at(Channel.MAIL, moment) == moment


@pytest.mark.parametrize(
    ("clock", "leaves"),
    [("20:59", "24 20:59"), ("21:00", "25 08:00"), ("00:00", "24 08:00"), ("07:59", "24 08:00"),
     ("08:00", "24 08:00")],
)  # fmt: skip
def test_the_edges_of_the_quiet_hours(clock: str, leaves: str) -> None:
    hour, minute = map(int, clock.split(":"))
    moment = dt.datetime(2026, 11, 24, hour, minute, tzinfo=HERE)

    assert f"{leaves_at(Channel.SMS, moment).astimezone(HERE):%d %H:%M}" == leaves


@given(MOMENTS)
def test_the_digest_is_always_the_next_half_past_eight(moment: dt.datetime) -> None:
    at = next_digest(moment)

    assert dt.timedelta(0) < at - moment <= dt.timedelta(days=1)
    assert f"{at.astimezone(HERE):%H:%M}" == "08:30"
