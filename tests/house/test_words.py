"""Every member of a closed list has a label, every message its Chinese, and none is left over."""

import inspect
from enum import StrEnum
from pathlib import Path

from babel.messages.pofile import read_po

from rules import list_terms, permits, states, terms
from tests.house.policing import ROOT, messages, spoken
from web.catalogues import merged
from web.labels import UNSHOWN, WORDS

FOLDER = ROOT / "translations" / "zh_Hans"


def closed_lists() -> list[type[StrEnum]]:
    return [
        kind
        for module in (states, terms, list_terms, permits)
        for _, kind in inspect.getmembers(module, inspect.isclass)
        if issubclass(kind, StrEnum) and kind is not StrEnum and kind not in UNSHOWN
    ]


def catalogue() -> dict[str, str]:
    return {
        message.id[0] if isinstance(message.id, tuple) else message.id: str(message.string)
        for message in merged(FOLDER)
        if message.id
    }


def test_every_member_has_a_label_and_its_chinese() -> None:
    known = catalogue()
    for kind in closed_lists():
        assert set(WORDS[kind]) == {member.value for member in kind}
        assert [words for words in WORDS[kind].values() if words not in known] == []


def test_every_message_has_its_chinese() -> None:
    known = catalogue()

    assert {key: where for key, where in messages().items() if key not in known} == {}


def test_no_chinese_is_still_english() -> None:
    plain = [key for key, text in catalogue().items() if text.isascii() and len(text) > 6]

    assert [key for key in plain if not key.startswith(("%", "http"))] == []


def test_catalogues_are_files_of_nouns() -> None:
    for path in sorted(Path(FOLDER).glob("*.po")):
        with path.open("rb") as file:
            assert [m for m in read_po(file) if m.id and not m.string] == [], path.name


def test_no_chinese_is_left_over() -> None:
    assert sorted(set(catalogue()) - spoken()) == []


def test_the_site_says_you_as_a_neighbour_does() -> None:
    """One form of address on every page: 你."""
    assert [key for key, text in catalogue().items() if "您" in text] == []
