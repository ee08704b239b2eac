"""Reading a story: trade words get their margin notes, the first paragraph its initial."""

import re
from html import escape

from markupsafe import Markup

PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)


def with_notes(html: str, terms: dict[str, str]) -> Markup:
    """Mark each trade word where it first stands and put its note after that paragraph.

    ``html`` is our own rendered Markdown; the words and notes are escaped.
    Two notes of one paragraph stand together.
    """
    waiting = dict(terms)
    serial = 0

    def annotate(match: re.Match[str]) -> str:
        nonlocal serial
        text, notes = match[1], []
        for word in [word for word in waiting if escape(word) in text]:
            serial += 1
            link = f'<a class="term" href="#n{serial}">{escape(word)}</a>'
            text = text.replace(escape(word), link, 1)
            notes.append(f"<b>{escape(word)}</b>{escape(str(waiting.pop(word)))}")
        first = ' class="first"' if match.start() == 0 else ""
        if not notes:
            return f"<p{first}>{text}</p>"
        start = serial - len(notes) + 1
        inner = "".join(
            f'<span class="note-item" id="n{start + at}">{note}</span>'
            for at, note in enumerate(notes)
        )
        return f'<p{first}>{text}</p><aside class="note">{inner}</aside>'

    return Markup(PARAGRAPH.sub(annotate, html.strip()))  # noqa: S704  # built from cleaned HTML and escaped words
