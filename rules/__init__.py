"""The law: pure Python over plain values; no framework, no database, no clock."""
