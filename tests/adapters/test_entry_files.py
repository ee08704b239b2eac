"""Papers: known by their bytes, cleaned of who made them, refused when they do something."""

import io
import zlib

import pytest
import typst
from PIL import Image

from adapters.entry_files import JPEG, MEGABYTE, PDF, clean_paper, clean_pdf
from rules.errors import Invalid
from tests.entry_world import picture
from tests.pdf import characters

SECRET = "贺定波的电脑"


def pdf(author: str = SECRET) -> bytes:
    source = f'#set document(title: "秘密标题", author: "{author}")\n在职证明'
    made: bytes = typst.compile(source.encode())
    return made


def with_stream(head: bytes, body: bytes) -> bytes:
    return (
        b"%PDF-1.7\n5 0 obj\n<< " + head + b" >>\nstream\n" + body + b"\nendstream\nendobj\n%%EOF"
    )


def test_a_pdf_loses_its_properties_and_keeps_its_pages() -> None:
    before = pdf()
    assert SECRET.encode("utf-16-be") in before or SECRET.encode() in before

    paper = clean_paper(before, "证明.pdf", megabytes=5)

    assert (paper.media_type, paper.name) == (PDF, "证明.pdf")
    assert len(paper.data) == len(before)
    for words in (SECRET, "秘密标题", "Typst"):
        assert words.encode() not in paper.data
        assert words.encode("utf-16-be") not in paper.data
    assert characters(paper.data) == characters(before)


def test_properties_in_packed_objects_go_too() -> None:
    plain = b"1 0 << /Author (" + b"secret me " * 20 + b") /Pages 2 0 R >>"
    packed = zlib.compress(plain)

    cleaned = clean_pdf(with_stream(b"/Type /ObjStm /Filter /FlateDecode", packed))

    body = cleaned.partition(b"stream\n")[2]
    unpacked = zlib.decompressobj().decompress(body)
    assert b"secret" not in unpacked
    assert b"/Pages 2 0 R" in unpacked
    bare = clean_pdf(with_stream(b"/Type /ObjStm", b"1 0 << /Author (secret me) >>"))
    assert b"secret" not in bare
    described = clean_pdf(with_stream(b"/Type /Metadata /Subtype /XML", b"<x>secret</x>"))
    assert b"secret" not in described


def test_what_a_page_is_drawn_with_is_left_alone() -> None:
    body = b"q /Author (not a property) BT ET /JS Q"
    whole = with_stream(b"/Length 9", body)

    assert clean_pdf(whole) == whole


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"GIF89a....", "not a PDF, JPEG or PNG"),
        (b"MZ\x90\x00 a program", "not a PDF, JPEG or PNG"),
        (b"%PDF-1.4 cut", "cut off"),
        (b"%PDF-1.4\n<< /Encrypt 3 0 R >>\n%%EOF", "locked"),
        (b"%PDF-1.4\n<< /OpenAction << /S /JavaScript /JS (x) >> >>\n%%EOF", "holds a program"),
        (b"%PDF-1.4\n" + b"/Title" * 2001 + b"\n%%EOF", "cannot be cleaned"),
        (b"%PDF-1.4\n<< >>\nstream\n no end %%EOF", "broken"),
        (with_stream(b"/Type /ObjStm /Filter /FlateDecode", b"not packed"), "broken"),
        (with_stream(b"/Type /ObjStm /Filter /LZWDecode", b"other"), "cannot be cleaned"),
        (with_stream(b"/Type /ObjStm /Filter /FlateDecode", zlib.compress(b"/JS (x)")), "program"),
        (b"\xff\xd8\xff broken", "not a JPEG, PNG or WebP picture"),
    ],
)
def test_what_cannot_be_taken_is_told(data: bytes, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        clean_paper(data, "x.pdf", megabytes=5)


def test_a_packed_bomb_is_not_unpacked() -> None:
    bomb = zlib.compress(b"\0" * (21 * MEGABYTE), 9)

    with pytest.raises(Invalid, match="cannot be cleaned"):
        clean_pdf(with_stream(b"/Type /ObjStm /Filter /FlateDecode", bomb))


def test_a_file_that_is_too_large_says_both_sizes() -> None:
    with pytest.raises(Invalid) as refusal:
        clean_paper(b"%PDF-" + b"0" * (MEGABYTE + 1), "x.pdf", megabytes=1)

    assert refusal.value.params == {"size": "1.0", "most": 1}


def test_a_picture_is_drawn_anew_whatever_it_is_called() -> None:
    paper = clean_paper(picture(), "../../证书.exe", megabytes=5)

    assert (paper.media_type, paper.name) == (JPEG, "证书.jpg")
    assert "示例相机".encode() not in paper.data
    assert Image.open(io.BytesIO(paper.data)).size == (600, 800)
    with pytest.raises(Invalid, match="not a JPEG or PNG picture"):
        clean_paper(pdf(), "x.jpg", megabytes=5, picture=True)
