"""The kit both faces stand on."""
