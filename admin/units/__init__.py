"""The workbench of an employer: lists of workers, invitations, recommendations, own people."""

from admin.units import endorsements, home, imports, people, team, workers
from admin.units.blueprint import bp

__all__ = ["bp", "endorsements", "home", "imports", "people", "team", "workers"]
