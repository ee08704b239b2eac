"""Questions to the jury: when one may be asked, how many, and what shows who asks.

Source: docs/operating.md, "Questions to the jury".
"""

import unicodedata
from collections.abc import Iterable
from typing import Final

from rules.errors import Blocked, WrongMoment, wrong_field
from rules.privacy import leak_scan
from rules.states import EntryState, EventState

SHORTEST, LONGEST = 5, 500
LONGEST_ANSWER: Final = 1000
MOST_OPEN: Final = 3
"""Questions of one entry that wait at once."""
ASKING: Final = frozenset(
    {EventState.OPEN, EventState.CLOSED, EventState.LISTED, EventState.DRAWN}
    | {EventState.SCORING, EventState.LOCKED, EventState.DECODED}
)
"""From the first accepted entry until results are published."""
_SHORT: Final = 2


def check_asking(event: EventState, entry: EntryState, waiting: int) -> None:
    """Refuse a question outside its time or beyond what one person may have waiting.

    Raises ``WrongMoment`` and ``Blocked``.
    """
    if entry is not EntryState.ACCEPTED:
        raise WrongMoment(
            "Questions to the jury are open to accepted entrants. Nothing was sent; once your "
            "entry is accepted, ask here."
        )
    if event not in ASKING:
        raise WrongMoment(
            "Questions are taken until the results are published. Nothing was sent; the results "
            "page says how an appeal is made."
        )
    if waiting >= MOST_OPEN:
        raise Blocked(
            "Three of your questions wait for an answer. Nothing was sent; ask again when one of "
            "them is answered."
        )


def check_question(text: str, showing: Iterable[str], *, field: str = "question") -> str:
    """Return a question in its kept form, or refuse it beside its ``field``.

    ``showing`` are the words that would tell who asks. Raises ``Invalid``.
    """
    clean = tidy(text)
    if not SHORTEST <= len(clean) <= LONGEST:
        raise wrong_field(field, "A question has between 5 and 500 characters.")
    if shows(clean, showing):
        raise wrong_field(
            field,
            "The jury must not learn who asks, and this text names an entrant, a unit, a pass "
            "or a telephone. Leave that out and send it again.",
        )
    return clean


def check_answer(text: str, showing: Iterable[str] = ()) -> str:
    """Return an answer in its kept form, or refuse it. Raises ``Invalid``."""
    clean = tidy(text)
    if not clean or len(clean) > LONGEST_ANSWER:
        raise wrong_field("answer", "Write an answer of up to 1000 characters.")
    if shows(clean, showing):
        raise wrong_field(
            "answer",
            "Everybody will read this, and it names an entrant, a pass or a telephone. Reword it; "
            "nothing was published.",
        )
    return clean


def tidy(text: str) -> str:
    r"""Bring a text to NFC with plain line ends and no space around it.

    >>> tidy(" 可以带卡尺吗？\r\n谢谢 ")
    '可以带卡尺吗？\n谢谢'
    """
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").strip()


def shows(text: str, words: Iterable[str]) -> bool:
    """Whether a text holds a personal number or one of ``words``, spaced out or wide as well.

    >>> shows("我是贺 定波，能带卡尺吗", ("贺定波",))
    True
    >>> shows("能带自己的卡尺吗", ("贺定波", ""))
    False
    """
    plain = _squeezed(text)
    named = any(len(word) >= _SHORT and word in plain for word in map(_squeezed, words))
    return named or bool(leak_scan(text))


def _squeezed(text: str) -> str:
    wide = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in wide if char.isalnum())
