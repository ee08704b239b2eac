"""Catalogues: merged from one file a noun; a message that stands twice is refused."""

import gettext
import os
from pathlib import Path

import pytest

from web.catalogues import build, merged

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def write(root: Path, name: str, *pairs: tuple[str, str]) -> Path:
    folder = root / "zh_Hans"
    folder.mkdir(exist_ok=True)
    body = "\n".join(f'msgid "{key}"\nmsgstr "{text}"\n' for key, text in pairs)
    path = folder / f"{name}.po"
    path.write_text(HEAD + body, "utf-8")
    return path


def read(root: Path, locale: str) -> gettext.GNUTranslations:
    with (root / locale / "LC_MESSAGES" / "messages.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def test_both_languages_are_written_and_only_when_something_changed(tmp_path: Path) -> None:
    path = write(tmp_path, "stories", ("Story", "故事"), ("Craft", "手艺"))
    write(tmp_path, "common", ("Save", "保存"))

    assert build(tmp_path) == 3
    assert build(tmp_path) == 0

    assert read(tmp_path, "zh_Hans").gettext("Craft") == "手艺"
    assert read(tmp_path, "zh_Hant").gettext("Craft") == "手藝"
    target = tmp_path / "zh_Hans" / "LC_MESSAGES" / "messages.mo"
    later = target.stat().st_mtime + 5
    os.utime(path, (later, later))
    assert build(tmp_path) == 3


def test_a_message_in_two_files_is_refused_with_both_names(tmp_path: Path) -> None:
    write(tmp_path, "a", ("Save", "保存"))
    write(tmp_path, "b", ("Save", "存"))

    with pytest.raises(SystemExit, match=r"'Save' stands in a\.po and b\.po"):
        merged(tmp_path / "zh_Hans")


def test_a_message_without_words_is_left_out(tmp_path: Path) -> None:
    write(tmp_path, "a", ("Save", ""), ("Cancel", "取消"))

    assert [m.id for m in merged(tmp_path / "zh_Hans") if m.id] == ["Cancel"]
