"""Whom a short name means."""
