"""Registration forms: what a form may say, what is asked of whom, what an answer lacks."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.errors import Invalid
from rules.registration_answers import check_answers, standing, unlocked, visible
from rules.registration_checks import check_form
from rules.registration_edits import differences, drop_field, free_code, move_field, put_field
from rules.registration_forms import (
    EMPTY,
    Audience,
    Condition,
    DataClass,
    Field,
    FieldKind,
    Form,
    Match,
    Page,
    form_from_json,
    form_to_json,
)
from rules.registration_templates import NATIONAL, SOLDIER, STUDENT, TEMPLATES, WORKING

K, D = FieldKind, DataClass
CODES = ("a", "b", "c", "d", "e", "f")
OPTIONS = ("是", "否", "不清楚")


def choice(code: str, shown_if: Condition | None = None, **more: Any) -> Field:  # noqa: ANN401 (any column)
    return Field(code, K.CHOICE, f"题{code}", options=OPTIONS, shown_if=shown_if, **more)


def paged(*fields: Field) -> Form:
    return Form((Page("一", fields),))


conditions = st.builds(
    Condition,
    st.sampled_from(CODES),
    st.sampled_from(Match),
    st.lists(st.sampled_from(OPTIONS), min_size=1, max_size=2, unique=True).map(tuple),
)


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """Any form of choices, circles and references to nothing among them."""
    fields = [
        choice(
            code,
            draw(st.none() | conditions),
            required=draw(st.booleans()),
            asked=draw(st.booleans()),
        )
        for code in draw(st.permutations(CODES))[: draw(st.integers(0, len(CODES)))]
    ]
    cut = draw(st.integers(0, len(fields)))
    return Form((Page("一", tuple(fields[:cut])), Page("二", tuple(fields[cut:]))))


answers_given = st.dictionaries(st.sampled_from(CODES), st.sampled_from(("", *OPTIONS)))


@given(forms(), answers_given)
def test_what_is_shown_agrees_with_itself(form: Form, answers: dict[str, str]) -> None:
    shown = visible(form, answers)
    for field in form.fields:
        held = field.shown_if is None or (
            field.shown_if.field in shown
            and field.shown_if.holds(answers.get(field.shown_if.field, ""))
        )
        assert (field.code in shown) == (field.asked and held)


@given(forms(), answers_given)
def test_what_is_hidden_is_never_wanted(form: Form, answers: dict[str, str]) -> None:
    shown = visible(form, answers)

    assert set(check_answers(form, answers)) <= shown
    assert set(standing(form, answers)) <= shown
    assert visible(form, standing(form, answers)) == shown


@given(forms())
def test_a_form_comes_back_from_json_as_it_was(form: Form) -> None:
    assert form_from_json(form_to_json(form)) == form


@given(forms(), st.sampled_from(CODES), st.booleans())
def test_moving_keeps_every_question(form: Form, code: str, up: bool) -> None:  # noqa: FBT001
    moved = move_field(form, code, up=up)

    assert sorted(f.code for f in moved.fields) == sorted(f.code for f in form.fields)
    if moved != form:
        assert move_field(moved, code, up=not up) == form


def test_a_chain_hides_what_hangs_on_what_is_hidden() -> None:
    form = paged(
        choice("a"),
        choice("b", Condition("a", Match.IS, ("是",)), required=True),
        choice("c", Condition("b", Match.IS_NOT, ("否",)), required=True),
    )

    assert visible(form, {"a": "否", "b": "是"}) == {"a"}
    assert visible(form, {"a": "是", "b": "是"}) == {"a", "b", "c"}
    assert set(check_answers(form, {"a": "是"})) == {"b"}
    assert standing(form, {"a": "否", "b": "是", "c": "是"}) == {"a": "否"}


@pytest.mark.parametrize("name", sorted(TEMPLATES))
def test_the_built_in_forms_hold(name: str) -> None:
    assert check_form(TEMPLATES[name]) == ()


def test_the_national_form_asks_no_more_than_it_must() -> None:
    off = {field.code: field.reason for field in NATIONAL.fields if not field.asked}

    assert {"ethnicity", "education", "political_status"} <= set(off)
    assert all(off.values())
    assert visible(NATIONAL, {"status": STUDENT}) >= {"school"}
    assert "hired_on" not in visible(NATIONAL, {"status": STUDENT})
    assert "employment_proof" in visible(NATIONAL, {"status": WORKING})
    assert visible(NATIONAL, {"status": SOLDIER}) == {"status", "skill_certificate"}


GOOD = choice("a")
PERSONAL = {"data_class": D.PERSONAL, "retention_days": 30}


@pytest.mark.parametrize(
    ("field", "words"),
    [
        (Field("x", K.TEXT, " "), "needs a label"),
        (Field("x", K.TEXT, "题", help="长" * 201), "too long"),
        (Field("X", K.TEXT, "题"), "cannot be the code"),
        (Field("x_scan", K.TEXT, "题"), "cannot be the code"),
        (Field("phone", K.TEXT, "题"), "the entry itself uses"),
        (Field("a", K.TEXT, "题"), "Two questions have the code"),
        (Field("x", K.TEXT, "题", asked=False), "say why"),
        (Field("x", K.TEXT, "题", options=("一", "二")), "is no choice"),
        (Field("x", K.CHOICE, "题", options=("一",)), "needs two"),
        (Field("x", K.CHOICE, "题", options=("一", "一")), "twice"),
        (Field("x", K.CHOICE, "题", options=("一", " ")), "empty or longer"),
        (choice("x", Condition("nobody", Match.IS, ("是",))), "is not there"),
        (choice("x", Condition("x", Match.IS, ("是",))), "circle"),
        (choice("x", Condition("a", Match.IS, ("从来没有",))), "does not offer"),
        (choice("x", Condition("a", Match.IS, ("是", "否"))), "one answer"),
        (choice("x", Condition("a", Match.IS, ())), "does not offer"),
        (choice("x", Condition("text", Match.IS, ("是",))), "is no choice"),
        (choice("x", Condition("off", Match.IS, ("是",))), "is not asked"),
        (Field("x", K.FILE, "题"), "class it personal"),
        (Field("x", K.TEXT, "题", data_class=D.SENSITIVE), "how many days"),
        (Field("x", K.TEXT, "题", audience=Audience.PUBLIC, **PERSONAL), "never public"),  # type: ignore[arg-type]
        (Field("x", K.TEXT, "题", data_class=D.SENSITIVE, retention_days=366), "at most 365"),
        (Field("x", K.TEXT, "题", least="3"), "no lower limit"),
        (Field("x", K.OCCUPATION, "题", most="3"), "no limit"),
        (Field("x", K.TEXT, "题", most="2001"), "cannot be read"),
        (Field("x", K.NUMBER, "题", least="9", most="1e3"), "cannot be read"),
        (Field("x", K.NUMBER, "题", least="9", most="3"), "wrong way round"),
        (Field("x", K.FILE, "题", most="11", **PERSONAL), "cannot be read"),  # type: ignore[arg-type]
    ],
)
def test_each_fault_is_a_sentence_about_its_question(field: Field, words: str) -> None:
    base = (GOOD, Field("text", K.TEXT, "字"), choice("off", asked=False, reason="不需要"))
    assert check_form(paged(*base)) == ()

    faults = check_form(paged(*base, field))

    assert [fault.code for fault in faults if words in str(fault.reason)][-1:] == [field.code]
    assert all("%(" not in str(fault.reason) for fault in faults)


def test_faults_of_the_whole_form() -> None:
    many = Form(tuple(Page("页", (choice(f"q{n}"),)) for n in range(4)))
    long = paged(*(choice(f"q{n}") for n in range(41)))
    untitled = Form((Page("", (GOOD,)),), core_off=("phone", "town"))

    assert "3 pages" in str(check_form(many)[0].reason)
    assert "40 questions; there are 41" in str(check_form(long)[0].reason)
    assert [str(fault.reason) for fault in check_form(untitled)] == [
        "Page 1 needs a short title.",
        "“phone” is asked in every entry.",
    ]


def test_a_circle_of_three_and_a_look_ahead_are_told() -> None:
    ring = paged(
        choice("a", Condition("c", Match.IS, ("是",))),
        choice("b", Condition("a", Match.IS, ("是",))),
        choice("c", Condition("b", Match.IS, ("是",))),
        choice("d", Condition("c", Match.IS, ("是",))),
    )
    ahead = paged(choice("a", Condition("b", Match.IS, ("是",))), choice("b"))

    assert [fault.code for fault in check_form(ring)] == ["a", "b", "c"]
    assert visible(ring, dict.fromkeys("abcd", "是")) == frozenset()
    assert "asked later" in str(check_form(ahead)[0].reason)


@pytest.mark.parametrize(
    ("field", "answer", "words"),
    [
        (Field("x", K.TEXT, "题", most="3"), "四个字了", "4 characters"),
        (Field("x", K.TEXT, "题"), "倒\u202e着", "plain characters"),
        (Field("x", K.NUMBER, "题"), "十二", "write a number"),
        (Field("x", K.NUMBER, "题", least="1"), "0.5", "at least 1"),
        (Field("x", K.NUMBER, "题", most="99"), "100", "at most 99"),
        (Field("x", K.DATE, "题"), "2026-02-30", "write a day"),
        (Field("x", K.DATE, "题", least="2000-01-01"), "1999-12-31", "at least 2000"),
        (Field("x", K.CHOICE, "题", options=OPTIONS), "也许", "one of the answers"),
        (Field("x", K.ORGANIZATION, "题"), "长" * 61, "61 characters"),
    ],
)
def test_a_wrong_answer_is_told_beside_its_question(field: Field, answer: str, words: str) -> None:
    found = check_answers(paged(field), {"x": answer})

    assert words in str(found["x"][0])
    assert check_answers(paged(field), {"x": answer}, only=()) == {}


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        (K.TEXT, "两行\n也可以"),
        (K.NUMBER, "１２．５"),
        (K.DATE, "2026-03-01"),
        (K.OCCUPATION, "电工"),
        (K.FILE, "17"),
    ],
)
def test_a_right_answer_is_taken(kind: FieldKind, answer: str) -> None:
    assert check_answers(paged(Field("x", kind, "题", required=True)), {"x": answer}) == {}


def test_a_certificate_wants_number_and_scan_together() -> None:
    form = paged(Field("x", K.CERTIFICATE, "证书"))

    assert check_answers(form, {}) == {}
    assert list(check_answers(form, {"x": "123"})) == ["x_scan"]
    assert list(check_answers(form, {"x_scan": "4"})) == ["x"]
    assert check_answers(form, {"x": "123", "x_scan": "4"}) == {}


def test_only_what_was_remarked_opens_and_what_that_opens() -> None:
    form = paged(
        choice("a"),
        choice("b", Condition("a", Match.IS, ("是",)), required=True),
        choice("c", Condition("a", Match.IS, ("是",))),
    )

    assert unlocked(form, ["a", "photo"], {"a": "否"}) == {"a", "b", "photo"}
    assert unlocked(form, ["a"], {"a": "是", "b": "是"}) == {"a"}


def test_questions_are_put_in_moved_and_taken_out() -> None:
    form = put_field(EMPTY, choice("a"), 1)
    form = put_field(put_field(form, choice("b"), 1), choice("c"), 2)
    assert [[f.code for f in page.fields] for page in form.pages] == [["a", "b"], ["c"]]

    assert [f.code for f in put_field(form, choice("a"), 2).pages[1].fields] == ["c", "a"]
    assert put_field(form, replace(choice("a"), help="帮"), 1).fields[0].help == "帮"
    assert [f.code for f in move_field(form, "c", up=True).pages[0].fields] == ["a", "b", "c"]
    assert move_field(form, "a", up=True) == form
    assert move_field(form, "nobody", up=True) == form
    assert [f.code for f in drop_field(form, "b").fields] == ["a", "c"]
    assert (free_code(form, "a"), free_code(form, "photo"), free_code(form, "")) == (
        "a_2",
        "photo_2",
        "q",
    )


def test_two_versions_are_compared_in_words() -> None:
    old = Form((Page("一", (choice("a"), choice("b"), choice("c"), choice("d"))),))
    new = Form(
        (
            Page(
                "一",
                (
                    replace(choice("c"), required=True),
                    replace(choice("a"), label="新名"),
                    replace(choice("d"), asked=False, reason="不需要"),
                    choice("e"),
                ),
            ),
        ),
        core_off=("town",),
    )

    said = [str(one) for one in differences(old, new)]

    assert said == [
        "Added: “题e”.",
        "Removed: “题b”.",
        "“题c” must be answered now.",
        "“题a” is now called “新名”.",
        "No longer asked: “题d”.",
        "The order of the questions has changed.",
        "Which of the usual questions are asked has changed.",
    ]
    assert differences(old, old) == ()
    assert str(differences(new, old)[0]) == "Added: “题b”."
    assert "Asked now: “题d”." in [str(one) for one in differences(new, old)]


def test_each_change_of_a_question_has_its_words() -> None:
    old = choice("a", required=True)
    new = replace(
        old,
        required=False,
        shown_if=Condition("b", Match.IS, ("是",)),
        options=("一", "二"),
        retention_days=9,
        help="帮",
    )

    said = [str(one) for one in differences(paged(choice("b"), old), paged(choice("b"), new))]

    assert [words.partition("” ")[2] for words in said] == [
        "need not be answered any more.",
        "is asked of other people than before.",
        "offers other answers.",
        "is kept or shown otherwise.",
        "is put or limited otherwise.",
    ]


def test_one_change_is_told_alone() -> None:
    old = choice("a")

    said = [str(one) for one in differences(paged(old), paged(replace(old, help="帮")))]

    assert said == ["“题a” is put or limited otherwise."]


def test_a_strange_file_is_refused() -> None:
    assert form_from_json(form_to_json(NATIONAL)) == NATIONAL
    for wrong in (
        {"format": 2, "pages": []},
        {"format": 1, "pages": [{"title": "一", "fields": [{"code": "a", "kind": "colour"}]}]},
        {"format": 1, "pages": [], "colour": "red"},
    ):
        with pytest.raises(Invalid):
            form_from_json(wrong)
