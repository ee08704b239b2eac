"""What the closed lists of a contest's days are called; part of web/labels.py."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from rules import states, terms

WORDS: Final[Mapping[type[StrEnum], Mapping[str, str]]] = {
    terms.SittingPart: {
        terms.SittingPart.THEORY: "Theory paper",
        terms.SittingPart.PRACTICE: "Practical work",
        terms.SittingPart.MODULE: "Module",
    },
    terms.PaperKind: {
        terms.PaperKind.TICKET: "Tickets",
        terms.PaperKind.CLOTH: "Number cloths",
        terms.PaperKind.CARD: "Workplace cards",
        terms.PaperKind.BADGE: "Badges",
        terms.PaperKind.SHEET: "Check-in lists",
    },
    states.WorkplaceState: {
        states.WorkplaceState.USABLE: "Usable",
        states.WorkplaceState.BROKEN: "Broken",
    },
    states.SittingState: {
        states.SittingState.OPEN: "Check-in open",
        states.SittingState.CLOSED: "Check-in closed",
    },
    states.PrintState: {
        states.PrintState.SETTING: "Being set",
        states.PrintState.READY: "Ready to print",
        states.PrintState.FAILED: "Could not be set",
    },
}
