"""Names are read as their owners read them."""

import csv
from pathlib import Path

import pytest

from search_index.names import (
    blur,
    fold_latin,
    initials,
    looks_like_name,
    readings,
    slug_for,
    sort_key_pinyin,
)

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("单雪琴", "shan-xueqin"),
        ("解放军", "xie-fangjun"),
        ("钟离秋", "zhongli-qiu"),
        ("仇阿康", "qiu-akang"),
        ("乐安平", "yue-anping"),
        ("缪建军", "miao-jianjun"),
        ("查国华", "zha-guohua"),
        ("曾海晏", "zeng-haiyan"),
        ("尉迟恭", "yuchi-gong"),
        ("單雪琴", "shan-xueqin"),
        ("吕行", "lv-xing"),
        ("阿", "a"),
        ("Anna Berg", "anna-berg"),
        ("", ""),
    ],
)
def test_slug(name: str, slug: str) -> None:
    assert slug_for(name) == slug


def invented() -> list[tuple[str, str]]:
    rows = []
    for sheet in ("cast.tsv", "people_extra.tsv"):
        with (SAMPLES / sheet).open(encoding="utf8", newline="") as file:
            rows += [(r["name"], r["reading"]) for r in csv.DictReader(file, delimiter="\t")]
    return rows


def test_every_sample_person_is_read_as_written() -> None:
    wrong = [
        (name, reading, readings(name)[0])
        for name, reading in invented()
        if fold_latin(reading).replace("lyu", "lv") != readings(name)[0]
    ]
    assert wrong == []


def test_initials_take_one_letter_a_syllable() -> None:
    assert initials("钟离秋") == "zlq"
    assert initials("查国梁") == "zgl"


def test_given_names_keep_their_other_readings() -> None:
    assert "liuxing" in readings("刘行")
    assert len(readings("刘行乐朝")) <= 8
    assert readings("林一舟") == tuple(dict.fromkeys(readings("林一舟")))


def test_blur_joins_what_is_heard_alike() -> None:
    assert blur("linyizhou") == blur("linyizou")
    assert blur("lvchang") == blur("lucan")


def test_tones_and_umlauts_fold() -> None:
    assert fold_latin("Lǜ Xuě Qín") == "lvxueqin"


def test_sort_by_reading() -> None:
    names = ["张大明", "曾海晏", "仇阿康", "单雪琴", "查国华"]
    assert sorted(names, key=sort_key_pinyin) == ["仇阿康", "单雪琴", "曾海晏", "查国华", "张大明"]


def test_only_likely_words_are_taken_for_names() -> None:
    assert looks_like_name("张大明")
    assert not looks_like_name("氩弧焊打底")
    assert not looks_like_name("m8")
