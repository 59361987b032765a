"""Dates as feeds and pages write them, in any language and zone."""
