"""Judged queries: the people a reader means stand at the top of the list."""

from pathlib import Path

import pytest

from search_index.desk import Desk
from search_index.maintenance import judge
from search_index.synonyms import Synonyms
from search_index.whoosh_engine import WhooshEngine
from tests.search_index.judged.corpus import Facts, document, judged, people, register

SIZE = 1000


@pytest.fixture(scope="module")
def everyone() -> list[Facts]:
    return list(people(SIZE))


@pytest.fixture(scope="module")
def desk(everyone: list[Facts], tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder: Path = tmp_path_factory.mktemp("index")
    engine = WhooshEngine(folder)
    engine.rebuild(map(document, everyone), cursor=1)
    return Desk(engine, lambda: Synonyms.of(register()))


@pytest.mark.parametrize("file", ["queries.shared.json", "queries.more.json"])
def test_readers_find_whom_they_mean(file: str, desk: Desk, everyone: list[Facts]) -> None:
    found = judge(desk, judged(file, everyone))
    assert found["ALL"].ndcg >= 0.95
    assert found["ALL"].recall >= 0.97
    for exact in ("name", "pinyin"):
        assert found[exact].ndcg == 1.0, exact
    for kind, measured in found.items():
        assert measured.ndcg >= 0.75, kind


def test_the_corpus_is_the_same_everywhere(everyone: list[Facts]) -> None:
    first = next(people(SIZE))
    assert first == everyone[0]
    assert {facts["id"] for facts in everyone} >= {"a01", "a16", "b01", "b16"}
