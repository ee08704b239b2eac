"""The look keeps its word: files exist, bundles are small, colours readable, themes tokens."""

import gzip
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CSS = ROOT / "static" / "css"
TEMPLATES = ROOT / "templates"
FRAME = ("tokens", "fonts", "site", "kit")
KILO = 1024


def styles() -> list[Path]:
    return sorted(CSS.glob("*.css"))


def zipped(*names: str) -> int:
    whole = b"".join((CSS / f"{name}.css").read_bytes() for name in names)
    return len(gzip.compress(whole))


def tokens(selector: str) -> dict[str, str]:
    text = (CSS / "tokens.css").read_text("utf-8")
    block = text[text.index(selector) :]
    block = block[: block.index("}")]
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9A-Fa-f]{6})", block))


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    lit = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * lit[0] + 0.7152 * lit[1] + 0.0722 * lit[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


LIGHT = tokens(":root {")
DARK = LIGHT | tokens('[data-theme="dark"] {')
READ = [("ink", "paper"), ("ink", "surface"), ("ink-2", "paper"), ("sea", "surface")]
LABEL = [
    ("ink-3", "paper"),
    ("ink-3", "sunken"),
    ("on-sea", "sea"),
    ("on-sea", "bad"),
    ("on-deep-2", "deep"),
    ("slip-ink-3", "slip"),
    *((tone, f"{tone}-soft") for tone in ("seal", "brass", "ok", "warn", "bad", "hold")),
]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_colours_can_be_read(theme: dict[str, str]) -> None:
    weak = [(a, b) for a, b in READ if contrast(theme[a], theme[b]) < 7]
    weak += [(a, b) for a, b in LABEL if contrast(theme[a], theme[b]) < 4.5]

    assert weak == []


def test_the_system_s_dark_is_the_reader_s_dark() -> None:
    """The two blocks are written twice because CSS cannot say either-or; they must agree."""
    by_system = tokens(':root:not([data-theme="light"])')
    by_reader = tokens('[data-theme="dark"] {')

    assert by_system == by_reader


def test_only_tokens_name_a_theme() -> None:
    named = [p.name for p in styles() if p.name != "tokens.css" and "data-theme" in p.read_text()]

    assert named == []


def test_what_styles_refer_to_exists() -> None:
    missing = [
        (path.name, name)
        for path in styles()
        for name in re.findall(r"url\(([^)]+)\)", path.read_text("utf-8"))
        if not (CSS / name).resolve().is_file()
    ]

    assert missing == []


def test_every_served_font_is_declared() -> None:
    declared = "".join((CSS / f"{n}.css").read_text("utf-8") for n in ("fonts", "fonts-more"))
    fonts = [p.name for p in (ROOT / "static" / "fonts").glob("*.woff2")]

    assert [name for name in fonts if name not in declared] == []


def test_icons_stand_in_the_sprite() -> None:
    sprite = (ROOT / "static" / "img" / "sprite.svg").read_text("utf-8")
    used = {
        name
        for path in TEMPLATES.rglob("*.html")
        for name in re.findall(r'icon\("([\w-]+)"', path.read_text("utf-8"))
    }

    assert sorted(name for name in used if f'id="{name}"' not in sprite) == []


def test_bundles_keep_their_budgets() -> None:
    pages = {"tokens", "fonts", "fonts-more", "site", "kit", "tool", "forms"}
    own = [p.stem for p in styles() if p.stem not in pages]

    assert zipped(*FRAME) <= 12 * KILO
    assert {n: zipped(*FRAME, n) for n in own if zipped(*FRAME, n) > 16 * KILO} == {}
    assert zipped(*FRAME, "tool", "forms", "score") <= 16 * KILO
