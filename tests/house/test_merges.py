"""Whatever refers to a person is moved when two records are merged, and the office has its word."""

from actions.merges import FILLED
from admin.duplicates import FACTS, TABLES
from models.duplicates import references
from models.everything import METADATA
from models.people import Person


def test_every_reference_to_a_person_is_known() -> None:
    keys = {
        (table.name, key.parent.name)
        for table in METADATA.tables.values()
        for constraint in table.foreign_key_constraints
        for key in constraint.elements
        if constraint.referred_table.name == Person.__tablename__
    }

    assert {(column.table.name, column.name) for column in references()} == keys
    assert ("entry", "person_id") in keys, "the check sees something"


def test_no_table_keeps_a_person_without_saying_so() -> None:
    """A column that is called after a person and is no reference would be left behind."""
    known = {(column.table.name, column.name) for column in references()}
    named = {
        (table.name, column.name)
        for table in METADATA.tables.values()
        for column in table.columns
        if column.name == "person_id" or column.name.endswith("_person_id")
    }

    assert named - known == set()


def test_every_table_and_fact_that_can_move_has_its_word() -> None:
    assert {column.table.name for column in references()} == set(TABLES)
    assert set(FILLED) == set(FACTS)
