"""Marks fall on the reader's words, as they stand in the text."""

import pytest

from search_index.highlight import Segment, fragment, mark, words_of
from search_index.lexicon import Lexicon
from search_index.memory import MemoryEngine
from search_index.planner import Planner
from search_index.synonyms import shipped
from tests.search_index.samples import ALL


@pytest.fixture(scope="module")
def planner() -> Planner:
    engine = MemoryEngine()
    engine.rebuild(ALL, cursor=0)
    return Planner(Lexicon(engine.vocabulary(), shipped()), shipped())


def marked(segments: list[Segment]) -> list[str]:
    return [segment.text for segment in segments if segment.marked]


@pytest.mark.parametrize(
    ("query", "text", "wanted"),
    [
        ("焊工", "她做过焊工。", ["焊工"]),
        ("月嫂", "母婴护理员，人称月嫂", ["母婴护理员", "月嫂"]),
        ("plc", "ＰＬＣ联锁柜", ["ＰＬＣ"]),
        ("6g", "管道6G位置，16G内存", ["6G"]),
        ("張", "张师傅", ["张"]),
        ("养老", "養老護理", ["養老"]),
        ("贺定波", "贺定波说", ["贺定波"]),
        ("汗工", "焊工与焊缝", ["焊工"]),
        ("", "什么也没有", []),
    ],
)
def test_marks(planner: Planner, query: str, text: str, wanted: list[str]) -> None:
    segments = mark(text, words_of(planner.plan(query)))
    assert marked(segments) == wanted
    assert "".join(segment.text for segment in segments) == text


def test_characters_that_grow_when_folded_keep_their_place() -> None:
    segments = mark("㎏与㈱的焊工", ["焊工"])
    assert segments == [Segment("㎏与㈱的"), Segment("焊工", marked=True)]


def test_signs_of_patterns_are_plain_text() -> None:
    assert marked(mark("a.b (c) 45#钢", ["(c)", "45#钢"])) == ["(c)", "45#钢"]


def test_markup_stays_text_for_the_caller_to_escape() -> None:
    segments = mark("<b>焊工</b>", ["焊工"])
    assert segments == [Segment("<b>"), Segment("焊工", marked=True), Segment("</b>")]


def test_a_fragment_shows_the_place_with_the_most_words() -> None:
    text = "开头有焊工。" + "平常的话。" * 60 + "这里焊工用氩弧焊打底。" + "后来。" * 60
    segments = fragment(text, ["焊工", "氩弧焊", "打底"], length=40)
    assert marked(segments) == ["焊工", "氩弧焊", "打底"]
    assert segments[0] == segments[-1] == Segment("…")
    assert segments[1].text.startswith("这里")
    assert len("".join(segment.text for segment in segments)) <= 42


def test_a_fragment_without_the_words_is_the_beginning() -> None:
    assert fragment("短文。", ["焊工"]) == [Segment("短文。")]
    assert fragment("", ["焊工"]) == []
    assert fragment("长文" * 200, [])[0].text == ("长文" * 60)


def test_a_fragment_has_a_length() -> None:
    with pytest.raises(ValueError, match="at least one"):
        fragment("文", [], length=0)
