"""A small exhibition for tests, made by the actions a real one goes through."""

import contextlib
import datetime as dt
import itertools
from collections.abc import Iterator
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

from actions.craftsmen import Profile, create_craftsman, give_consent, show_craftsman
from actions.desk import Desk
from actions.honours import HonourText, record_honour
from actions.notices import NoticeText, publish_notice, write_notice
from actions.stories import StoryText, move_story, write_story
from actions.studios import StudioText, enter_studio, move_studio
from models.craftsmen import Craftsman, Honour
from models.media import Media
from models.notices import Notice
from models.organizations import Town
from models.stories import Story
from models.studios import Studio
from rules.terms import (
    ConsentPurpose,
    ContestLevel,
    Family,
    HonourKind,
    NoticeKind,
    SkillLevel,
    TownKind,
)
from tests.actions.gallery import make_occupation, make_organization, make_person
from tests.support import NOW

_numbers = itertools.count(1)


def picture(desk: Desk, *, is_public: bool = True) -> Media:
    """Add the row of a picture; its files are not needed to name it."""
    media = Media(
        stem=f"{next(_numbers):040x}",
        width=640,
        height=800,
        widths=[320, 640],
        alt="线刻图版：焊",
        is_public=is_public,
        created_at=NOW,
    )
    desk.session.add(media)
    desk.session.flush()
    return media


def craftsman(
    desk: Desk,
    name: str = "贺定波",
    *,
    consent: bool = True,
    town: Town | None = None,
    **profile: Any,  # noqa: ANN401  # any field of a profile
) -> Craftsman:
    """Show a craftsman with trade, employer and plate."""
    person = make_person(desk, name)
    person.occupation_id = make_occupation(desk).id
    person.organization_id = make_organization(desk).id
    person.town_id = town.id if town else None
    person.in_trade_since = 1995
    person.skill_level = SkillLevel.TWO
    given = give_consent(desk, person, ConsentPurpose.STORY, text_version="t")
    values = {"family": Family.SHIP, "feat": "鱼鳞焊", "hook": "缝要经得起海水的手去摸。"}
    plate = picture(desk)
    row = create_craftsman(desk, person, Profile(**{**values, "plate": plate, **profile}))
    show_craftsman(desk, row)
    if not consent:
        given.withdrawn_at = NOW
    desk.session.flush()
    return row


def make_town(desk: Desk, name: str = "岑港街道") -> Town:
    """Add a town."""
    number = next(_numbers)
    town = Town(code=f"t{number}", name=f"{name}{number}", kind=TownKind.STREET)
    desk.session.add(town)
    desk.session.flush()
    return town


def story(desk: Desk, about: Craftsman, **text: Any) -> Story:  # noqa: ANN401  # any field of a story
    """Publish a story."""
    values = {
        "title": "一条焊缝，两代人的耐心",
        "hook": "先听声音，再看颜色。",
        "body": "他弯腰看**熔池**。\n\n## 夜里\n\n再焊一遍。",
        "terms": {"熔池": "焊条熔化成的一小汪铁水"},
        "themes": ["绝技绝活"],
        "author": "编辑部（示例）",
    }
    row = write_story(desk, about, StoryText(**{**values, **text}))
    for verb in ("confirm", "edit", "review", "publish"):
        move_story(desk, row, verb)
    return row


def honour(desk: Desk, about: Craftsman, title: str = "定海名匠", **text: Any) -> Honour:  # noqa: ANN401  # any field of an honour
    """Write an honour into the register."""
    values = {"kind": HonourKind.TITLE, "year": 2024, "source": "发文（示例）"}
    return record_honour(desk, about.person, HonourText(title=title, **{**values, **text}))


def studio(desk: Desk, leader: Craftsman, **text: Any) -> Studio:  # noqa: ANN401  # any field of a studio
    """Establish a studio."""
    number = next(_numbers)
    values = {
        "slug": f"studio-{number}",
        "name": f"船舶焊接名匠工作室（示例）{number}",
        "host": make_organization(desk),
        "occupation": make_occupation(desk),
        "level": ContestLevel.DISTRICT,
        "summary": "周三下午练仰焊。",
        "projects": [{"year": 2026, "title": "背面充氩省气", "state": "running"}],
    }
    row = enter_studio(desk, StudioText(leader=leader.person, **{**values, **text}))
    move_studio(desk, row, "approve")
    move_studio(desk, row, "establish", on=dt.date(2025, 6, 1), until=dt.date(2028, 6, 1))
    return row


def notice(desk: Desk, number: str = "", **text: Any) -> Notice:  # noqa: ANN401  # any field of a notice
    """Publish a notice."""
    values = {"title": "关于公布参赛名单的公告", "kind": NoticeKind.LIST, "body": "共 24 人。"}
    number = number or f"2026-{next(_numbers):03}"
    row = write_notice(desk, NoticeText(number=number, **{**values, **text}))
    publish_notice(desk, row)
    return row


@contextlib.contextmanager
def statements(session: Session) -> Iterator[list[str]]:
    """Collect the SELECTs a block sends to the database."""
    seen: list[str] = []

    def note(*call: Any) -> None:  # noqa: ANN401  # SQLAlchemy's own signature
        if call[2].lstrip().startswith("SELECT"):
            seen.append(call[2])

    bind = session.get_bind()
    event.listen(bind, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(bind, "before_cursor_execute", note)
