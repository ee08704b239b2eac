"""What the public may see, and from which moment."""

from typing import Final

from rules.states import (
    ContestState,
    EventState,
    HonourState,
    NoticeState,
    RoundState,
    StoryState,
    StudioState,
)

PUBLIC_CONTESTS: Final = frozenset({ContestState.ANNOUNCED, ContestState.ARCHIVED})
CALLED_OFF: Final = ContestState.CANCELLED
"""Public too, as cancelled, once it had been announced: entrants must be able to read it."""
PUBLIC_EVENTS: Final = frozenset(EventState) - {EventState.DRAFT}
PUBLIC_LISTS: Final = frozenset(
    {EventState.LISTED, EventState.DRAWN, EventState.SCORING, EventState.LOCKED}
    | {EventState.DECODED, EventState.POSTED, EventState.FINAL, EventState.AWARDED}
)
"""Events whose number of accepted entrants is public."""
PUBLIC_RESULTS: Final = frozenset({EventState.POSTED, EventState.FINAL, EventState.AWARDED})
PROVISIONAL_RESULTS: Final = frozenset({EventState.POSTED})
"""Public but open to appeal: every page that shows them says so."""
PUBLIC_STORIES: Final = frozenset({StoryState.PUBLISHED})
PUBLIC_HONOURS: Final = frozenset(HonourState)
"""A revoked honour stays visible, as revoked."""
PUBLIC_STUDIOS: Final = frozenset({StudioState.ESTABLISHED, StudioState.RECTIFYING})
PUBLIC_NOTICES: Final = frozenset({NoticeState.PUBLISHED})
PUBLIC_ROUNDS: Final = frozenset(RoundState) - {RoundState.DRAFT}
