"""Questions to the jury: their time, their number, and what would tell who asks."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.errors import Blocked, Invalid, WrongMoment
from rules.inquiries import (
    ASKING,
    LONGEST,
    LONGEST_ANSWER,
    MOST_OPEN,
    check_answer,
    check_asking,
    check_question,
    shows,
    tidy,
)
from rules.states import EntryState, EventState

NAME = "钟离秋水"
FILLING = st.text(" 　-·，、", max_size=4)


@pytest.mark.parametrize(("event", "entry"), [*itertools.product(EventState, EntryState)])
def test_only_accepted_entrants_ask_and_only_before_the_results(
    event: EventState, entry: EntryState
) -> None:
    if event in ASKING and entry is EntryState.ACCEPTED:
        check_asking(event, entry, MOST_OPEN - 1)
    else:
        with pytest.raises(WrongMoment):
            check_asking(event, entry, 0)


def test_the_time_of_questions_ends_with_the_results() -> None:
    assert EventState.DECODED in ASKING
    assert EventState.POSTED not in ASKING
    assert EventState.DRAFT not in ASKING


def test_a_fourth_question_waits_for_an_answer() -> None:
    with pytest.raises(Blocked, match="Three of your questions"):
        check_asking(EventState.SCORING, EntryState.ACCEPTED, MOST_OPEN)


@given(
    st.lists(FILLING, min_size=len(NAME), max_size=len(NAME)), st.text("可以带卡尺吗", max_size=9)
)
def test_a_name_is_found_however_it_is_spaced(gaps: list[str], around: str) -> None:
    spaced = "".join(char + gap for char, gap in zip(NAME, gaps, strict=True))

    assert shows(around + spaced + around, (NAME,))


@given(st.text("可以带卡尺吗第二件", max_size=40))
def test_a_plain_question_shows_nobody(text: str) -> None:
    assert not shows(text, (NAME, "", "工"))


@pytest.mark.parametrize("text", ["请打 138 0000 1234", "证号Ｐ－００１能改吗", "p-001 能改吗"])
def test_telephones_and_passes_show_who_asks(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_question(text, ("P-001",), field="wording")

    assert list(refused.value.fields) == ["wording"]


@pytest.mark.parametrize("text", ["", "  卡尺 \r\n", "尺" * (LONGEST + 1)])
def test_a_question_has_a_length(text: str) -> None:
    with pytest.raises(Invalid, match="between 5 and 500"):
        check_question(text, ())


@pytest.mark.parametrize("text", ["", " \n ", "可" * (LONGEST_ANSWER + 1)])
def test_an_answer_has_a_length(text: str) -> None:
    with pytest.raises(Invalid, match="up to 1000"):
        check_answer(text)


def test_an_answer_to_all_names_nobody() -> None:
    with pytest.raises(Invalid, match="Everybody will read this"):
        check_answer(f"{NAME}问得好", (NAME,))

    assert check_answer(f"{NAME}问得好") == f"{NAME}问得好"


@given(st.text(max_size=50))
def test_tidying_twice_changes_nothing(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
