"""Rebuild, verify, query and judge, as the commands call them."""

from pathlib import Path

import pytest

from search_index import maintenance
from search_index.desk import Desk, open_engine
from search_index.documents import Document, facet_values
from search_index.engine import Batch
from search_index.judging import Judgement, judge_one
from search_index.memory import MemoryEngine
from search_index.whoosh_engine import WhooshEngine
from tests.search_index.samples import ALL, NANNY, STORY, WELDER


def test_a_rebuild_replays_what_happened_meanwhile(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path)
    outbox = {5: (Batch(deletes=(NANNY.key,)), 6), 6: (Batch(upserts=(NANNY,)), 9)}
    status = maintenance.rebuild(engine, ALL, cursor=5, replay=outbox.get)
    assert (status.cursor, status.documents) == (9, len(ALL))
    assert maintenance.rebuild(engine, ALL, cursor=4).cursor == 4


def test_batches_are_bounded() -> None:
    cut = list(maintenance.batches(ALL, size=2))
    assert [len(batch.upserts) for batch in cut] == [2, 2, 1]
    assert list(maintenance.batches(())) == []


def test_a_sound_index_has_no_faults(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path)
    engine.rebuild(ALL, cursor=0)
    verdict = maintenance.verify(engine, ALL)
    assert verdict.sound
    assert verdict.status == engine.status()


def test_verify_names_what_is_wrong(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path)
    assert not maintenance.verify(engine, ALL).sound
    engine.rebuild((STORY, NANNY), cursor=0)
    faults = maintenance.verify(engine, ALL).faults
    assert "The index holds 2 pages, the database 5." in faults
    assert f"The page {WELDER.key} is not found by the name it carries." in faults


def test_query_speaks_to_a_terminal() -> None:
    engine = MemoryEngine()
    engine.rebuild(ALL, cursor=0)
    lines = maintenance.query(Desk(engine), "月嫂")
    assert lines[0] == "1 found"
    assert NANNY.key in lines[1]
    assert "synonym: 月嫂 = 母婴护理员" in lines[1]
    assert maintenance.query(Desk(engine), "")[1].endswith("-")


def test_judge_means_over_classes() -> None:
    engine = MemoryEngine()
    engine.rebuild(ALL, cursor=0)
    judged = [("name", "贺定波", {WELDER.key: 3}), ("none", "余根娣", {"craftsman:nobody": 1})]
    found = maintenance.judge(Desk(engine), judged)
    assert found["name"] == Judgement(1.0, 1.0, 1.0)
    assert found["ALL"] == Judgement(0.5, 0.5, 0.5)
    assert judge_one(["a"], {}) == Judgement(1.0, 1.0, 1.0)


def test_engines_by_name(tmp_path: Path) -> None:
    assert open_engine("memory", tmp_path).status().engine == "memory"
    assert isinstance(open_engine("whoosh", tmp_path), WhooshEngine)
    with pytest.raises(ValueError, match="memory, whoosh"):
        open_engine("sphinx", tmp_path)


@pytest.mark.parametrize(
    "wrong", [{"key": " "}, {"kind": ""}, {"boost": 0.0}, {"boost": float("nan")}]
)
def test_documents_no_engine_could_rank_are_refused(wrong: dict[str, object]) -> None:
    good = {"key": "story:a", "kind": "story", "title": "题"}
    with pytest.raises(ValueError, match="nothing was indexed"):
        Document(**{**good, **wrong})  # type: ignore[arg-type]


def test_facet_values_leave_out_the_empty() -> None:
    assert facet_values(Document("notice:1", "notice", "公示")) == {
        "kind": ("notice",), "trade": (), "family": (), "town": (), "level": (), "theme": (),
        "year": (),
    }  # fmt: skip
