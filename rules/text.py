"""Plain text: what a name or a line may hold."""

import re
import unicodedata
from html import unescape

_TAG = re.compile(r"<[^>]*>")
_FORBIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def is_plain_line(text: str) -> bool:
    r"""Whether a text is one line without control, direction or surrogate characters.

    >>> is_plain_line("贺定波"), is_plain_line("a\nb"), is_plain_line("a\u202eb")
    (True, False, False)
    """
    return not any(unicodedata.category(char) in _FORBIDDEN for char in text)


def clean_line(text: str) -> str:
    """Bring one line to NFC with single spaces and no spaces at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def plain(html: str) -> str:
    """Return the words of cleaned HTML without its tags, on one line.

    >>> plain("<h2>鱼鳞焊</h2><p>他说：&lt;再看一遍&gt;</p>")
    '鱼鳞焊 他说：<再看一遍>'
    """
    return " ".join(unescape(_TAG.sub(" ", html)).split())
