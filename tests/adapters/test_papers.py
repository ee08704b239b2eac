"""Papers are PDF files whose text can be read, and texts in them are never evaluated."""

from pathlib import Path

import pytest

from adapters.papers import papers_pdf
from rules.errors import Invalid
from rules.terms import PaperKind
from tests.pdf import characters

BADGE = {
    "name": "林澈",
    "pass_no": "12003",
    "photo": "",
    "contest": "技赢定海（示例）",
    "event": "车工",
    "code": "JP:12:12003",
}


def test_a_sample_says_so(tmp_path: Path) -> None:
    real, sample = (
        characters(papers_pdf(PaperKind.BADGE, [BADGE], folder=tmp_path, sample=flag))
        for flag in (False, True)
    )

    assert "演" not in real
    assert "演" in sample


def test_typesetting_twice_with_one_compiler_gives_each_its_own(tmp_path: Path) -> None:
    first = papers_pdf(PaperKind.BADGE, [BADGE], folder=tmp_path, sample=False)
    other = {**BADGE, "name": "钟离秋水"}
    second = papers_pdf(PaperKind.BADGE, [other], folder=tmp_path, sample=False)

    assert "澈" in characters(first)
    assert "澈" not in characters(second)


def test_a_shelf_that_holds_nothing_yet_will_do(tmp_path: Path) -> None:
    data = papers_pdf(PaperKind.BADGE, [BADGE], folder=tmp_path / "new", sample=False)

    assert data.startswith(b"%PDF")


def test_text_is_never_evaluated(tmp_path: Path) -> None:
    sly = {**BADGE, "name": '#read("/etc/passwd") $x$ *b*'}

    assert papers_pdf(PaperKind.BADGE, [sly], folder=tmp_path, sample=False).startswith(b"%PDF")


@pytest.mark.parametrize("photo", ["../secret.jpg", "gone.jpg"])
def test_a_picture_outside_the_shelf_or_gone_is_refused(tmp_path: Path, photo: str) -> None:
    (tmp_path / "secret.jpg").write_bytes(b"x")
    shelf = tmp_path / "shelf"
    shelf.mkdir()

    with pytest.raises(Invalid, match="could not be set"):
        papers_pdf(PaperKind.BADGE, [{**BADGE, "photo": photo}], folder=shelf, sample=False)
