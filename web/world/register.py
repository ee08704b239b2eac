"""Loads the registers all else refers to: trades, towns, organizations, targets."""

from models.indicators import Target
from models.occupations import Industry, Occupation
from models.organizations import Organization, Town
from rules.terms import Family, OrganizationKind, TownKind
from web.world import files
from web.world.cast import World


def load(world: World) -> None:
    """Load the registers."""
    industries = _industries(world)
    _occupations(world, industries)
    _towns(world)
    _organizations(world, industries)
    _targets(world)
    world.desk.session.flush()
    world.reload()


def _industries(world: World) -> dict[str, Industry]:
    rows = {
        row["code"]: Industry(
            code=row["code"],
            name=row["name"],
            english=row["english"],
            family=Family(row["family"]),
            position=position,
        )
        for position, row in enumerate(files.table("industries.tsv"))
    }
    world.desk.session.add_all(rows.values())
    return rows


def _occupations(world: World, industries: dict[str, Industry]) -> None:
    world.desk.session.add_all(
        Occupation(
            name=row["name"],
            english=row["english"],
            code=row["code"] or None,
            industry=industries[row["industry"]],
            synonyms=[word for word in row["synonyms"].split("|") if word],
            plate=row["plate"],
        )
        for row in files.table("occupations.tsv")
    )


def _towns(world: World) -> None:
    world.desk.session.add_all(
        Town(
            code=row["code"],
            name=row["name"],
            english=row["english"],
            kind=TownKind(row["kind"]),
            position=position,
        )
        for position, row in enumerate(files.table("towns.tsv"))
    )
    world.desk.session.flush()
    world.reload()


def _organizations(world: World, industries: dict[str, Industry]) -> None:
    world.desk.session.add_all(
        Organization(
            name=row["name"],
            short_name=row["short_name"],
            kind=OrganizationKind(row["kind"]),
            town=world.towns.get(row["town"]),
            industry=industries.get(row["industry"]),
            may_self_assess=row["may_self_assess"] == "yes",
        )
        for row in files.table("organizations.tsv")
    )


def _targets(world: World) -> None:
    world.desk.session.add_all(
        Target(
            code=row["code"],
            name=row["name"],
            year=row["year"],
            goal=row["goal"],
            unit=row["unit"],
            source=row["source"],
        )
        for row in files.document("targets.yaml")["targets"]
    )
