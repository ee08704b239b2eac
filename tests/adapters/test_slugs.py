"""Slugs are plain, readable and never longer than an address should be."""

from adapters.slugs import LONGEST, slug_of


def test_a_long_name_is_cut_at_a_syllable() -> None:
    slug = slug_of("技赢定海" * 10)

    assert len(slug) <= LONGEST
    assert slug.endswith("-hai") or slug.split("-")[-1] in ("ji", "ying", "ding")


def test_one_endless_word_is_cut_and_nothing_stays_nothing() -> None:
    assert slug_of("a" * 99) == "a" * LONGEST
    assert slug_of("！？") == ""
