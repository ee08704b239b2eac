"""Search between database and index: errands, answers, and what happens when the index is gone."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy.orm import Session

from actions.craftsmen import hide_craftsman
from actions.desk import Desk
from actions.stories import move_story
from models.public import contests
from search_index.desk import open_engine
from tests import public_world as world
from tests.contest_world import announced_event
from web.indexing import document, documents
from web.search import answer, carry_index, search_desk


@pytest.fixture
def index(app: Flask, session: Session) -> Iterator[Path]:
    """An index of the test's own, built from nothing."""
    folder: Path = app.config["SETTINGS"].var_dir / "test-index"
    desk = search_desk()
    kept = desk.engine
    desk.engine = open_engine("whoosh", folder)
    desk.engine.rebuild([], 0)
    yield folder
    desk.engine = kept
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def cli(app: Flask, index: Path) -> FlaskCliRunner:
    return app.test_cli_runner()


def carry(desk: Desk, *keys: str) -> None:
    for key in keys:
        carry_index(desk, {"key": key})


def kinds(session: Session, query: str) -> set[str]:
    return {hit.kind for hit in answer(session, query).rows}


def everything(desk: Desk) -> dict[str, str]:
    """Publish one page of each kind, all of them about welding."""
    who = world.craftsman(desk, "贺定波", feat="焊接无痕")
    told = world.story(desk, who, title="焊接的耐心")
    plate = world.studio(desk, who, name="贺定波焊接工作室（示例）")
    sheet = world.notice(desk, title="关于焊接技能竞赛的公告")
    event = announced_event(desk, name="焊接")
    return {
        "craftsman": who.slug,
        "story": told.slug,
        "contest": event.contest.slug,
        "studio": plate.slug,
        "notice": sheet.number,
    }


def test_every_kind_of_page_becomes_a_document(desk: Desk, session: Session) -> None:
    slugs = everything(desk)

    found = {page.key: page for page in documents(session)}

    assert set(found) == {f"{kind}:{slug}" for kind, slug in slugs.items()}
    for key, page in found.items():
        assert document(session, key) == page


def test_what_is_not_there_is_no_document(session: Session) -> None:
    keys = [f"{kind}:none" for kind in ("craftsman", "story", "contest", "studio", "notice", "x")]
    assert [document(session, key) for key in keys] == [None] * 6


def test_an_errand_puts_a_page_in_and_takes_it_out(
    desk: Desk, session: Session, index: Path
) -> None:
    who = world.craftsman(desk, "贺定波")
    carry(desk, f"craftsman:{who.slug}")

    assert [hit.slug for hit in answer(session, "hedingbo").rows] == [who.slug]
    assert [hit.slug for hit in answer(session, "hdb").rows] == [who.slug]
    assert [hit.slug for hit in answer(session, "賀定波").rows] == [who.slug]
    hide_craftsman(desk, who)
    carry(desk, f"craftsman:{who.slug}")
    assert search_desk().engine.status().documents == 0


def test_a_person_is_found_by_a_public_story_only(
    desk: Desk, session: Session, index: Path
) -> None:
    who = world.craftsman(desk, "贺定波")
    told = world.story(desk, who, body="他听见熄弧那一声。")
    carry(desk, f"craftsman:{who.slug}", f"story:{told.slug}")

    assert kinds(session, "熄弧") == {"craftsman", "story"}
    move_story(desk, told, "withdraw")
    carry(desk, f"craftsman:{who.slug}", f"story:{told.slug}")
    assert kinds(session, "熄弧") == set()


def test_the_database_has_the_last_word(desk: Desk, session: Session, index: Path) -> None:
    who = world.craftsman(desk, "贺定波")
    carry(desk, f"craftsman:{who.slug}")
    hide_craftsman(desk, who)
    session.flush()

    assert answer(session, "贺定波").rows == []


def test_every_kind_is_found(desk: Desk, session: Session, index: Path) -> None:
    slugs = everything(desk)
    carry(desk, *[f"{kind}:{slug}" for kind, slug in slugs.items()])

    found = answer(session, "焊接")

    assert {hit.kind: hit.slug for hit in found.rows} == slugs
    assert not found.reduced


def test_a_missing_index_is_answered_from_the_database(
    desk: Desk, session: Session, index: Path
) -> None:
    slugs = everything(desk)
    shutil.rmtree(index)

    found = answer(session, "焊接")

    assert found.reduced
    assert {hit.kind for hit in found.rows} == set(slugs)
    assert answer(session, "没有这个词").rows == []


def test_an_errand_mends_a_missing_index(desk: Desk, session: Session, index: Path) -> None:
    slugs = everything(desk)
    shutil.rmtree(index)

    carry(desk, f"craftsman:{slugs['craftsman']}")

    assert not answer(session, "焊接").reduced
    assert search_desk().engine.status().documents == len(slugs)


def test_hits_are_read_in_a_fixed_number_of_statements(
    desk: Desk, session: Session, index: Path
) -> None:
    def read() -> int:
        search_desk().engine.rebuild(list(documents(session)), 0)
        answer(session, "焊接")
        session.expire_all()
        with world.statements(session) as seen:
            answer(session, "焊接")
        return len(seen)

    everything(desk)
    one = read()
    for _ in range(2):
        world.story(desk, world.craftsman(desk, "焊工甲"))
    assert read() == one
    assert contests.contests(session)


def test_the_commands_build_check_ask_and_judge(
    desk: Desk, session: Session, cli: FlaskCliRunner, tmp_path: Path
) -> None:
    who = world.craftsman(desk, "贺定波")
    session.commit()
    assert cli.invoke(args=["search", "verify"]).exit_code == 1
    built = cli.invoke(args=["search", "rebuild"])
    assert "1" in built.output
    assert cli.invoke(args=["search", "verify"]).exit_code == 0
    assert f"craftsman:{who.slug}" in cli.invoke(args=["search", "query", "hdb"]).output
    judged = tmp_path / "judged.json"
    judged.write_text(json.dumps([["name", "贺定波", {f"craftsman:{who.slug}": 3}]]), "utf-8")
    assert "name" in cli.invoke(args=["search", "judge", str(judged)]).output
