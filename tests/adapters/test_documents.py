"""Certificates as PDF: one page, its own fonts, text that can be copied out."""

import time

import pytest

from adapters.documents import certificate_pdf, missing_glyphs, qr_svg, table_pdf
from rules.errors import Invalid
from tests.pdf import characters, streams

FIELDS = {
    "number": "DHJN-2026-HG-00187Y",
    "title": "荣誉证书",
    "holder": "林澈",
    "wording": "在技赢定海项目中，总成绩 93.25 分，列第 1 名，获",
    "award": "一等奖",
    "closing": "特发此证，以资鼓励。",
    "issuer": "定海区人力资源和社会保障局",
    "date": "二〇二六年十二月二十日",
    "url": "https://example.org/verify/DHJN-2026-HG-00187Y",
    "sample": "no",
}


def test_a_certificate_is_one_landscape_page_with_its_fonts_and_its_text() -> None:
    pdf = certificate_pdf(FIELDS)

    everything = pdf + b"".join(streams(pdf))
    assert pdf.startswith(b"%PDF-")
    assert everything.count(b"/MediaBox") == 1
    assert b"/MediaBox[0 0 841.8898 595.2756]" in everything
    assert everything.count(b"/FontFile") == 2  # regular and bold
    assert set("林澈93.25一等奖") <= characters(pdf)


def test_a_specimen_says_so_across_the_seal() -> None:
    plain, specimen = certificate_pdf(FIELDS), certificate_pdf(FIELDS | {"sample": "yes"})

    assert not set("样张") <= characters(plain)
    assert set("样张") <= characters(specimen)


def test_a_warm_certificate_takes_less_than_a_tenth_of_a_second() -> None:
    certificate_pdf(FIELDS)
    begun = time.perf_counter()
    for number in range(3):
        certificate_pdf(FIELDS | {"number": f"DHJN-2026-HG-0018{number}A"})

    assert (time.perf_counter() - begun) / 3 < 0.1


def test_a_name_the_fonts_cannot_write_is_refused_by_its_sign() -> None:
    with pytest.raises(Invalid, match="no sign for 𠮷"):
        certificate_pdf(FIELDS | {"holder": "林𠮷"})


def test_common_and_rarer_signs_are_known() -> None:
    assert missing_glyphs("钟离 秋水·喆堃玥 Anna") == ""


def test_text_in_a_certificate_is_never_evaluated() -> None:
    sly = '"#read("/etc/passwd")'

    assert certificate_pdf(FIELDS | {"holder": "林澈", "wording": sly}).startswith(b"%PDF-")


def test_a_qr_code_has_no_inline_style() -> None:
    svg = qr_svg("https://example.org/verify/1").decode()

    assert "<svg" in svg
    assert "style=" not in svg


TABLE = {
    "title": "裁判库",
    "about": "",
    "lines": ["40 行 · 导出于 2026-11-24 10:00"],
    "foot": "定海名匠",
    "head": ["姓名", "单位"],
    "widths": [12, 30],
    "rows": [["林澈", "示例船厂 #evil() *a*"]],
}


def test_a_table_is_upright_wide_ones_lie_and_long_ones_go_on() -> None:
    pdf = table_pdf(TABLE)
    everything = pdf + b"".join(streams(pdf))
    assert everything.count(b"/MediaBox[0 0 595.2756 841.8898]") == 1
    assert set("裁判库林澈#evil()*") <= characters(pdf)

    wide = table_pdf({**TABLE, "widths": [12, 90], "rows": TABLE["rows"] * 60})
    everything = wide + b"".join(streams(wide))
    assert everything.count(b"/MediaBox[0 0 841.8898 595.2756]") > 1


def test_a_table_with_a_sign_no_font_has_is_refused() -> None:
    with pytest.raises(Invalid) as refusal:
        table_pdf({**TABLE, "rows": [["王\U0002a6a5", ""]]})
    assert refusal.value.params == {"missing": "\U0002a6a5"}
