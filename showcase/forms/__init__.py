"""Forms of the public and participants' face."""
