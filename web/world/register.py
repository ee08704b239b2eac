"""Loads the registers all else refers to: trades, towns, organizations, targets."""

from actions.registers import (
    load_industries,
    load_occupations,
    load_organizations,
    load_towns,
)
from models.indicators import Target
from web.world import files
from web.world.cast import World


def load(world: World) -> None:
    """Load the registers."""
    load_industries(world.desk, files.table("industries.tsv"))
    load_occupations(world.desk, files.table("occupations.tsv"))
    load_towns(world.desk, files.table("towns.tsv"))
    load_organizations(world.desk, files.table("organizations.tsv"))
    _targets(world)
    world.desk.session.flush()
    world.reload()


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
