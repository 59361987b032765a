"""Builds the parts from the settings: the only place that chooses, and that meets subscribers."""
