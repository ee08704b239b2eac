"""Tags as they are typed: parted by anything usual, each once, never many."""

from hypothesis import given
from hypothesis import strategies as st

from rules.reviews import TAG_LENGTH, TAGS_MOST, clean_tags


@given(st.text(max_size=200))
def test_tags_are_few_short_and_each_once(text: str) -> None:
    tags = clean_tags(text)

    assert len(tags) <= TAGS_MOST
    assert len(set(tags)) == len(tags)
    assert all(tag and len(tag) <= TAG_LENGTH and not tag.isspace() for tag in tags)
    assert clean_tags(" ".join(tags)) == tags
