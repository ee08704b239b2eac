"""The doors: every view says who may pass, and what says nothing does not open."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final, ParamSpec, TypeVar

from flask import abort

from rules.permits import Permit, may_somewhere
from web.login import current_actor, is_signed_in, to_login

P = ParamSpec("P")
R = TypeVar("R")


class Everyone:
    """The open door."""


class SignedIn:
    """The door for anybody with an account; the action checks whose thing it is."""


Door = Permit | type[Everyone] | type[SignedIn]
DOORS: Final[dict[Callable[..., Any], Door]] = {}


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Let everybody in."""
    DOORS[view] = Everyone
    return view


def signed_in(view: Callable[P, R]) -> Callable[P, R]:
    """Let in whoever is signed in; others are shown the login page first."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        if not is_signed_in():
            to_login()
        return view(*args, **kwargs)

    DOORS[guarded] = SignedIn
    return guarded


def needs(permit: Permit) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let in whoever holds ``permit`` somewhere; the action checks that it is here.

    Views of one contest or event call ``require_here(permit, place)`` first, so that
    the page too stays closed to a judge of another event.
    """

    def door(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            if not is_signed_in():
                to_login()
            if not may_somewhere(current_actor(), permit):
                abort(403)
            return view(*args, **kwargs)

        DOORS[guarded] = permit
        return guarded

    return door
