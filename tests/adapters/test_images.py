"""Pictures are re-encoded without what they carried; what is no picture is refused."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from adapters.images import keep_picture
from adapters.storage import Shelf
from rules.errors import Invalid

TURNED = 6
"""EXIF orientation: the camera was held upright."""


def jpeg(size: tuple[int, int] = (700, 400), orientation: int | None = None) -> bytes:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "Haus Nr. 5"
    if orientation:
        exif[0x0112] = orientation
    Image.new("RGB", size, "navy").save(out, "JPEG", exif=exif)
    return out.getvalue()


def opened(shelf: Shelf, name: str) -> Image.Image:
    return Image.open(io.BytesIO(shelf.get(name)))


def test_a_photo_loses_its_exif_and_gets_its_widths(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)

    cut = keep_picture(shelf, jpeg())

    assert cut.widths == (320, 640)
    for name in (f"{cut.stem}-320.webp", f"{cut.stem}-640.webp", f"{cut.stem}.jpg"):
        assert not opened(shelf, name).getexif()
        assert b"Haus" not in shelf.get(name)
    assert opened(shelf, f"{cut.stem}-320.webp").width == 320


def test_a_photo_is_turned_upright(tmp_path: Path) -> None:
    cut = keep_picture(Shelf(tmp_path), jpeg((400, 300), TURNED))

    assert cut.width < cut.height


def test_a_small_picture_keeps_its_width(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)

    cut = keep_picture(shelf, jpeg((100, 60)), prefix="p")

    assert (cut.widths, cut.stem[0]) == ((100,), "p")
    assert shelf.has(f"{cut.stem}-100.webp")


def test_a_transparent_picture_stands_on_white(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(out, "PNG")
    shelf = Shelf(tmp_path)

    cut = keep_picture(shelf, out.getvalue())

    assert opened(shelf, f"{cut.stem}-40.webp").convert("RGB").getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    "data",
    [b"", b"not a picture", b"GIF89a" + b"\0" * 40, b"<svg xmlns='x'/>", jpeg()[:300]],
    ids=["empty", "text", "gif", "svg", "cut-off"],
)
def test_what_is_no_picture_is_refused_and_nothing_kept(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(Invalid, match="not a JPEG, PNG or WebP"):
        keep_picture(Shelf(tmp_path), data)
    assert list(tmp_path.iterdir()) == []


def chunk(kind: bytes, body: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(kind + body))
    return struct.pack(">I", len(body)) + kind + body + check


@pytest.mark.parametrize("side", [7000, 20_000], ids=["too-many", "a-bomb"])
def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded(
    tmp_path: Path, side: int
) -> None:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    data = b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", b"") + chunk(b"IEND", b"")

    with pytest.raises(Invalid, match="40 million"):
        keep_picture(Shelf(tmp_path), data)
    assert list(tmp_path.iterdir()) == []
