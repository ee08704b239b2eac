"""A story is confirmed by its subject, reviewed by a second pair of eyes, then public."""

import pytest
from sqlalchemy.orm import Session

from actions.desk import Desk
from actions.stories import StoryText, edit_story, move_story, write_story
from models.stories import Story
from rules.errors import Blocked, Invalid, NotPermitted, WrongMoment
from rules.permits import Role
from rules.states import StoryState
from tests.actions.gallery import make_craftsman
from tests.support import actor_of, give, make_account

TEXT = StoryText(title="一条焊缝", body="他说：<script>alert(1)</script>\n\n## 夜里\n\n焊。")


def staff(desk: Desk, session: Session, *roles: Role) -> Desk:
    account = make_account(session)
    for role in roles:
        give(session, account, role)
    return desk.acting_as(actor_of(session, account))


def published(desk: Desk, story: Story, session: Session) -> Story:
    officer = staff(desk, session, Role.OFFICER)
    for verb in ("confirm", "edit"):
        move_story(desk, story, verb)
    for verb in ("review", "publish"):
        move_story(officer, story, verb)
    return story


def test_the_text_is_rendered_on_saving_and_holds_no_script(desk: Desk) -> None:
    story = write_story(desk, make_craftsman(desk), TEXT)

    assert "<script>" not in story.body_html
    assert "<h2>夜里</h2>" in story.body_html
    assert story.characters > 10


def test_a_story_goes_public_after_confirmation_and_review(desk: Desk, session: Session) -> None:
    craftsman = make_craftsman(desk)
    story = published(desk, write_story(desk, craftsman, TEXT), session)

    assert story.state is StoryState.PUBLISHED
    assert (story.published_at, craftsman.is_public) == (desk.now, True)
    with pytest.raises(Blocked, match="is public"):
        edit_story(desk, story, TEXT)
    move_story(desk, story, "withdraw")
    move_story(desk, story, "rework")
    edit_story(desk, story, StoryText(title="新题", body="新文"))
    assert story.title == "新题"


def test_without_consent_nothing_is_confirmed(desk: Desk) -> None:
    story = write_story(desk, make_craftsman(desk, consent=False), TEXT)

    with pytest.raises(Blocked, match="not agreed"):
        move_story(desk, story, "confirm")


def test_whoever_wrote_it_does_not_review_it(desk: Desk, session: Session) -> None:
    both = staff(desk, session, Role.EDITOR, Role.OFFICER)
    story = write_story(both, make_craftsman(desk), TEXT)
    for verb in ("confirm", "edit"):
        move_story(both, story, verb)

    with pytest.raises(Blocked, match="does not review"):
        move_story(both, story, "review")


def test_an_editor_does_not_publish(desk: Desk, session: Session) -> None:
    story = write_story(desk, make_craftsman(desk), TEXT)

    with pytest.raises(NotPermitted):
        move_story(staff(desk, session, Role.EDITOR), story, "publish")
    with pytest.raises(WrongMoment):
        move_story(desk, story, "publish")


@pytest.mark.parametrize(
    "text",
    [StoryText(title=" ", body="文"), StoryText(title="题", body=" "), StoryText("题" * 61, "文")],
)
def test_a_story_without_title_or_text_is_refused(desk: Desk, text: StoryText) -> None:
    with pytest.raises(Invalid):
        write_story(desk, make_craftsman(desk), text)


def test_a_second_story_gets_its_own_address(desk: Desk) -> None:
    craftsman = make_craftsman(desk)

    first, second = write_story(desk, craftsman, TEXT), write_story(desk, craftsman, TEXT)

    assert second.slug == f"{first.slug}-2"


def test_what_was_reviewed_is_what_appears(desk: Desk, session: Session) -> None:
    story = write_story(desk, make_craftsman(desk), TEXT)
    for verb in ("confirm", "edit"):
        move_story(desk, story, verb)
    move_story(staff(desk, session, Role.OFFICER), story, "review")

    with pytest.raises(Blocked, match="passed its review"):
        edit_story(desk, story, StoryText(title="新题", body="新文"))
    assert story.title == TEXT.title
    move_story(desk, story, "rework")
    edit_story(desk, story, StoryText(title="新题", body="新文"))
