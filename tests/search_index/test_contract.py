"""One suite for every engine: they answer alike, and as the reference says."""

import dataclasses
import datetime as dt
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from search_index.desk import Desk
from search_index.documents import FACETS, Document
from search_index.engine import Batch, Engine
from search_index.memory import MemoryEngine
from search_index.plan import Plan, Why
from search_index.whoosh_engine import WhooshEngine
from tests.search_index.judged.corpus import document, judged, people
from tests.search_index.samples import ALL, CONTEST, NANNY, PAINTER, STORY, WELDER

MAKERS: dict[str, Callable[[Path], Engine]] = {
    "memory": lambda _: MemoryEngine(),
    "whoosh": WhooshEngine,
}


@pytest.fixture(params=MAKERS)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    made = MAKERS[request.param](tmp_path)
    made.rebuild(ALL, cursor=7)
    return made


@pytest.fixture
def desk(engine: Engine) -> Desk:
    return Desk(engine)


def keys(desk: Desk, query: str, **how: object) -> list[str]:
    return [hit.key for hit in desk.search(query, **how).hits.hits]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("贺定波", Why.NAME),
        ("賀定波", Why.NAME),
        ("定波", Why.NAME),
        ("hedingbo", Why.PINYIN),
        ("He Dingbo", Why.PINYIN),
        ("hè dìng bō", Why.PINYIN),
        ("hdb", Why.INITIALS),
        ("何定波", Why.HOMOPHONE),
        ("hedinbo", Why.SOUND),
        ("贺定博", Why.HOMOPHONE),
        ("hedingbp", Why.CORRECTION),
        ("贺小波", Why.CORRECTION),
        ("管道6g", Why.STORY),
        ("ＰＬＣ", Why.STORY),
        ("hangong", Why.PINYIN),
    ],
)
def test_the_welder_comes_first_and_is_told_why(desk: Desk, query: str, why: Why) -> None:
    first = desk.search(query).hits.hits[0]
    assert first.key == WELDER.key
    assert first.reason is not None
    assert first.reason.why is why


@pytest.mark.parametrize(
    ("query", "key", "why"),
    [
        ("月嫂", NANNY.key, Why.SYNONYM),
        ("母婴户理员", NANNY.key, Why.CORRECTION),
        ("danxueqin", PAINTER.key, Why.PINYIN),
        ("白泉月嫂", NANNY.key, Why.SYNONYM),
        ("鱼鳞焊", STORY.key, Why.WORD),
        ("技赢定海", CONTEST.key, Why.WORD),
    ],
)
def test_reasons(desk: Desk, query: str, key: str, why: Why) -> None:
    first = desk.search(query).hits.hits[0]
    assert first.reason is not None
    assert (first.key, first.reason.why) == (key, why)


def test_what_the_facts_say_stands_before_what_stories_mention(desk: Desk) -> None:
    found = keys(desk, "电焊工")
    assert found[0] == WELDER.key
    assert found.index(PAINTER.key) > found.index(STORY.key)


def test_all_words_are_needed_until_too_few_pages_hold_them(desk: Desk) -> None:
    answered = desk.search("岑港 月嫂")
    assert answered.hits.relaxed
    assert {hit.key for hit in answered.hits.hits} >= {WELDER.key, NANNY.key}


def test_generic_words_do_not_restrict(desk: Desk) -> None:
    assert keys(desk, "余根娣 师傅")[0] == NANNY.key


@pytest.mark.parametrize("query", ["", "   ", "，。！", "\x00", "%", "“”"])
def test_a_query_without_words_finds_every_page(desk: Desk, query: str) -> None:
    assert desk.search(query).hits.total == len(ALL)


@pytest.mark.parametrize(
    "query", ["不存在的东西啊", "qqqqxxxx", "焊" * 500, "a" * 5000, "\U0001f600"]
)
def test_odd_queries_do_no_harm(desk: Desk, query: str) -> None:
    assert desk.search(query).hits.total <= len(ALL)


def test_facets_count_under_the_other_filters(desk: Desk) -> None:
    filters = {"kind": ["craftsman"], "level": ["技师"]}
    hits = desk.search("", filters=filters, facets=FACETS).hits
    assert hits.total == 2
    assert hits.facets["level"] == {"技师": 2, "高级技师": 1}
    assert hits.facets["kind"] == {"craftsman": 2}
    assert hits.facets["year"] == {"2023": 1, "2024": 1}
    assert desk.search("", facets=["theme"]).hits.facets["theme"] == {"传承": 2, "工匠日": 2}


def test_values_of_one_facet_widen_and_facets_narrow(desk: Desk) -> None:
    assert len(keys(desk, "", filters={"kind": ["story", "contest"]})) == 2
    assert keys(desk, "", filters={"kind": ["story", "contest"], "theme": ["工匠日"]}) == [
        STORY.key
    ]
    assert keys(desk, "", filters={"town": ["没有镇"]}) == []
    assert len(keys(desk, "", filters={"town": []})) == len(ALL)


def test_orders(desk: Desk) -> None:
    dated = sorted(ALL, key=lambda d: d.published or dt.date.min, reverse=True)
    assert keys(desk, "", sort="newest") == [d.key for d in dated]
    people = {"kind": ["craftsman"]}
    assert keys(desk, "", sort="name", filters=people) == [WELDER.key, PAINTER.key, NANNY.key]


def test_pages_of_hits_join_without_gap(desk: Desk) -> None:
    everything = keys(desk, "")
    cut = [key for at in range(0, 6, 2) for key in keys(desk, "", window=(2, at))]
    assert cut == everything
    assert keys(desk, "", window=(0, 0)) == []


@pytest.mark.parametrize(
    "how", [{"filters": {"age": ["3"]}}, {"facets": ["age"]}, {"sort": "luck"}, {"window": (-1, 0)}]
)
def test_impossible_requests_are_refused(desk: Desk, how: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        keys(desk, "焊工", **how)


@pytest.mark.parametrize(
    ("typed", "key"),
    [("贺", WELDER.key), ("hed", WELDER.key), ("sxq", PAINTER.key), ("母婴", NANNY.key),
     ("2025", CONTEST.key)],
)  # fmt: skip
def test_suggestions_while_typing(desk: Desk, typed: str, key: str) -> None:
    assert desk.suggest(typed)[0].key == key


def test_suggestions_are_few_and_none_for_nothing(desk: Desk) -> None:
    assert desk.suggest("") == ()
    assert len(desk.suggest("贺", limit=1)) == 1


def test_changes_arrive_and_withdrawals_leave(engine: Engine) -> None:
    renamed = dataclasses.replace(WELDER, trade="钳工（装配）", title="贺定波", text="")
    engine.apply(Batch(upserts=(renamed,), deletes=(NANNY.key,)), cursor=9)
    desk = Desk(engine)
    assert engine.status().cursor == 9
    assert engine.status().documents == len(ALL) - 1
    assert NANNY.key not in keys(desk, "")
    assert keys(desk, "余根娣") == []
    assert "余根娣" not in engine.vocabulary().names
    assert desk.suggest("余根") == ()
    assert keys(desk, "装配钳工")[0] == WELDER.key
    assert "母婴护理员" not in desk.search("", facets=["trade"]).hits.facets["trade"]


def test_a_document_twice_in_a_batch_is_kept_as_it_was_last(engine: Engine) -> None:
    engine.apply(Batch(upserts=(WELDER, dataclasses.replace(WELDER, town="金塘镇"))), cursor=8)
    assert engine.status().documents == len(ALL)
    assert WELDER.key in keys(Desk(engine), "金塘")


def test_a_page_dropped_and_put_in_one_batch_stays(engine: Engine) -> None:
    engine.apply(Batch(upserts=(WELDER,), deletes=(WELDER.key, "story:none")), cursor=8)
    assert engine.status().documents == len(ALL)


def test_an_empty_index_answers(engine: Engine) -> None:
    engine.rebuild((), cursor=0)
    desk = Desk(engine)
    assert desk.search("焊工", facets=FACETS).hits.total == 0
    assert desk.search("").hits.total == 0
    assert desk.suggest("贺") == ()


def test_the_planner_learns_with_the_index(engine: Engine) -> None:
    desk = Desk(engine)
    assert desk.planner() is desk.planner()
    before = desk.planner()
    engine.apply(Batch(deletes=(STORY.key,)), cursor=8)
    assert desk.planner() is not before


def test_a_plan_of_nothing_has_no_reason(engine: Engine) -> None:
    assert {hit.reason for hit in engine.search(Plan("")).hits} == {None}


def test_engines_agree_to_the_last_hit(tmp_path: Path) -> None:
    everyone = list(people(120))
    documents = [document(facts) for facts in everyone]
    memory, whoosh = MemoryEngine(), WhooshEngine(tmp_path)
    for each in (memory, whoosh):
        each.rebuild(documents[:60], cursor=0)
    rng = random.Random(5)  # noqa: S311 - a reproducible order, no secret
    for step, start in enumerate((60, 80, 100), start=1):
        gone = tuple(d.key for d in rng.sample(documents[:start], 4))
        batch = Batch(upserts=_changed(documents, start), deletes=gone)
        memory.apply(batch, cursor=step)
        whoosh.apply(batch, cursor=step)
    assert memory.vocabulary() == whoosh.vocabulary()
    planner = Desk(memory).planner()
    how = {"facets": FACETS, "filters": {"level": ["技师", "高级工"]}, "window": (50, 0)}
    for _, query, _ in [
        *judged("queries.shared.json", everyone), *judged("queries.more.json", everyone)
    ]:  # fmt: skip
        plan = planner.plan(query)
        assert memory.search(plan, **how) == whoosh.search(plan, **how), query  # type: ignore[arg-type]
        assert memory.suggest(query[:2]) == whoosh.suggest(query[:2]), query


def _changed(documents: list[Document], start: int) -> tuple[Document, ...]:
    moved = [dataclasses.replace(d, town="金塘镇") for d in documents[start - 20 : start - 10]]
    return (*documents[start : start + 20], *moved)
