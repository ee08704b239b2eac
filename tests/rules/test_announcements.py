"""Texts of the office: placeholders are known or refused, and filled once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.announcements import BUILT_IN, PLACEHOLDERS, check_text, fill, strange
from rules.errors import Invalid
from rules.terms import Audience
from tests.entry_world import sample_id

WORDS = dict.fromkeys(PLACEHOLDERS, "甲")


@pytest.mark.parametrize("text", BUILT_IN, ids=lambda text: text.name)
def test_every_built_in_text_may_be_sent_as_it_is(text: object) -> None:
    assert text in BUILT_IN
    check_text(text.subject, text.body, text.audience)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("body", "audience", "words"),
    [
        ("{phone} 请回电", Audience.ACCEPTED, "placeholder"),
        ("{name}，{", Audience.ACCEPTED, "placeholder"),
        ("}{", Audience.ACCEPTED, "placeholder"),
        ("{{name}}", Audience.ACCEPTED, "placeholder"),
        ("{ name }", Audience.ACCEPTED, "placeholder"),
        ("  \n ", Audience.ACCEPTED, "Write the subject"),
        ("长" * 1001, Audience.ACCEPTED, "too long"),
        ("证号 {pass_no}", Audience.DRAFTS, "accepted"),
        ("证号 {pass_no}", Audience.EVERYONE, "accepted"),
        (f"身份证 {sample_id(1)}", Audience.ACCEPTED, "ID number"),
    ],
)
def test_what_must_not_be_sent_is_refused_beside_its_field(
    body: str, audience: Audience, words: str
) -> None:
    with pytest.raises(Invalid) as refused:
        check_text("通知", body, audience)

    assert list(refused.value.fields) == ["body"]
    assert words in refused.value.fields["body"][0]


def test_an_office_telephone_may_stand_in_a_text() -> None:
    check_text("通知", "请打竞赛办电话 13800001234", Audience.EVERYONE)


@given(st.text(alphabet="{}nameevt_ 甲", max_size=30))
def test_what_passes_is_filled_without_a_brace_left(text: str) -> None:
    if not strange(text):
        assert not set("{}") & set(fill(text, WORDS))


@given(st.text(max_size=20))
def test_a_value_is_never_read_as_a_placeholder(name: str) -> None:
    assert fill("{name}，您好", {**WORDS, "name": name}) == f"{name}，您好"
