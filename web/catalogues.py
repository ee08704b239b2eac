"""Builds the message catalogues: one .po a noun, merged; zh_Hant made from zh_Hans by OpenCC."""

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent / "translations"

# Characters OpenCC chooses wrongly, or one way here and another there, in the words of this trade.
HARD = (
    ("換髮", "換發"),
    ("所籤", "所簽"),
    ("回避", "迴避"),
    ("發布", "發佈"),
    ("復看", "複看"),
    ("應占", "應佔"),
    ("週歲", "周歲"),
)


def merged(folder: Path) -> Catalog:
    """Read every noun's .po into one catalogue; a message that stands twice is refused."""
    whole = Catalog(locale="zh_Hans", fuzzy=False)
    home: dict[object, str] = {}
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale="zh_Hans"):
                if not message.id or not message.string:
                    continue
                if message.id in home:
                    raise SystemExit(f"{message.id!r} stands in {home[message.id]} and {path.name}")
                home[message.id] = path.name
                whole.add(message.id, message.string)
    return whole


def traditional(source: Catalog) -> Catalog:
    """Convert a catalogue into traditional characters; the words stay the words of the district."""
    from opencc import OpenCC  # noqa: PLC0415  # only the build needs the dictionaries

    by_dictionary = OpenCC("s2tw").convert

    def convert(text: str) -> str:
        text = by_dictionary(text)
        for wrong, right in HARD:
            text = text.replace(wrong, right)
        return text

    whole = Catalog(locale="zh_Hant", fuzzy=False)
    for message in source:
        text = message.string
        if not message.id or not text:
            continue
        turned = convert(text) if isinstance(text, str) else tuple(convert(part) for part in text)
        whole.add(message.id, turned)
    return whole


def build(root: Path = ROOT) -> int:
    """Write both .mo files where a .po is newer; returns the number of messages."""
    target = root / "zh_Hans" / "LC_MESSAGES" / "messages.mo"
    sources = list((root / "zh_Hans").glob("*.po"))
    newest = max((path.stat().st_mtime for path in sources), default=0.0)
    if target.exists() and target.stat().st_mtime >= newest:
        return 0
    simplified = merged(root / "zh_Hans")
    for locale, catalogue in (("zh_Hant", traditional(simplified)), ("zh_Hans", simplified)):
        path = root / locale / "LC_MESSAGES" / "messages.mo"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_mo(file, catalogue)
    return len(simplified)


if __name__ == "__main__":
    build()
