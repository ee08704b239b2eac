"""Somebody who enters somebody else, by the deeds of the pages."""

from actions.desk import Desk
from actions.entries import Work, confirm_conditions, save_photo, save_who, save_work
from actions.helpers import begin_for
from actions.people import Identity
from actions.submissions import submit_entry
from models.contests import Event
from models.entries import Entry
from rules.terms import Relation, SkillLevel
from tests.entry_world import picture, sample_id

PHONE = "13800007777"
MOTHER = Identity("应母亲", sample_id(8), PHONE)


def entered(helper: Desk, event: Event, identity: Identity = MOTHER, key: str = "k") -> Entry:
    """Enter somebody and hand the entry in."""
    entry = begin_for(helper, event, relation=Relation.ELDER, agreed=True, form_key=key)
    save_who(helper, entry, identity, consents=True)
    save_work(helper, entry, Work(SkillLevel.THREE, 2012, employer="示例船厂"))
    save_photo(helper, entry, picture())
    confirm_conditions(helper, entry)
    submit_entry(helper, entry)
    return entry
