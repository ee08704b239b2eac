"""The words of the trade as closed lists; Chinese labels stand in web/labels.py."""

from enum import StrEnum


class ContestLevel(StrEnum):
    """Who holds the contest, from the state down to one firm."""

    NATIONAL = "national"
    PROVINCE = "province"
    CITY = "city"
    DISTRICT = "district"
    ENTERPRISE = "enterprise"


class ContestClass(StrEnum):
    """Class one runs across trades under the HR authority; class two is one trade's own."""

    ONE = "one"
    TWO = "two"


class EntryGroup(StrEnum):
    """Whom an event is for."""

    WORKER = "worker"
    STUDENT = "student"
    TEACHER = "teacher"


class EntryForm(StrEnum):
    """How people enter an event."""

    INDIVIDUAL = "individual"
    PAIR = "pair"
    TEAM = "team"


class SkillLevel(StrEnum):
    """The eight grades of a skilled worker, lowest first (新八级工)."""

    APPRENTICE = "apprentice"
    FIVE = "five"
    FOUR = "four"
    THREE = "three"
    TWO = "two"
    ONE = "one"
    SPECIAL = "special"
    CHIEF = "chief"

    @property
    def order(self) -> int:
        """Position in the ladder, 0 for an apprentice."""
        return list(SkillLevel).index(self)


class Gender(StrEnum):
    """As on the identity card."""

    FEMALE = "f"
    MALE = "m"


class OrganizationKind(StrEnum):
    """What part an organization plays in the programme."""

    EMPLOYER = "employer"
    SCHOOL = "school"
    ASSOCIATION = "association"
    AUTHORITY = "authority"
    TOWN_OFFICE = "town_office"


class TownKind(StrEnum):
    """The kinds of place below the district."""

    STREET = "street"
    TOWN = "town"
    TOWNSHIP = "township"
    PARK = "park"


class Family(StrEnum):
    """Craft families; each keeps one duotone for its plates."""

    SHIP = "ship"
    SCREW = "screw"
    FISH = "fish"
    GRAIN = "grain"
    CHEM = "chem"
    CARE = "care"
    CRAFT = "craft"


class HonourKind(StrEnum):
    """Where an honour in the register comes from."""

    RESULT = "result"
    TITLE = "title"
    LEVEL = "level"
    OTHER = "other"


class Award(StrEnum):
    """Prizes of an event, best first."""

    FIRST = "first"
    SECOND = "second"
    THIRD = "third"
    MERIT = "merit"


class Attendance(StrEnum):
    """What became of an entrant on the day; only the finished are ranked."""

    FINISHED = "finished"
    ABSENT = "absent"
    WITHDRAWN = "withdrawn"
    DISQUALIFIED = "disqualified"


class SittingPart(StrEnum):
    """What is done in a sitting."""

    THEORY = "theory"
    PRACTICE = "practice"
    MODULE = "module"


class PaperKind(StrEnum):
    """What is printed in batches for the days of a contest."""

    TICKET = "ticket"
    CLOTH = "cloth"
    CARD = "card"
    BADGE = "badge"
    SHEET = "sheet"


class NoticeKind(StrEnum):
    """What a notice tells the public."""

    CALL = "call"
    LIST = "list"
    RESULT = "result"
    NAMING = "naming"
    STUDIO = "studio"
    OTHER = "other"


class Decision(StrEnum):
    """What a reviewer decides of an entry, at once or held until all are applied."""

    ACCEPT = "accept"
    RETURN = "return"
    REJECT = "reject"


class Validity(StrEnum):
    """Whether a published notice holds (有效性)."""

    COMING = "coming"
    IN_FORCE = "in_force"
    LAPSED = "lapsed"
    REPLACED = "replaced"


class ConsentPurpose(StrEnum):
    """What a person agreed to; each purpose is asked and withdrawn alone."""

    REGISTRATION = "registration"
    PORTRAIT = "portrait"
    STORY = "story"


class Relation(StrEnum):
    """What a person is to whoever enters them for an event."""

    CHILD = "child"
    ELDER = "elder"
    COLLEAGUE = "colleague"
    OTHER = "other"


class Likeness(StrEnum):
    """What two records of people have in common; one ID number is never kept twice."""

    PHONE = "phone"
    NAME_UNIT = "name_unit"
    NAME_YEAR = "name_year"


class Channel(StrEnum):
    """How a copy of a message reaches a person outside the site."""

    MAIL = "mail"
    SMS = "sms"


class Audience(StrEnum):
    """Which entrants of an event an announcement is for."""

    ACCEPTED = "accepted"
    RETURNED = "returned"
    DRAFTS = "drafts"
    EVERYONE = "everyone"
    ONE = "one"


class LedgerKind(StrEnum):
    """What one row of a mark ledger records."""

    SCORE = "score"
    CORRECTION = "correction"
    CLEARED = "cleared"
    ABSENT = "absent"
    PRESENT = "present"
    SIGNOFF = "signoff"
    RELEASE = "release"


class TieKind(StrEnum):
    """A tie between a judge and a person that forbids judging."""

    KIN = "kin"
    PUPIL = "pupil"
    COACH = "coach"
    OTHER = "other"


class JudgeGrade(StrEnum):
    """How a judge did at an event, in the eyes of the office."""

    EXCELLENT = "excellent"
    SOUND = "sound"
    WEAK = "weak"
    UNFIT = "unfit"


class BudgetKind(StrEnum):
    """What the money of a contest goes into."""

    VENUE = "venue"
    MATERIAL = "material"
    JUDGES = "judges"
    PRINTING = "printing"
    CATERING = "catering"
    SAFETY = "safety"
    PUBLICITY = "publicity"
    OTHER = "other"


class StockReply(StrEnum):
    """Why a question to the jury is not answered, in the same words for everybody."""

    IN_THE_RULES = "in_the_rules"
    GIVES_AWAY = "gives_away"
    AT_THE_PLACE = "at_the_place"
    NOT_A_QUESTION = "not_a_question"


class Reader(StrEnum):
    """The reader's switches kept in a cookie."""

    THEME = "theme"
    TEXT = "text"
    LANGUAGE = "lang"
