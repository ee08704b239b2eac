"""The words of lists and files: what a list of entries shows, and what is taken away of it."""

from enum import StrEnum


class AgeBand(StrEnum):
    """Ages as a table of people counts them."""

    UNDER_25 = "under_25"
    FROM_25 = "25_34"
    FROM_35 = "35_44"
    FROM_45 = "45_54"
    FROM_55 = "55_up"


class EntryColumn(StrEnum):
    """What a list of entries may show of each, in the usual order."""

    NAME = "name"
    TEAM = "team"
    EVENT = "event"
    UNIT = "unit"
    TOWN = "town"
    OCCUPATION = "occupation"
    LEVEL = "level"
    GROUP = "group"
    GENDER = "gender"
    AGE = "age"
    SINCE = "since"
    ID_NUMBER = "id_number"
    PHONE = "phone"
    RECEIPT = "receipt"
    PASS_NO = "pass_no"  # noqa: S105  # an admission ticket's number
    STATE = "state"
    SUBMITTED = "submitted"
    DECIDED = "decided"
    REMARK = "remark"
    ANSWERS = "answers"


class ExportKind(StrEnum):
    """What is taken away from a contest as a file."""

    XLSX = "xlsx"
    CSV = "csv"
    PDF = "pdf"
    PHOTOS = "photos"
    FILES = "files"
    SUMMARY = "summary"
    REVIEW = "review"
    COPY = "copy"
