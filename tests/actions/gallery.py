"""Rows the gallery's tests share."""

from actions.craftsmen import Profile, create_craftsman, give_consent
from actions.desk import Desk
from models.craftsmen import Craftsman
from models.occupations import Industry, Occupation
from models.organizations import Organization
from models.people import Person
from rules.terms import ConsentPurpose, Family, OrganizationKind

KEYS = iter(range(1, 10_000))


def make_person(desk: Desk, name: str = "贺示例") -> Person:
    person = Person(name=name, key=f"test-{next(KEYS)}", created_at=desk.now)
    desk.session.add(person)
    desk.session.flush()
    return person


def make_craftsman(desk: Desk, name: str = "贺示例", *, consent: bool = True) -> Craftsman:
    person = make_person(desk, name)
    if consent:
        give_consent(desk, person, ConsentPurpose.STORY, text_version="t")
    return create_craftsman(desk, person, Profile(family=Family.SHIP, feat="鱼鳞焊"))


def make_occupation(desk: Desk, name: str = "焊工") -> Occupation:
    number = next(KEYS)
    industry = Industry(
        code=f"i{number}", name=f"行业{number}", english="Industry", family=Family.SHIP
    )
    occupation = Occupation(name=f"{name}{number}", industry=industry)
    desk.session.add(occupation)
    desk.session.flush()
    return occupation


def make_organization(desk: Desk, name: str = "示例船厂") -> Organization:
    organization = Organization(name=f"{name}{next(KEYS)}", kind=OrganizationKind.EMPLOYER)
    desk.session.add(organization)
    desk.session.flush()
    return organization
