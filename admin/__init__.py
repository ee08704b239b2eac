"""The staff's and judges' face."""
