"""Messages between the members of a team, and what the clock tells them."""

from collections.abc import Mapping
from typing import Final

from rules.message_shapes import BOTH, Kind, Page, places_of

TEAM_KINDS: Final[Mapping[str, Kind]] = {
    "team_invited": Kind(
        "%(captain)s invites you into the team “%(team)s”",
        "%(captain)s invites you into the team “%(team)s” for “%(event)s” of %(contest)s. Open the "
        "invitation and say whether you take part; without your word nothing is entered.",
        places_of("team", "captain"),
        Page.TEAM,
    ),
    "team_joined": Kind(
        "%(member)s takes part in your team “%(team)s”",
        "%(member)s takes part in the team “%(team)s” for “%(event)s” of %(contest)s and is "
        "filling in the own part now.",
        places_of("team", "member"),
        Page.TEAM,
    ),
    "team_declined": Kind(
        "%(member)s does not join your team “%(team)s”",
        "%(member)s declined the invitation into the team “%(team)s” for “%(event)s” of "
        "%(contest)s. You can invite somebody else.",
        places_of("team", "member"),
        Page.TEAM,
    ),
    "team_complete": Kind(
        "Your team “%(team)s” is complete",
        "Everybody in the team “%(team)s” for “%(event)s” of %(contest)s has confirmed the own "
        "part. Look it through and hand the team in.",
        places_of("team"),
        Page.TEAM,
        BOTH,
    ),
    "team_left": Kind(
        "%(member)s has left your team “%(team)s”",
        "%(member)s has left the team “%(team)s” for “%(event)s” of %(contest)s.",
        places_of("team", "member"),
        Page.TEAM,
    ),
    "team_removed": Kind(
        "You are no longer in the team “%(team)s”",
        "The captain has taken you out of the team “%(team)s” for “%(event)s” of %(contest)s. What "
        "you filled in is kept as a draft: with it you can join or found another team.",
        places_of("team"),
        Page.ENTRY,
        BOTH,
    ),
    "team_captain": Kind(
        "You are captain of the team “%(team)s” now",
        "%(captain)s has made you captain of the team “%(team)s” for “%(event)s” of %(contest)s. "
        "You invite members and hand the team in.",
        places_of("team", "captain"),
        Page.TEAM,
    ),
    "team_short": Kind(
        "Your team “%(team)s” is short of a member",
        "The team “%(team)s” for “%(event)s” of %(contest)s has fewer members than the event asks "
        "for. Win a new one and hand the team in again before entries close.",
        places_of("team"),
        Page.TEAM,
        BOTH,
    ),
    "team_incomplete": Kind(
        "Your team “%(team)s” was not complete in time",
        "Entries for “%(event)s” of %(contest)s have closed and the team “%(team)s” was not "
        "complete: it is not entered. What you filled in is kept with you.",
        places_of("team"),
        Page.ENTRY,
        BOTH,
    ),
    "team_dissolved": Kind(
        "The team “%(team)s” does not take part",
        "The team “%(team)s” for “%(event)s” of %(contest)s is dissolved. What you filled in is "
        "kept as a draft: while entries are open you can join or found another team.",
        places_of("team"),
        Page.ENTRY,
        BOTH,
    ),
}
