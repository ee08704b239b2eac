"""Who may be seen: the profile is public, and the person's consent stands."""

from sqlalchemy import Select, select

from models.craftsmen import Craftsman
from models.people import Consent
from rules.terms import ConsentPurpose


def shown() -> Select[int]:
    """Select the profiles that may be seen."""
    consent = (
        select(Consent.id)
        .where(
            Consent.person_id == Craftsman.person_id,
            Consent.purpose == ConsentPurpose.STORY,
            Consent.withdrawn_at.is_(None),
        )
        .exists()
    )
    return select(Craftsman.id).where(Craftsman.is_public, consent)
