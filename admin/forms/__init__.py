"""Forms of the staff's face."""
