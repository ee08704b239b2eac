"""A query is read word by word; odd input stays small."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search_index.engine import Vocabulary
from search_index.lexicon import Lexicon
from search_index.plan import Why
from search_index.planner import MAX_ALTERNATIVES, MAX_WORDS, Planner
from search_index.synonyms import Synonyms, generic_words, read_table, shipped

SYNONYMS = Synonyms.of({"焊工（船舶）": ["电焊工"], "养老护理员": ["护工"], "护士": ["护工"]})
VOCABULARY = Vocabulary(
    names=("单雪琴", "竺可心", "吕行"),
    pinyin=("shanxueqin", "zhukexin", "lvxing", "xueqin"),
    words=("养老护理员", "定海名匠", "盐仓街道", "螺杆制造工", "水产品加工工"),
)
LEXICON = Lexicon(VOCABULARY, SYNONYMS)
PLANNER = Planner(LEXICON, SYNONYMS)


def found(query: str) -> dict[Why, set[str]]:
    told: dict[Why, set[str]] = {}
    for _, each in PLANNER.plan(query).all_alternatives():
        told.setdefault(each.why, set()).add(each.found)
    return told


def test_each_word_is_a_group_and_generic_words_are_optional() -> None:
    plan = PLANNER.plan("盐仓，护工  工匠")
    assert [(g.asked, g.optional) for g in plan.groups] == [
        ("盐仓", False), ("护工", False), ("工匠", True)
    ]  # fmt: skip
    assert [g.optional for g in PLANNER.plan("工匠").groups] == [False]


def test_a_word_of_two_trades_reaches_both() -> None:
    assert found("护工")[Why.SYNONYM] == {"养老护理员", "护士"}


def test_synonyms_inside_a_word() -> None:
    assert "盐仓养老护理员" in found("盐仓护工")[Why.SYNONYM]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("养老户理员", "养老护理员"),
        ("定海名将", "定海名匠"),
        ("水产加工工", "水产品加工工"),
        ("螺杆制工造", "螺杆制造工"),
        ("汗工", "焊工"),
        ("水产品加エ工", "水产品加工工"),
    ],
)
def test_corrections(typed: str, meant: str) -> None:
    assert meant in found(typed)[Why.CORRECTION]


def test_known_words_are_not_corrected() -> None:
    assert Why.CORRECTION not in found("养老护理员")
    assert LEXICON.corrections("焊工") == ()


@pytest.mark.parametrize("typed", ["lyuxing", "lüxing", "LÜ XING"])
def test_the_ways_to_write_umlauts(typed: str) -> None:
    assert "lvxing" in found(typed)[Why.PINYIN]


def test_pinyin_of_a_trade() -> None:
    assert "养老护理员" in found("yanglaohuliyuan")[Why.PINYIN]


def test_names_one_character_off() -> None:
    assert LEXICON.names_near("竺可芯") == ("竺可心",)
    assert "竺可心" in found("诸可心")[Why.CORRECTION]


def test_registers_are_checked(tmp_path: Path) -> None:
    table = tmp_path / "words.tsv"
    table.write_text("trade\tsynonyms\n焊工\n", encoding="utf8")
    with pytest.raises(ValueError, match=r"Line 2 of words\.tsv"):
        read_table(table)


def test_the_shipped_words() -> None:
    assert {"焊工", "焊工(船舶)"} <= set(shipped().others["电焊工"])
    assert "母婴护理员" in shipped().others["月嫂"]
    assert "工匠" in generic_words()


@given(st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_text_makes_a_small_plan(query: str) -> None:
    plan = PLANNER.plan(query)
    assert len(plan.groups) <= MAX_WORDS
    for group in plan.groups:
        assert 0 < len(group.alternatives) <= MAX_ALTERNATIVES
        assert all(each.terms and each.weight > 0 for each in group.alternatives)
