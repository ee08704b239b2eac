"""Loads the exhibition: plates, profiles, stories, honours, masters and apprentices."""

from typing import Any

from actions.craftsmen import (
    Profile,
    create_craftsman,
    give_consent,
    record_apprenticeship,
    show_craftsman,
)
from actions.desk import Desk
from actions.honours import HonourText, record_honour
from actions.media import take_picture
from actions.stories import StoryText, move_story, write_story
from models.craftsmen import Craftsman
from models.media import Media
from models.people import Person
from rules.terms import ConsentPurpose, Family, HonourKind
from web.world import files
from web.world.cast import World

CONSENT_TEXT = "2026-1"
WRITER, OFFICER = "editor", "officer"
PAST = "历史记录补录（示例）"
LEVEL_WORDS = ("职业技能等级", "技师考评", "高级工", "技师", "鉴定")
RESULT_WORDS = ("第一名", "第二名", "第三名", "名次", "等奖", "特别奖", "前十", "前八", "优胜")


def load(world: World) -> None:
    """Load pictures first, then each person's page."""
    pictures = load_plates(world)
    people = list(files.texts("people"))
    past = past_honours()
    for front, body in people:
        craftsman = _profile(world, front, pictures)
        _honours(world, craftsman.person, front, past)
        _story(world, craftsman, front, body)
    for front, _ in people:
        _lineage(world, front)


def load_plates(world: World) -> dict[str, Media]:
    """Run every plate through the site's own picture pipeline."""
    return {
        row["file"]: take_picture(
            world.desk,
            (files.FOLDER / "plates" / row["file"]).read_bytes(),
            alt=row["alt_zh"],
            credit="示意线刻，非照片",
        )
        for row in files.plates()
    }


def past_honours() -> dict[tuple[str, str], dict[str, Any]]:
    """Map (person, honour) to its record from before the site."""
    rows = files.document("past_results.yaml")["results"]
    return {(row["person"], row["honour"]): row for row in rows}


def _profile(world: World, front: dict[str, Any], pictures: dict[str, Media]) -> Craftsman:
    person = world.people[front["slug"]]
    editor = world.seat(WRITER)
    craftsman = create_craftsman(
        editor,
        person,
        Profile(
            family=Family(front["family"]),
            feat=front["feat"],
            hook=front["hook"],
            quote=front["quote"],
            works=front.get("works") or [],
            methods=front.get("methods") or [],
            figures=front.get("numbers") or [],
            process=front.get("process") or [],
            plate=pictures[front["plate"]],
        ),
        slug=front["slug"],
    )
    for purpose in (ConsentPurpose.STORY, ConsentPurpose.PORTRAIT):
        give_consent(editor, person, purpose, text_version=CONSENT_TEXT)
    show_craftsman(editor, craftsman)
    return craftsman


def _story(world: World, craftsman: Craftsman, front: dict[str, Any], body: str) -> None:
    editor = world.seat(WRITER)
    story = write_story(
        editor,
        craftsman,
        StoryText(
            title=front["title"],
            body=body,
            hook=front["hook"],
            author="编辑部（示例）",
            terms=front.get("terms") or {},
            themes=front.get("themes") or [],
            plate=craftsman.plate,
        ),
        slug=front["slug"],
    )
    for verb in ("confirm", "edit"):
        move_story(editor, story, verb)
    for verb in ("review", "publish"):
        move_story(world.seat(OFFICER), story, verb)


def _honours(
    world: World, person: Person, front: dict[str, Any], past: dict[tuple[str, str], dict[str, Any]]
) -> None:
    """Enter honours that no contest of this site gives; the others come with their results."""
    desk = world.seat(WRITER)
    given = given_by_contests()
    for honour in front["honours"] or []:
        title = str(honour["title"])
        if (front["slug"], title) not in given:
            _enter(desk, person, honour, past.get((front["slug"], title)))


def given_by_contests() -> set[tuple[str, str]]:
    """List (person, honour) that come out of contests this site plays itself."""
    return {
        (person, title)
        for contest in files.documents("contests")
        for event in contest["events"]
        for person, title in (event.get("honours") or {}).items()
    }


def _enter(desk: Desk, person: Person, honour: dict[str, Any], past: dict[str, Any] | None) -> None:
    title = str(honour["title"])
    if past is not None:
        text = HonourText(
            kind=HonourKind.RESULT,
            title=title,
            year=past["year"],
            issuer=past["issuer"],
            source=past["source"],
            place=past["place"],
            score=past["score"],
            field_size=past["field_size"],
            event_name=f"{past['contest']} {past['event']}",
        )
    else:
        text = HonourText(
            kind=kind_of(title),
            title=title,
            year=int(honour["year"]),
            issuer=str(honour.get("by") or ""),
            source=PAST,
        )
    record_honour(desk, person, text)


def kind_of(title: str) -> HonourKind:
    """Sort an honour of the past by the words it is written in."""
    if any(word in title for word in RESULT_WORDS):
        return HonourKind.RESULT
    if title.endswith(LEVEL_WORDS):
        return HonourKind.LEVEL
    return HonourKind.TITLE


def _lineage(world: World, front: dict[str, Any]) -> None:
    """Enter masters and apprentices, as persons where the register knows them."""
    editor = world.seat(WRITER)
    person = world.people[front["slug"]]
    master = front.get("master")
    known = {row.name: row for row in world.people.values()}
    if master and not _is_cast(master):
        record_apprenticeship(editor, master=str(master), apprentice=person)
    for name in front.get("apprentices") or []:
        record_apprenticeship(editor, master=person, apprentice=known.get(str(name), str(name)))


def _is_cast(name: object) -> bool:
    """A master of the cast enters the line from the master's own page."""
    return any(str(name) == front["name"] for front, _ in files.texts("people"))
