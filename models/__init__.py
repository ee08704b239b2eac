"""Tables and named reads: SQLAlchemy, no Flask."""
