"""Deeds: check, change, record. Actions never commit; the caller commits once."""
