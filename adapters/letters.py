"""What leaves the house for one person: a letter, who carries it, and why it may not arrive."""

from dataclasses import dataclass
from typing import Protocol

from adapters.storage import Shelf


@dataclass(frozen=True)
class Letter:
    """One mail or SMS; ``key`` is the same at every attempt, so that a double can be known."""

    key: str
    to: str
    subject: str
    text: str


class SendTrouble(Exception):
    """A letter did not leave; ``final`` where another attempt would meet the same."""

    def __init__(self, words: str, *, final: bool = False) -> None:
        self.final = final
        super().__init__(words)


class Sender(Protocol):
    """Whoever takes a letter; returns when it has left the house, or raises ``SendTrouble``."""

    def send(self, letter: Letter) -> None:
        """Send one letter."""


class FolderSender:
    """Writes each letter into a folder: what the site does until a real way is set."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def send(self, letter: Letter) -> None:
        """Write ``<key>.txt``; a second attempt writes the same file."""
        head = f"To: {letter.to}\nSubject: {letter.subject}\n\n"
        self._shelf.put(f"{letter.key}.txt", (head + letter.text + "\n").encode())
