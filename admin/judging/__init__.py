"""The judge's tablet: works by blind code, marks by keyboard, a sheet to sign."""

from admin.judging import chief, marks, sheets, ties
from admin.judging.blueprint import bp

__all__ = ["bp", "chief", "marks", "sheets", "ties"]
