"""Stamped papers: what comes in becomes plain pixels, whatever it was."""

import io
from pathlib import Path

import pytest
from PIL import Image

from adapters.documents import recommendation_pdf
from adapters.scans import MAX_BYTES, keep_scan
from adapters.storage import Shelf
from rules.errors import Invalid
from tests.entry_world import picture

WORDS = """contest event unit name gender born id_number phone occupation level certificate since
position receipt closes"""
FIELDS = dict.fromkeys(WORDS.split(), "示例") | {"url": "https://example.cn/unit/1/endorsements/2"}


def test_a_photograph_loses_its_camera_data(tmp_path: Path) -> None:
    cut = keep_scan(Shelf(tmp_path), picture(), prefix="p1-")

    with Image.open(tmp_path / f"{cut.stem}.jpg") as kept:
        assert not kept.getexif()
    assert cut.stem.startswith("p1-")


def test_a_pdf_is_drawn_anew_upright_and_wide_enough_to_read(tmp_path: Path) -> None:
    form = recommendation_pdf(FIELDS)
    assert form.startswith(b"%PDF")

    cut = keep_scan(Shelf(tmp_path), form, prefix="p1-")

    assert cut.width == 1600
    assert cut.height > cut.width
    files = sorted(path.suffix for path in tmp_path.iterdir())
    assert files == [".jpg", ".webp", ".webp"]
    assert all(b"%PDF" not in path.read_bytes() for path in tmp_path.iterdir())


@pytest.mark.parametrize(
    "data",
    [b"", b"MZ\x90", b"<svg onload=alert(1)>", b"%PDF-1.7 nothing", picture()[:200]],
)
def test_what_is_neither_is_refused_and_nothing_kept(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(Invalid, match="neither a picture"):
        keep_scan(Shelf(tmp_path), data, prefix="p1-")

    assert list(tmp_path.iterdir()) == []


def test_a_scan_that_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="10 MB"):
        keep_scan(Shelf(tmp_path), b"\0" * (MAX_BYTES + 1), prefix="p1-")


def test_a_name_with_a_hole_is_not_printed() -> None:
    with pytest.raises(Invalid, match="no sign"):
        recommendation_pdf({**FIELDS, "name": "\U0010fffd"})


def test_a_transparent_stamp_stands_on_white(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.new("RGBA", (900, 900), (200, 0, 0, 0)).save(out, "PNG")

    cut = keep_scan(Shelf(tmp_path), out.getvalue(), prefix="p1-")

    with Image.open(tmp_path / f"{cut.stem}.jpg") as kept:
        assert kept.getpixel((5, 5)) == (255, 255, 255)
