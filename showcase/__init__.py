"""The public and participants' face."""
