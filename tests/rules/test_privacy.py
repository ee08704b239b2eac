"""Privacy: personal numbers are found however they are written, and nothing else is."""

import pytest

from rules.privacy import Leak, Level, leak_scan, notice_name
from tests.rules.vectors import vector

CASES = vector("v14")["leak_scan"]["cases"]


@pytest.mark.parametrize("case", CASES)
def test_texts_of_v14(case: dict[str, str]) -> None:
    (finding,) = leak_scan(case["text"])

    assert finding.level is (Level.BLOCK if case["expect"].startswith("BLOCK") else Level.WARN)


@pytest.mark.parametrize(
    ("text", "leak"),
    [
        ("电话：１３８-０000 1234。", Leak.PHONE),
        ("+86 13800001234", Leak.PHONE),
        ("8613800001234", Leak.PHONE),
        ("身份证990001199001010013号", Leak.ID_NUMBER),
        ("9900\u200b01199001010013", Leak.ID_NUMBER),
        ("9900 0119 9001 0100 13", Leak.ID_NUMBER),
        ("卡号 6222 0212 3456 7890 128", Leak.BANK_CARD),
        ("330902900101001", Leak.OLD_ID_NUMBER),
    ],
)
def test_hidden_numbers_are_found(text: str, leak: Leak) -> None:
    (finding,) = leak_scan(text)

    assert (finding.leak, finding.level) == (leak, Level.BLOCK)
    assert "*" in finding.shown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "DHJN-2026-HG-00187Y",
        "定政发〔2025〕4号，2026年11月24日 09:30，共 13 人",
        "0.13800001234 与 88.83",
        "1 3 3 2 2 2 3 3 1 3 8 0 0 0 0 1 2 3 4",
        "110105194912310021",
        "003309029001010",
        "6222021234567890127",
        "2026112400000004",
        "9e13800001234f9e13800001234f9e13800001234f9e13800001234f9e138000",
    ],
)
def test_other_numbers_pass(text: str) -> None:
    assert leak_scan(text) == ()


def test_several_findings_are_all_reported() -> None:
    text = "990001199001010013 13800001234, 13800005678"

    assert [finding.shown for finding in leak_scan(text)] == [
        "990*************13",
        "138******34",
        "138******78",
    ]


@pytest.mark.parametrize(
    ("name", "shown"),
    [("", "＊"), ("林岚", "林＊"), ("贺定波", "贺＊波"), ("钟离秋水", "钟＊＊水")],
)
def test_names_in_notices(name: str, shown: str) -> None:
    assert notice_name(name) == shown
