"""Search of the public site: Chinese analysis, query plans, engines behind one protocol."""
