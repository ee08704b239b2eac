"""Catalogues: merged from one file a noun; a message that stands twice is refused."""

import gettext
import os
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from opencc import OpenCC

from web.catalogues import HARD, ROOT, build, merged, traditional

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'

HARD_WORDS = {
    "换发证书": "換發證書",
    "所签的版本": "所簽的版本",
    "签名提交": "簽名提交",
    "抽签结果": "抽籤結果",
    "我要回避": "我要迴避",
    "再发布": "再發佈",
    "公布成绩": "公佈成績",
    "请抽一个复看": "請抽一個複看",
    "自己复验": "自己複驗",
    "恢复到场": "恢復到場",
    "重复编号": "重複編號",
    "该部分应占": "該部分應佔",
    "年满周岁": "年滿周歲",
    "按整周顺延": "按整週順延",
    "以本页为准": "以本頁為準",
    "第二人批准": "第二人批准",
    "审核": "審核",
    "登记簿里": "登記簿裡",
    "之后": "之後",
    "联系赛务": "聯繫賽務",
    "系统": "系統",
    "注册账号": "註冊賬號",
    "行话注释": "行話註釋",
    "赛事年历": "賽事年曆",
    "经历": "經歷",
    "并列": "並列",
    "一并取消": "一併取消",
    "汇总": "彙總",
    "依托单位": "依託單位",
    "螺杆": "螺桿",
    "只列参赛证号": "只列參賽證號",
}


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


def turned(text: str) -> str:
    source = Catalog(locale="zh_Hans")
    source.add("words", text)
    return str(next(m.string for m in traditional(source) if m.id))


@pytest.mark.parametrize(("simplified", "right"), HARD_WORDS.items())
def test_hard_characters_come_out_right(simplified: str, right: str) -> None:

    assert turned(simplified) == turned(f"须{simplified}。")[1:-1] == right


def test_the_characters_change_and_the_words_stay() -> None:
    back = OpenCC("tw2s").convert
    whole = merged(ROOT / "zh_Hans")
    told = {m.id: m.string for m in traditional(whole)}
    pairs = [
        (plain, shown)
        for m in whole
        if m.id
        for plain, shown in zip(flat(m.string), flat(told[m.id]), strict=True)
    ]

    assert [shown for plain, shown in pairs if back(shown) != plain] == []
    assert [shown for _, shown in pairs if any(wrong in shown for wrong, _ in HARD)] == []


def flat(string: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string or ())


def test_a_message_in_two_files_is_refused_with_both_names(tmp_path: Path) -> None:
    write(tmp_path, "a", ("Save", "保存"))
    write(tmp_path, "b", ("Save", "存"))

    with pytest.raises(SystemExit, match=r"'Save' stands in a\.po and b\.po"):
        merged(tmp_path / "zh_Hans")


def test_a_message_without_words_is_left_out(tmp_path: Path) -> None:
    write(tmp_path, "a", ("Save", ""), ("Cancel", "取消"))

    assert [m.id for m in merged(tmp_path / "zh_Hans") if m.id] == ["Cancel"]
